import { firstBrokenAuditLine } from '#db/repositories/audit-log.ts';
import { openStore, type DatabaseAddress } from '#db/open.ts';
import type { Book, DocumentTable } from './book.ts';
import type { Outlet } from './company.ts';
import type { Places, Reach } from './places.ts';
import { differences, openDatabase, openFile, strangersIn, type Reader } from './replicas.ts';

/** What has to hold when everything is alive, the line is good and nobody works any more. */

export type AtRest = Readonly<{
  central: DatabaseAddress;
  /** The database file of each outlet's station. */
  stations: ReadonlyMap<Outlet, string>;
  places: Places;
  book: Book;
}>;

/** What still differs between server and stations, or waits; empty when all is exchanged. */
export async function unsettled({ central, stations, places }: AtRest): Promise<string[]> {
  const server = await openDatabase(central);
  const found: string[] = [];
  for (const [outlet, filename] of stations) {
    const station = openFile(filename);
    const reach = places.reach(outlet.unitId);
    found.push(...(await pending(station, outlet)), ...(await differences(server, station, outlet, reach)));
    await station.close();
  }
  await server.close();
  return found;
}

async function pending(station: Reader, { code }: Outlet): Promise<string[]> {
  const [waiting] = await station.all<{ n: number }>(
    `SELECT COUNT(*) AS n FROM change_log WHERE origin = '' AND seq > (SELECT pushed_seq FROM server_link)`,
  );
  const refused = await station.all<{ table_name: string; row_id: string; code: string; detail: string }>(
    'SELECT table_name, row_id, code, detail FROM sync_refusals LIMIT 5',
  );
  return [
    ...(waiting && waiting.n > 0 ? [`${code}: ${waiting.n} changes wait to be sent`] : []),
    ...refused.map((one) => `${code}: ${one.table_name} ${one.row_id} was refused: ${one.code} ${one.detail}`),
  ];
}

/** Nothing lost, nothing doubled, nothing seen by others, everything adds up. */
export async function violationsAtRest(rest: AtRest): Promise<string[]> {
  const server = await openDatabase(rest.central);
  const found = [...(await unsettled(rest))];
  found.push(...(await documentsAt(server, 'server', rest.book, () => true)));
  found.push(...(await sumsAt(server, rest.book)));
  for (const [outlet, filename] of rest.stations) {
    const station = openFile(filename);
    const reach = rest.places.reach(outlet.unitId);
    found.push(...(await strangersIn(station, outlet, reach)));
    found.push(...(await documentsAt(station, outlet.code, rest.book, (table, unitId) => sees(reach, table, unitId))));
    found.push(...(await soundness(station, outlet)), ...(await orphans(station, server, outlet, reach)));
    await station.close();
    found.push(...(await brokenChain({ kind: 'sqlite', filename }, outlet.code)));
  }
  await server.close();
  found.push(...(await brokenChain(rest.central, 'server')));
  return found;
}

const TABLES: readonly DocumentTable[] = ['work_orders', 'stock_documents', 'requests', 'settlements'];

/** Whether all documents of a unit in a table stand at an outlet's station; of requests only those it asked itself surely do. */
function sees(reach: Reach, table: DocumentTable, unitId: string): boolean {
  return (table === 'work_orders' ? reach.regionUnits : reach.units).includes(unitId);
}

/** Each confirmed document is there once, and of the units looked at there is none that nobody was told of. */
async function documentsAt(
  reader: Reader,
  place: string,
  book: Book,
  isSeen: (table: DocumentTable, unitId: string) => boolean,
): Promise<string[]> {
  const found: string[] = [];
  for (const table of TABLES) {
    const confirmed = book.documents().filter((one) => one.table === table && isSeen(table, one.unitId));
    // The draws of a material list have numbers nobody is told.
    const own = table === 'stock_documents' ? " WHERE kind <> 'material'" : '';
    const rows = await reader.all<{ number: string; unit_id: string }>(`SELECT number, unit_id FROM ${table}${own}`);
    const there = Map.groupBy(rows, ({ number }) => number);
    for (const { number, unitId } of confirmed) {
      const times = there.get(number)?.filter(({ unit_id }) => unit_id === unitId).length ?? 0;
      if (times !== 1) found.push(`${place}: ${table} ${number} was confirmed and is there ${times} times`);
    }
    const known = new Set(confirmed.map(({ number }) => number));
    const unknown = rows.filter(({ number, unit_id }) => isSeen(table, unit_id) && !known.has(number));
    for (const { number } of unknown.slice(0, 5)) found.push(`${place}: nobody was told of ${table} ${number}`);
  }
  return found;
}

/** Parts, pay and money of the whole company are what came in less what went out. */
async function sumsAt(server: Reader, book: Book): Promise<string[]> {
  const [moved] = await server.all<Sum>('SELECT SUM(quantity) AS quantity, SUM(value) AS value FROM stock_moves');
  const underWay = await inTransit(server);
  const [pay] = await server.all<{ n: number; amount: number }>(
    'SELECT COUNT(*) AS n, COALESCE(SUM(amount), 0) AS amount FROM pay_entries',
  );
  const [money] = await server.all<{ amount: number }>(
    `SELECT COALESCE(SUM(amount), 0) AS amount FROM customer_entries`,
  );
  const [deposits] = await server.all<{ amount: number }>(
    'SELECT COALESCE(SUM(amount), 0) AS amount FROM deposit_entries',
  );
  const expected = book.sums();
  const total = (pick: (one: Sum) => number) => pick(moved ?? NONE) + underWay.reduce((sum, one) => sum + pick(one), 0);
  const pairs: readonly (readonly [string, number, number])[] = [
    ['parts in stock and in transit', total(({ quantity }) => quantity), expected.quantity],
    ['their value', total(({ value }) => value), expected.value],
    ['entries of pay', pay?.n ?? 0, expected.payEntries],
    ['their amount', pay?.amount ?? 0, expected.payAmount],
    ['money taken from customers', money?.amount ?? 0, expected.money],
    ['deposits held', deposits?.amount ?? 0, expected.deposits],
  ];
  return pairs.filter(([, is, was]) => is !== was).map(([what, is, was]) => `${what}: ${is}, and ${was} by the book`);
}

type Sum = Readonly<{ quantity: number; value: number }>;
type Transfer = Readonly<{ id: string; content: string; came_back: number | string }>;

/**
 * Shipped, less what came in where it went or where it left, less what was decided about. Values are those of the moves
 * themselves: what is in transit of a line is worth what is missing from them.
 */
async function inTransit(server: Reader): Promise<Sum[]> {
  const transfers = await server.all<Transfer>(
    `SELECT r.id, r.content, CASE WHEN EXISTS (
       SELECT 1 FROM stock_documents d WHERE d.request_id = r.id AND d.kind = 'receipt' AND d.closes_id IS NULL
     ) AND COALESCE(a.decision, '') <> 'accepted' THEN 1 ELSE 0 END AS came_back
     FROM requests r LEFT JOIN answers a ON a.request_id = r.id WHERE r.kind = 'transfer'`,
  );
  const closed = await server.all<Sum & Readonly<{ request_id: string; decision: string; kind: string }>>(
    'SELECT request_id, decision, kind, quantity, value FROM transfer_closures',
  );
  const arrived = await server.all<Sum & Readonly<{ request_id: string }>>(
    `SELECT d.request_id, SUM(m.quantity) AS quantity, SUM(m.value) AS value FROM stock_documents d
     JOIN stock_moves m ON m.document_id = d.id WHERE d.kind = 'receipt' AND d.request_id IS NOT NULL AND d.closes_id IS NULL
     GROUP BY d.request_id`,
  );
  return transfers
    .filter(({ came_back }) => Number(came_back) === 0)
    .flatMap(({ id, content }) => {
      const minus = (one: Sum): Sum => ({ quantity: 0 - one.quantity, value: 0 - one.value });
      const gone = closed.filter(({ request_id, kind }) => request_id === id && kind !== 'surplus');
      return [
        ...(JSON.parse(content) as { lines: Sum[] }).lines,
        ...arrived.filter(({ request_id }) => request_id === id).map(minus),
        ...gone.map(minus),
      ];
    });
}
const NONE: Sum = { quantity: 0, value: 0 };

/** The file is whole, and balances are what their moves say. */
async function soundness(station: Reader, { code }: Outlet): Promise<string[]> {
  const [check] = await station.all<{ integrity_check: string }>('PRAGMA integrity_check');
  const balances = await station.all<{ part_id: string }>(
    `SELECT b.part_id FROM stock_balances b JOIN (
       SELECT warehouse_id, part_id, SUM(quantity) AS quantity, SUM(value) AS value FROM stock_moves GROUP BY 1, 2
     ) m ON m.warehouse_id = b.warehouse_id AND m.part_id = b.part_id
     WHERE b.quantity <> m.quantity OR b.value <> m.value OR b.quantity < 0`,
  );
  return [
    ...(check?.integrity_check === 'ok' ? [] : [`${code}: the file is damaged: ${check?.integrity_check}`]),
    ...balances.map(({ part_id }) => `${code}: the balance of ${part_id} is not the sum of its moves`),
  ];
}

type Orphan = Readonly<{ table: string; rowid: number; parent: string; fkid: number }>;

/**
 * Rows that don't find what they refer to. They needn't when that is a customer or a device of a unit that has been in the
 * station's region and no longer is: one's own order stays, and what it was about is seen no more.
 */
async function orphans(station: Reader, server: Reader, { code }: Outlet, reach: Reach): Promise<string[]> {
  const found: string[] = [];
  for (const orphan of await station.all<Orphan>('PRAGMA foreign_key_check')) {
    const { table, parent } = orphan;
    const isGone = parent === 'customers' || parent === 'devices';
    if (!isGone || !(await isOutOfSight(station, server, orphan, reach)))
      found.push(`${code}: a row of ${table} refers to a ${parent} that isn't there`);
  }
  return found.slice(0, 5);
}

async function isOutOfSight(
  station: Reader,
  server: Reader,
  { table, rowid, parent, fkid }: Orphan,
  { regionUnits }: Reach,
): Promise<boolean> {
  const keys = await station.all<{ id: number; from: string }>(`PRAGMA foreign_key_list(${table})`);
  const column = keys.find(({ id }) => id === fkid)?.from ?? '';
  const [row] = await station.all<{ id: string }>(`SELECT ${column} AS id FROM ${table} WHERE rowid = ${rowid}`);
  const [there] = await server.all<{ unit_id: string }>(`SELECT unit_id FROM ${parent} WHERE id = '${row?.id}'`);
  return there !== undefined && !regionUnits.includes(there.unit_id);
}

async function brokenChain(address: DatabaseAddress, place: string): Promise<string[]> {
  const store = await openStore(address);
  const broken = await store.read(firstBrokenAuditLine);
  await store.close();
  return broken === null ? [] : [`${place}: the audit log is broken at ${JSON.stringify(broken)}`];
}
