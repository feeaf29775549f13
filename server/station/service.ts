import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#domain/access/actor.ts';
import { openStore, type DatabaseAddress } from '#db/open.ts';
import { installedUnit } from '#db/repositories/organisation.ts';
import type { Store } from '#db/store.ts';
import { operations, type OperationName } from '#operations/index.ts';
import type { Environment, Station } from '#operations/operation.ts';
import { perform } from '#operations/perform.ts';
import { actorOfToken } from '#operations/session/actor-of.ts';
import { environmentOf } from '../environment.ts';
import { openReaders, type Readers } from './readers.ts';

/** One operation, by whom, with what: what every shell (HTTP, port, command line) asks for. */
export type ServiceRequest = Readonly<{
  operation: OperationName;
  /** The session's token; '' for nobody. */
  token: string;
  commandId?: string | undefined;
  input: unknown;
  signal?: AbortSignal | undefined;
}>;

/** The core of a station: operations on one database. Queries run in reader threads, commands on the one writer. */
export interface StationService {
  readonly environment: Environment;
  /** @throws DomainError */
  perform(request: ServiceRequest): Promise<unknown>;
  close(): Promise<void>;
}

/** The database holds no company yet: one has to be made first. */
export class NoCompanyError extends Error {
  override readonly name = 'NoCompanyError';
}

/** Where a data folder keeps its database; the folder is made if need be. */
export function databaseIn(dataFolder: string): DatabaseAddress {
  const folder = path.resolve(dataFolder);
  mkdirSync(folder, { recursive: true });
  return { kind: 'sqlite', filename: path.join(folder, 'mendway.db') };
}

/** @throws NoCompanyError, DatabaseFromFutureError, MigrationFailedError */
export async function openStationService(address: DatabaseAddress): Promise<StationService> {
  const { environment, store } = await openEnvironment(address);
  const readers = openReaders(address, environment.station);
  return {
    environment,
    perform: (request) => performIn(environment, readers, request),
    close: async () => {
      await readers.close();
      await store.close();
    },
  };
}

/** Database and station without reader threads: for the command line. @throws NoCompanyError and what opening throws */
export async function openEnvironment(address: DatabaseAddress): Promise<{ environment: Environment; store: Store }> {
  const store = await openStore(address);
  const unit = await store.read(installedUnit);
  if (!unit) {
    await store.close();
    throw new NoCompanyError('no company in this database');
  }
  const station: Station = {
    unitId: unit.id,
    code: unit.code,
    name: unit.name,
    timeZone: unit.timeZone,
    currency: unit.currency,
  };
  return { environment: environmentOf(store, station), store };
}

async function performIn(environment: Environment, readers: Readers, request: ServiceRequest): Promise<unknown> {
  const actor: Actor = await environment.store.read((sql) => actorOfToken(sql, request.token, environment.now()));
  const operation = operations[request.operation];
  if (operation.kind === 'query')
    return readers.query({ operation: request.operation, actor, input: request.input }, request.signal);
  return perform(environment, operation, { actor, commandId: request.commandId ?? uuidv7(), input: request.input });
}
