/** The server's side of synchronisation: what answers under /sync/v1. See sync/protocol.ts for what is said. */
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { LATEST_VERSION } from '#db/migrate.ts';
import { withRowsFile } from '#db/sync/batch.ts';
import { installationOf } from '#db/repositories/installation.ts';
import { noteStation, type StationRow } from '#db/sync/stations.ts';
import type { Store } from '#db/store.ts';
import type { Environment } from '#operations/operation.ts';
import { PROGRAM_VERSION } from '../program.ts';
import {
  elsewhereRequest,
  enrolRequest,
  helloRequest,
  MAX_BODY_BYTES,
  pack,
  packWithRows,
  PIECE_BYTES,
  PROTOCOL_VERSION,
  pullRequest,
  pushRequest,
  unpackAs,
  unpackWithRows,
} from '../protocol.ts';
import { stationOf } from './access.ts';
import type { Central } from './central.ts';
import { contentsRequest, contentsState, pieceOf, takePiece } from './contents.ts';
import { elsewhere } from './elsewhere.ts';
import { enrol } from './enrol.ts';
import { hello } from './hello.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { verify, verifyRequest } from './verify.ts';
import { keeperOf, snapshot } from './snapshot.ts';
import { abandonSnapshots } from './snapshots.ts';

export type SyncRequest = Readonly<{
  method: string;
  /** Behind /sync/v1. */
  path: string;
  headers: Readonly<Record<string, string | undefined>>;
  query: URLSearchParams;
  body: Readable;
}>;

export type SyncResponse = Readonly<{
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer | Readable | '';
}>;

export type CentralSync = Readonly<{ handle(request: SyncRequest): Promise<SyncResponse>; close(): Promise<void> }>;

type Setup = Readonly<{ environment: Environment; store: Store; dataFolder: string; log(line: string): void }>;

export async function openCentralSync({ environment, store, dataFolder, log }: Setup): Promise<CentralSync> {
  const installation = await store.read(installationOf);
  if (!installation) throw new Error('no company in this database');
  const central: Central = {
    store,
    dataFolder,
    databaseId: installation.databaseId,
    company: environment.station.name,
    schema: LATEST_VERSION,
    program: PROGRAM_VERSION,
    now: environment.now,
    newId: environment.newId,
    newToken: environment.newToken,
    log,
  };
  return {
    handle: async (request) => {
      try {
        return await answer(central, request);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        log(`${request.path} refused: ${error.message}`);
        const { code, details } = error;
        return {
          status: STATUS[code] ?? 422,
          headers: JSON_BODY,
          body: Buffer.from(JSON.stringify({ code, details })),
        };
      }
    },
    close: async () => abandonSnapshots(keeperOf(central)),
  };
}

const STATUS: Readonly<Record<string, number>> = {
  'sync.unknown-station': 401,
  'sync.suspended': 403,
  'sync.revoked': 403,
  'sync.cloned': 403,
  'sync.code-unknown': 403,
  'sync.too-large': 413,
  'sync.bad-body': 400,
  'sync.schema-newer': 409,
  'sync.schema-older': 409,
  'not-found': 404,
  'server.database-unavailable': 503,
  'server.disk-full': 507,
};

const JSON_BODY = { 'content-type': 'application/json' };
const BYTES = { 'content-type': 'application/octet-stream' };
const PACKED = { 'content-type': 'application/zstd' };

async function answer(central: Central, request: SyncRequest): Promise<SyncResponse> {
  const path = request.path.replace(/^\//, '');
  if (path === 'about') return packed(JSON.stringify(about(central)));
  if (path === 'enrol') return packed(JSON.stringify(await enrol(central, await read(enrolRequest, request))));
  const station = await stationOf(central, request.headers['authorization']);
  if (path === 'hello') return packed(JSON.stringify(await hello(central, station, await read(helloRequest, request))));
  if (path === 'push') return answerPush(central, station, request);
  if (path === 'pull') return answerPull(central, station, request);
  if (path === 'elsewhere')
    return packed(JSON.stringify(await elsewhere(central, station, await read(elsewhereRequest, request))));
  if (path === 'verify')
    return packed(JSON.stringify(await verify(central, station, await read(verifyRequest, request))));
  if (path.startsWith('attachments')) return answerContents(central, station, path, request);
  if (path === 'snapshot') return snapshot(central, station, request);
  throw new DomainError('not-found', { entity: 'path', id: path });
}

async function answerPush(central: Central, { id }: StationRow, request: SyncRequest): Promise<SyncResponse> {
  const body = await readBody(request, MAX_BODY_BYTES);
  const answer = await withRowsFile(async (file) =>
    push(central, id, await unpackWithRows(pushRequest, body, file), file),
  );
  return packed(JSON.stringify(answer));
}

async function answerPull(central: Central, station: StationRow, request: SyncRequest): Promise<SyncResponse> {
  const wanted = await read(pullRequest, request);
  const body = await withRowsFile(async (file) =>
    packWithRows(JSON.stringify(await pull(central, station, wanted, file)), file),
  );
  // What it asks from, it has: kept so that the log is not compacted beyond.
  if (wanted.cursor !== station.pullCursor)
    await central.store.write((trx) => noteStation(trx, station.id, { pullCursor: wanted.cursor }));
  return { status: 200, headers: PACKED, body };
}

async function answerContents(
  central: Central,
  station: StationRow,
  path: string,
  request: SyncRequest,
): Promise<SyncResponse> {
  if (path === 'attachments')
    return packed(JSON.stringify(await contentsState(central, station, await read(contentsRequest, request))));
  const sha256 = path.slice('attachments/'.length);
  const position = Number(request.query.get('position') ?? 0);
  if (!/^[0-9a-f]{64}$/.test(sha256) || !Number.isSafeInteger(position) || position < 0)
    throw new DomainError('sync.bad-body', { path });
  if (request.method === 'GET')
    return { status: 200, headers: BYTES, body: await pieceOf(central, station, sha256, position) };
  const taken = await takePiece(central, station, sha256, position, await readBody(request, PIECE_BYTES));
  return { status: 200, headers: JSON_BODY, body: Buffer.from(JSON.stringify(taken)) };
}

function about({ company, schema, program, now }: Central) {
  return { product: 'mendway', company, protocol: PROTOCOL_VERSION, schema, program, now: now() };
}

async function packed(text: string): Promise<SyncResponse> {
  return { status: 200, headers: PACKED, body: await pack(text) };
}

/** @throws DomainError `sync.too-large`, `sync.bad-body` */
async function read<S extends z.ZodType>(schema: S, request: SyncRequest): Promise<z.output<S>> {
  return unpackAs(schema, await readBody(request, MAX_BODY_BYTES));
}

/** @throws DomainError `sync.too-large` */
async function readBody({ body }: SyncRequest, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new DomainError('sync.too-large', { limit });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
