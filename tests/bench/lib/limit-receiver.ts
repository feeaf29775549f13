import Database from 'better-sqlite3';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';

/** The limit, receiving end: batches over HTTPS into a prepared statement, a transaction each, and nothing else. */

const [filename = '', certificate = ''] = process.argv.slice(2);
const unpack = promisify(zstdDecompress);

const database = new Database(filename);
for (const pragma of [
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'cache_size = -65536',
  'wal_autocheckpoint = 16000',
])
  database.pragma(pragma);
const columns = database.pragma('table_info(work_orders)') as { name: string }[];
const insert = database.prepare(
  `INSERT INTO work_orders (${columns.map(({ name }) => name).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
);
const begin = database.prepare('BEGIN IMMEDIATE');
const commit = database.prepare('COMMIT');

/** Two may be under way: they are written in the order they were sent. */
let turn: Promise<unknown> = Promise.resolve();

async function take(body: Promise<Buffer>): Promise<void> {
  const rows = JSON.parse((await body).toString()) as unknown[][];
  begin.run();
  for (const row of rows) insert.run(row);
  commit.run();
}

async function bodyOf(request: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return unpack(Buffer.concat(chunks));
}

const server = https.createServer(JSON.parse(readFileSync(certificate, 'utf8')) as object, (request, response) => {
  const body = bodyOf(request);
  turn = turn.then(() => take(body)).then(() => response.writeHead(204).end());
});
server.listen(0, '127.0.0.1', () => console.log(`port ${(server.address() as AddressInfo).port}`));
process.once('SIGTERM', () => process.exit(0));
