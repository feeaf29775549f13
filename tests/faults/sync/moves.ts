import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseAddress } from '#db/open.ts';
import type { Cursor } from '#db/sync/cursor.ts';
import type { Random } from '#server/sample/random.ts';
import { openClient } from '#sync/station/https.ts';
import type { Book } from './book.ts';
import type { Company, Outlet } from './company.ts';
import { askerOf, type Ask, type Post } from './people.ts';
import type { FaultProxy } from './proxy.ts';
import { openDatabase } from './replicas.ts';
import type { Service } from './services.ts';

/** Head office, in a browser at its server, moves outlets from one region to another while they work. */

export type Moves = Readonly<{
  random: Random;
  company: Company;
  central: DatabaseAddress;
  stations: readonly Readonly<{ outlet: Outlet; proxy: FaultProxy }>[];
  ask: Ask<'admin'>;
  book: Book;
  stop: AbortSignal;
}>;

/** Rarely; but now and then the next follows at once, before stations have heard of the one before. */
const SELDOM = { from: 8000, to: 22_000 }; // ms
const AT_ONCE = { from: 0, to: 2000 };

export async function moveUnits(moves: Moves): Promise<void> {
  const { random, stop } = moves;
  while (!stop.aborted) {
    const { from, to } = random.chance(0.2) ? AT_ONCE : SELDOM;
    await pause(random.between(from, to), stop);
    if (!stop.aborted) await moveOne(moves);
  }
}

/** Some are cut off just before and go on working, so that what they did as one of their region arrives when it is another's. */
async function moveOne(moves: Moves): Promise<void> {
  const { random, company, central, stations, ask, book } = moves;
  const { places } = company;
  const movable = stations.filter(({ outlet }) => !places.centres.includes(outlet.unitId));
  const station = random.pick(movable);
  const cutOff = [station, random.pick(stations)].filter(() => random.chance(0.5));
  for (const { proxy } of cutOff) proxy.partition('reset');
  await sleep(random.between(500, 3000));
  const { outlet } = station;
  const to = random.pick(places.centres.filter((centre) => centre !== places.regionOf(outlet.unitId)));
  const move = places.begin(outlet.unitId, to);
  const saved = await ask('admin', 'organisation.saveUnit', await wishFor(ask, outlet, to));
  if (saved?.moved === 1) move.standsAt(await placeOfMove(central, outlet.unitId));
  else book.violation(`head office could not move ${outlet.code}: ${JSON.stringify(saved)}`);
  await sleep(random.between(0, 3000));
  for (const { proxy } of cutOff) proxy.reconnect();
}

async function wishFor(ask: Ask<'admin'>, { unitId, code }: Outlet, parentId: string) {
  const { units } = (await ask('admin', 'organisation.units', {})) ?? { units: [] };
  const unit = units.find(({ id }) => id === unitId);
  if (!unit) throw new Error(`head office doesn't see ${code}`);
  const { version, name, kind, timeZone, currency } = unit;
  return { existing: { id: unitId, version }, fields: { code, name, kind, parentId, timeZone, currency } };
}

/** Behind all that the move wrote. On SQLite, where every turn is 0, a few later changes may be counted in. */
async function placeOfMove(central: DatabaseAddress, unitId: string): Promise<Cursor> {
  const server = await openDatabase(central);
  const [place] = await server.all<Cursor>(
    `SELECT turn, MAX(seq) AS seq FROM change_log WHERE turn = (
       SELECT turn FROM change_log WHERE table_name = 'units' AND row_id = '${unitId}' ORDER BY turn DESC, seq DESC LIMIT 1
     ) GROUP BY turn`,
  );
  await server.close();
  if (!place) throw new Error(`the move of ${unitId} is not in the log`);
  return place;
}

/** Somebody at head office, at whichever server is up. @param fingerprint of their certificate */
export function headOffice(servers: readonly Service[], fingerprint: string, book: Book): Ask<'admin'> {
  const post: Post = async (path, body, headers) => {
    const port = servers.flatMap((server) => server.port() ?? [])[0];
    if (port === undefined) throw new Error('no server is up');
    const client = openClient({ address: `https://127.0.0.1:${port}`, fingerprint, timeoutMs: 60_000 });
    try {
      const call = { path: `/api/${path}`, headers, body: Buffer.from(JSON.stringify(body)) };
      const answer = await client.request({ method: 'POST', ...call });
      return { status: answer.status, body: JSON.parse((await answer.body()).toString()) as unknown };
    } finally {
      client.close();
    }
  };
  return askerOf({ place: 'HQ', numberOf: (person) => person, post, book });
}

const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => undefined);
