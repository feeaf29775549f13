import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import Database from 'better-sqlite3';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { rightsOfRoles } from '#domain/access/roles.ts';
import { LATEST_VERSION } from '#db/migrate.ts';
import { installationOf } from '#db/repositories/installation.ts';
import { serverLink } from '#db/repositories/server-link.ts';
import { openSqliteStore } from '#db/sqlite-store.ts';
import { unsentNumbers } from '#db/sync/link.ts';
import type { Store, Transaction } from '#db/store.ts';
import { operations, type InputOf, type OperationName, type OutputOf } from '#operations/index.ts';
import type { Environment } from '#operations/operation.ts';
import { perform } from '#operations/perform.ts';
import { tokenHashOf } from '#sync/central/access.ts';
import { openCentralSync, type CentralSync } from '#sync/central/index.ts';
import { PROTOCOL_VERSION } from '#sync/protocol.ts';
import type { Client } from '#sync/station/https.ts';
import { ask } from '#sync/station/line.ts';
import { pull } from '#sync/station/pull.ts';
import { push } from '#sync/station/push.ts';
import type { Station } from '#sync/station/station.ts';
import { createDatabase, type TestDatabase, type TestDialect } from '../../helpers/databases.ts';
import { temporaryFolder } from '../../helpers/station.ts';

export const NOW = Date.parse('2026-03-15T01:00:00Z');

type Place = Readonly<{ id: string; code: string; parentId: string | null; kind: string; regionId: string | null }>;

/** Head office, two regions N and S, and two outlets in each: N1, N2, S1, S2. */
function placesOf(): Record<'HQ' | 'N' | 'S' | 'N1' | 'N2' | 'S1' | 'S2', Place> {
  const place = (code: string, parent: Place | null, kind: string, region: Place | null): Place => ({
    id: uuidv7(),
    code,
    parentId: parent?.id ?? null,
    kind,
    regionId: region?.id ?? null,
  });
  const HQ = place('HQ', null, 'head-office', null);
  const N = place('N', HQ, 'region', null);
  const S = place('S', HQ, 'region', null);
  return {
    HQ,
    N,
    S,
    N1: place('N1', N, 'outlet', N),
    N2: place('N2', N, 'outlet', N),
    S1: place('S1', S, 'outlet', S),
    S2: place('S2', S, 'outlet', S),
  };
}

function environmentOf(store: Store, { id, code }: Place, clock: { now: number }): Environment {
  const station = { unitId: id, code, name: code, timeZone: 'Asia/Shanghai', currency: 'CNY' };
  return {
    store,
    station,
    now: () => clock.now,
    newId: uuidv7,
    newToken: () => uuidv7() + uuidv7(),
    nextTurn: async () => undefined,
    passwords: { hash: async (password) => password, matches: async (password, hash) => password === hash },
  };
}

async function givenUnit(trx: Transaction, { id, code, parentId, kind, regionId }: Place): Promise<void> {
  const unit = { id, code, name: code, parentId, kind, regionId, timeZone: 'Asia/Shanghai', currency: 'CNY' };
  await trx.insert('units', { ...unit, version: 1, createdAt: NOW });
}

function runIn(environment: Environment) {
  return async <N extends OperationName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> => {
    const actor = {
      employeeId: 'somebody',
      unitId: environment.station.unitId,
      number: 'somebody',
      name: 'somebody',
      roles: ['administrator' as const],
      rights: rightsOfRoles(['administrator']),
    };
    return (await perform(environment, operations[name], { actor, commandId: uuidv7(), input })) as OutputOf<N>;
  };
}

export type TestCompany = Awaited<ReturnType<typeof openTestCompany>>;
export type LinkedStation = ReturnType<typeof stationOn>;

/** A central server in this process, and stations that speak to it without a network between them. */
export async function openTestCompany(dialect: TestDialect) {
  const clock = { now: NOW };
  const places = placesOf();
  const database = await createDatabase(dialect);
  const { store } = database;
  for (const place of Object.values(places)) await store.write((trx) => givenUnit(trx, place));
  await store.write((trx) =>
    trx.insert('installation', {
      id: 1,
      unitId: places.HQ.id,
      databaseId: uuidv7(),
      role: 'central',
      createdAt: NOW,
    }),
  );
  const environment = environmentOf(store, places.HQ, clock);
  const log: string[] = [];
  const folder = temporaryFolder();
  const dataFolder = folder.path;
  const server = await openCentralSync({ environment, store, dataFolder, log: (line) => log.push(line) });
  const opened: (() => Promise<void>)[] = [() => server.close(), () => database.close(), async () => folder.remove()];

  /** The station of a unit, filled from the beginning of the change log. */
  async function join(code: keyof typeof places) {
    const station = await linkedStation(places[code], { store, server, clock });
    opened.unshift(station.close);
    return station;
  }

  return {
    dialect,
    places,
    clock,
    store,
    server,
    log,
    environment,
    dataFolder,
    run: runIn(environment),
    rows: <Row = Record<string, unknown>>(text: string, params: readonly (string | number)[] = []) =>
      store.read((sql) => sql.all<Row>(text, params)),
    join,
    /** The station that serves a unit from a database that came about otherwise. */
    attach: async (code: keyof typeof places, joined: Store) => {
      const link = await joined.read(serverLink);
      const installation = await joined.read(installationOf);
      if (!link || !installation || joined.address.kind !== 'sqlite') throw new Error('not a station');
      const { filename } = joined.address;
      const opened = { store: joined, filename, address: joined.address, close: () => joined.close() };
      const { stationId, token } = link;
      const identity = { stationId, token, databaseId: installation.databaseId };
      return stationOn(opened, places[code], { store, server, clock }, identity);
    },
    twinOf: async (original: LinkedStation) => {
      const twin = await copyOf(original, { store, server, clock });
      opened.unshift(twin.close);
      return twin;
    },
    close: async () => {
      for (const close of opened) await close();
    },
  };
}

type Company = Readonly<{ store: Store; server: CentralSync; clock: { now: number } }>;

async function linkedStation(place: Place, company: Company) {
  const database = await createDatabase('sqlite');
  const { store } = database;
  const stationId = uuidv7();
  const secret = `${uuidv7()}${uuidv7()}`;
  const databaseId = uuidv7();
  await registerAtServer(company.store, { stationId, unitId: place.id, secret, databaseId });
  const server = await company.store.read(installationOf);
  await store.replicate({ origin: 'x', log: 'keep' }, async (trx) => {
    await givenUnit(trx, place);
    await trx.insert('installation', { id: 1, unitId: place.id, databaseId, createdAt: NOW });
    await trx.insert('server_link', {
      id: 1,
      address: 'https://127.0.0.1:1',
      fingerprint: null,
      certificate: null,
      stationId,
      token: `${stationId}.${secret}`,
      serverDatabaseId: server?.databaseId,
      state: 'active',
      pushedSeq: 0,
      pushedDigest: '',
      pullCursor: '',
      scope: JSON.stringify({ region: place.regionId ?? place.id, units: [] }),
      lastError: '',
      lastErrorDetail: '{}',
      clockOffset: 0,
      enrolledAt: NOW,
    });
  });
  const identity = { stationId, token: `${stationId}.${secret}`, databaseId };
  const linked = stationOn(database, place, company, identity);
  await linked.pull();
  return linked;
}

type Identity = Readonly<{ stationId: string; token: string; databaseId: string }>;

function stationOn(database: TestDatabase, place: Place, company: Company, { stationId, token, databaseId }: Identity) {
  const { store } = database;
  const clock = { now: NOW };
  const environment = environmentOf(store, place, clock);
  const station: Station = {
    store,
    dataFolder: path.dirname(database.filename ?? ''),
    databaseId,
    unitId: place.id,
    now: () => clock.now,
    newId: uuidv7,
    log: () => undefined,
  };
  const line = {
    client: clientOf(company.server),
    token,
    signal: new AbortController().signal,
  };
  const linkNow = async () => {
    const link = await store.read(serverLink);
    if (!link) throw new Error('no link');
    return link;
  };
  return {
    id: stationId,
    databaseId,
    place,
    filename: database.filename ?? '',
    store,
    clock,
    environment,
    station,
    line,
    run: runIn(environment),
    link: linkNow,
    hello: async () => {
      const { pushedSeq } = await linkNow();
      const announced = await store.read((sql) => unsentNumbers(sql, pushedSeq));
      const state = { databaseId, now: clock.now, databaseSize: 0, pendingCount: 0, refusedCount: 0, problem: '' };
      const versions = { protocol: PROTOCOL_VERSION, schema: LATEST_VERSION, program: '' };
      await ask(line, 'hello', JSON.stringify({ ...state, ...versions, announced }), z.unknown());
    },
    push: async (limit?: number) => push(station, line, await linkNow(), limit),
    pull: async () => pull(station, line, await linkNow()),
    /** Sends, then fetches. */
    sync: async () => {
      await push(station, line, await linkNow());
      return pull(station, line, await linkNow());
    },
    rows: <Row = Record<string, unknown>>(text: string, params: readonly (string | number)[] = []) =>
      store.read((sql) => sql.all<Row>(text, params)),
    close: () => database.close(),
  };
}

/** Another PC with a copy of the database, as from the same backup. */
async function copyOf(original: LinkedStation, company: Company) {
  const filename = `${original.filename}.twin`;
  const source = new Database(original.filename, { readonly: true });
  await source.backup(filename);
  source.close();
  const store = openSqliteStore(filename);
  const { id: stationId, place, databaseId, line } = original;
  const address = { kind: 'sqlite', filename } as const;
  const database = { store, filename, address, close: () => store.close() };
  return stationOn(database, place, company, { stationId, token: line.token, databaseId });
}

type Registered = Readonly<{ stationId: string; unitId: string; secret: string; databaseId: string }>;

async function registerAtServer(store: Store, { stationId, unitId, secret, databaseId }: Registered): Promise<void> {
  await store.write((trx) =>
    trx.insert('stations', {
      id: stationId,
      unitId,
      name: 'PC',
      tokenHash: tokenHashOf(secret),
      databaseId,
      state: 'active',
      pushedSeq: 0,
      pushedDigest: '',
      pullCursor: '',
      programVersion: '',
      schemaVersion: 0,
      databaseSize: 0,
      pendingCount: 0,
      refusedCount: 0,
      clockSkew: 0,
      problem: '',
      announced: '[]',
      enrolledAt: NOW,
      version: 1,
    }),
  );
}

/** Speaks to the server as over HTTPS, with nothing in between. */
function clientOf(server: CentralSync): Client {
  return {
    request: async ({ method, path, headers = {}, body = Buffer.alloc(0), onSent }) => {
      onSent?.();
      const { pathname, searchParams } = new URL(path, 'https://server');
      const answer = await server.handle({
        method,
        path: pathname.replace('/sync/v1', ''),
        headers,
        query: searchParams,
        body: Readable.from(body instanceof Uint8Array ? [body] : body),
      });
      const stream = Readable.from(answer.body instanceof Uint8Array ? [answer.body] : answer.body);
      return { status: answer.status, headers: answer.headers, stream, body: () => buffer(stream) };
    },
    close: () => undefined,
  };
}
