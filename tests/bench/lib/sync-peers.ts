import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { makeCertificate } from '#server/tls/make-certificate.ts';
import { cpuBetween, startMetered } from './processes.ts';
import { openRelay } from './relay.ts';

/** What synchronisation is measured beside: the same rows between processes with nothing else around them, and PouchDB. */

export type Moved = Readonly<{
  rows: number;
  seconds: number;
  /** µs of both ends together. */
  cpu: number;
  /** Both directions. */
  bytes: number;
  /** Bytes, of the larger process. */
  rss: number;
}>;

const LIB = import.meta.dirname;

/** Key and certificate in a file that all programs of a bench read. */
export async function certificateIn(folder: string): Promise<string> {
  const file = path.join(folder, 'certificate.json');
  writeFileSync(file, JSON.stringify(await makeCertificate({ names: ['127.0.0.1'], now: Date.now() })), {
    mode: 0o600,
  });
  return file;
}

/** A migrated database becomes one without triggers and log, that has what the orders refer to. */
export function withoutTriggers(filename: string): void {
  const database = new Database(filename);
  const triggers = database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all();
  for (const name of triggers) database.exec(`DROP TRIGGER ${String(name)}`);
  database.close();
}

/** All work orders of `source` into `target`, which has none. */
export async function moveAtTheLimit(source: string, target: string, certificate: string): Promise<Moved> {
  const receiver = startMetered(path.join(LIB, 'limit-receiver.ts'), [target, certificate]);
  const port = Number((await receiver.line(/^port (\d+)/))[1]);
  return moveBetween(receiver, port, (at) => [path.join(LIB, 'limit-sender.ts'), [source, String(at), certificate]]);
}

/** So many work orders of `source` to a PouchDB server, and from it to a second station. */
export async function moveByPouch(
  folder: string,
  source: string,
  certificate: string,
  { batch, count }: Readonly<{ batch: 'default' | 1000; count: number }>,
): Promise<Readonly<{ push: Moved; pull: Moved }>> {
  const place = (name: string) => path.join(folder, `pouch-${batch}-${name}`);
  mkdirSync(folder, { recursive: true });
  const server = startMetered(path.join(LIB, 'pouch-server.ts'), [place('server'), certificate]);
  const port = Number((await server.line(/^port (\d+)/))[1]);
  const station = path.join(LIB, 'pouch-station.ts');
  const rest = (name: string, at: number) => [
    place(name),
    String(at),
    certificate,
    String(batch),
    source,
    String(count),
  ];
  const push = await moveBetween(server, port, (at) => [station, ['push', ...rest('first', at)]], 'keep');
  const pull = await moveBetween(server, port, (at) => [station, ['pull', ...rest('second', at)]]);
  return { push, pull };
}

/** One program moves rows to or from another, over a line that counts. */
async function moveBetween(
  server: ReturnType<typeof startMetered>,
  port: number,
  programOf: (port: number) => readonly [script: string, args: readonly string[]],
  afterwards: 'keep' | 'stop' = 'stop',
): Promise<Moved> {
  const relay = await openRelay(() => port);
  void relay.open();
  const mover = startMetered(...programOf(relay.port));
  await mover.line(/^ready/);
  const ends = [server, mover];
  const before = await Promise.all(ends.map((one) => one.used()));
  const carried = relay.bytes();
  const started = performance.now();
  mover.say('go');
  const [, rows] = await mover.line(/^done ?(\d*)/);
  const seconds = (performance.now() - started) / 1000;
  const after = await Promise.all(ends.map((one) => one.used()));
  await mover.stop();
  await relay.close();
  if (afterwards === 'stop') await server.stop();
  const rss = Math.max(...after.map((one) => one.rss));
  return { rows: Number(rows), seconds, cpu: cpuBetween(before, after), bytes: relay.bytes() - carried, rss };
}
