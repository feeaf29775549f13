import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { makeCertificate } from '#server/tls/make-certificate.ts';
import { cpuBetween, startMetered } from './processes.ts';
import { openRelay, type Relay } from './relay.ts';

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

type PouchRun = Readonly<{ batch: 'default' | 1000; count: number }>;
type BothWays = Readonly<{ push: Moved; pull: Moved }>;

const ATTEMPTS = 3;

/**
 * So many work orders of `source` to a PouchDB server, and from it to a second station. Now and then its replication stands
 * still for good; it is then begun anew, and none of that counts against it.
 */
export async function moveByPouch(
  folder: string,
  source: string,
  certificate: string,
  run: PouchRun,
): Promise<BothWays> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await pouchBothWays(path.join(folder, `pouch-${run.batch}-${attempt}`), source, certificate, run);
    } catch (error) {
      if (!(error instanceof StandsStill) || attempt === ATTEMPTS) throw error;
      console.error(`PouchDB stands still; begun anew (${attempt + 1} of ${ATTEMPTS}).`);
    }
  }
}

async function pouchBothWays(
  folder: string,
  source: string,
  certificate: string,
  { batch, count }: PouchRun,
): Promise<BothWays> {
  const place = (name: string) => path.join(folder, name);
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

class StandsStill extends Error {
  override readonly name = 'StandsStill';
}

const STILL_SECONDS = 60;

/** Throws when nothing has gone over the line for a minute. */
async function standsStill(relay: Relay): Promise<never> {
  for (;;) {
    const before = relay.bytes();
    await sleep(STILL_SECONDS * 1000, undefined, { ref: false });
    if (relay.bytes() === before) throw new StandsStill(`nothing was carried for ${STILL_SECONDS} s`);
  }
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
  const done = await Promise.race([mover.line(/^done ?(\d*)/), standsStill(relay)]).catch((error: unknown) => error);
  const seconds = (performance.now() - started) / 1000;
  const after = await Promise.all(ends.map((one) => one.used()));
  await mover.stop();
  await relay.close();
  if (done instanceof Error || afterwards === 'stop') await server.stop();
  if (!Array.isArray(done)) throw done;
  const [, rows] = done as RegExpExecArray;
  const rss = Math.max(...after.map((one) => one.rss));
  return { rows: Number(rows), seconds, cpu: cpuBetween(before, after), bytes: relay.bytes() - carried, rss };
}
