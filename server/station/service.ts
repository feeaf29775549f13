import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#domain/access/actor.ts';
import { DomainError } from '#domain/errors.ts';
import { openStore, type DatabaseAddress } from '#db/open.ts';
import { installedUnit } from '#db/repositories/organisation.ts';
import type { Store } from '#db/store.ts';
import { operations, type OperationName } from '#operations/index.ts';
import type { Environment, ServerIdentity, Station, Waiting } from '#operations/operation.ts';
import { perform } from '#operations/perform.ts';
import { actorOfToken, ANONYMOUS } from '#operations/session/actor-of.ts';
import { environmentOf } from '../environment.ts';
import { openReaders, type Readers } from './readers.ts';
import { limitBySource, type SourceLimit } from './source-limit.ts';
import { openStrangers, type Strangers } from './strangers.ts';

/** One operation, by whom, with what: what every shell (HTTP, port, command line) asks for. */
export type ServiceRequest = Waiting &
  Readonly<{
    operation: OperationName;
    /** The session's token; '' for nobody. */
    token: string;
    /** The address it came from, over a network. */
    source?: string | undefined;
    commandId?: string | undefined;
    input: unknown;
  }>;

/** The core of a station or of the central server: operations on one database. */
export interface StationService {
  readonly environment: Environment;
  readonly store: Store;
  /** @throws DomainError */
  perform(request: ServiceRequest): Promise<unknown>;
  /** Whether the token is that of somebody who is signed in. */
  isSignedIn(token: string): Promise<boolean>;
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

/**
 * Where the company's database is for the central server and the command line: what DATABASE_URL says, else in the data
 * folder. A station's service doesn't ask: it has its own file.
 */
export function databaseOf(dataFolder: string): DatabaseAddress {
  const url = process.env['DATABASE_URL'] ?? '';
  return url === '' ? databaseIn(dataFolder) : { kind: 'postgres', url };
}

/** @throws NoCompanyError, DatabaseFromFutureError, MigrationFailedError */
export async function openStationService(address: DatabaseAddress, server?: ServerIdentity): Promise<StationService> {
  const { environment, store } = await openEnvironment(address, server);
  const readers = openReaders(address, environment.station);
  const strangers = openStrangers(environment);
  const signIns = limitBySource({ most: MOST_FAILED_SIGN_INS, withinMs: HOUR, now: environment.now });
  const actorOf = (token: string) => store.read((sql) => actorOfToken(sql, token, environment.now()));
  const host: Host = { environment, store, readers, strangers, signIns, actorOf };
  return {
    environment,
    store,
    perform: (request) => performIn(host, request),
    isSignedIn: async (token) => token !== '' && (await actorOf(token)) !== ANONYMOUS,
    close: async () => {
      await strangers.close();
      await readers.close();
      await store.close();
    },
  };
}

/** From one address: enough for a depot full of forgetful people, too few to guess. */
const MOST_FAILED_SIGN_INS = 60;
const HOUR = 60 * 60_000;

/** Database and station without reader threads: for the command line. @throws NoCompanyError and what opening throws */
export async function openEnvironment(
  address: DatabaseAddress,
  server?: ServerIdentity,
): Promise<{ environment: Environment; store: Store }> {
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
  return { environment: environmentOf(store, station, server), store };
}

type Host = Readonly<{
  environment: Environment;
  store: Store;
  readers: Readers;
  strangers: Strangers;
  signIns: SourceLimit;
  actorOf(token: string): Promise<Actor>;
}>;

async function performIn(host: Host, request: ServiceRequest): Promise<unknown> {
  if (request.operation === 'session.signIn' && request.source !== undefined)
    return signInFrom(host, request.source, () => performAs(host, ANONYMOUS, request));
  const actor = await host.actorOf(request.token);
  const { kind, right } = operations[request.operation];
  if (actor === ANONYMOUS && right !== 'anyone') {
    if (kind === 'command') host.strangers.note(request.operation);
    throw new DomainError('session.required');
  }
  return performAs(host, actor, request);
}

/** Every failure has its line in the audit log, so there may not be any number of them. @throws DomainError `sign-in.too-many` */
async function signInFrom(host: Host, source: string, signIn: () => Promise<unknown>): Promise<unknown> {
  const tried = host.signIns.take(source);
  if (!tried.isTaken) throw new DomainError('sign-in.too-many', { minutes: tried.minutes });
  const signedIn = await signIn();
  host.signIns.giveBack(source);
  return signedIn;
}

/**
 * Commands on the one thread that writes, queries in reader threads. On PostgreSQL, too: measured side by side they answer
 * about half as many again for the same work, and a long report holds up nobody.
 */
async function performAs(host: Host, actor: Actor, request: ServiceRequest): Promise<unknown> {
  const { operation: name, input, signal, onProgress, commandId = uuidv7() } = request;
  const operation = operations[name];
  if (operation.kind === 'query') return host.readers.query({ operation: name, actor, input }, signal);
  return perform(host.environment, operation, { actor, commandId, input, signal, onProgress });
}
