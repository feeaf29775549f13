import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '#db/open.ts';
import { firstBrokenAuditLine } from '#db/repositories/audit-log.ts';
import type { Sql } from '#db/store.ts';
import { seededRandom, type Random } from '#server/sample/random.ts';
import { databaseIn } from '#server/station/service.ts';
import { startStation, type RunningStation } from '../helpers/processes.ts';
import { givenCompany, inCompany, PASSWORD } from '../helpers/service.ts';
import { openTestStation, temporaryFolder } from '../helpers/station.ts';
import { givenWarehouse } from '../helpers/stock.ts';
import { carryRows, putBelow } from '../helpers/two-units.ts';
import { DUTIES, type Answer, type Person, type Stock } from './lib/duties.ts';

const ROUNDS = 4;
/** A slow machine needs more of them until all was done that is to be looked at. */
const MOST_ROUNDS = 20;
const BEGUN_WITHIN_MS = 40_000;
const PLANS = 60; // that an outlet sent the day before
const PEOPLE = ['clerk', 'keeper', 'accountant'] as const satisfies readonly Person[];

/** What was sent with which command id, and what was answered; nothing as long as nobody knows. */
type Attempt = { person: Person; commandId: string; path: string; input: Answer; answer?: Answer };

let folder: ReturnType<typeof temporaryFolder>;
let running: RunningStation | undefined;
let stock: Stock;

beforeEach(async () => {
  folder = temporaryFolder();
  await givenCompany(folder.path, PEOPLE);
  stock = await inCompany(folder.path, async (run) => {
    const warehouse = async (code: string) =>
      (await run('setup.saveWarehouse', { existing: null, fields: { code, name: code } })).id;
    const [warehouseId, otherWarehouseId] = [await warehouse('PJ'), await warehouse('CX')];
    const countedWarehouseId = await warehouse('PD');
    const partIds: string[] = [];
    for (const number of ['P-1', 'P-2', 'P-3'])
      partIds.push((await run('setup.savePart', { existing: null, fields: { number, name: number } })).id);
    for (const id of [warehouseId, countedWarehouseId]) {
      const lines = partIds.map((partId) => ({ partId, quantity: 900_000_000, price: 101 }));
      await run('stock.receive', { warehouseId: id, lines });
    }
    const { id: countId } = await run('stockCounts.start', { warehouseId, scopeKind: 'warehouse' });
    return { warehouseId, otherWarehouseId, countedWarehouseId, countId, partIds };
  });
  const outletId = await givenPlans();
  await inCompany(folder.path, (run) =>
    run('deposits.payIn', { unitId: outletId, amount: 100_000_000_000, reason: '押金' }),
  );
});
afterEach(async () => {
  await running?.kill();
  folder.remove();
});

/** Of an outlet below, for each of the parts; they have arrived. Returns the outlet's unit. */
async function givenPlans(): Promise<string> {
  const outlet = await openTestStation('sqlite', { code: 'NO1', name: '网点' });
  const { unitId } = outlet.station;
  const store = await openStore(databaseIn(folder.path));
  const [own] = await store.read((sql) => sql.all<{ unitId: string }>('SELECT unit_id FROM installation'));
  await carryRows({ store, unitId: own?.unitId ?? '' }, outlet.store);
  await putBelow({ store: outlet.store, unitId }, own?.unitId ?? '');
  const warehouseId = await givenWarehouse(outlet);
  for (let n = 0; n < PLANS; n++) {
    const lines = stock.partIds.map((partId, index) => ({ partId, quantity: 1000 + n * 10 + index }));
    await outlet.run('requisitions.send', { warehouseId, lines }, { as: 'keeper' });
  }
  await carryRows({ store: outlet.store, unitId }, store);
  await store.close();
  await outlet.close();
  return unitId;
}

async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await fetch(`${running?.address}/api/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
  if (!answer.ok) throw new Refused(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** By a service that is there: nothing of what people do here is. */
class Refused extends Error {}

type Tokens = ReadonlyMap<Person, string>;

async function signIn(): Promise<Tokens> {
  const tokens = new Map<Person, string>();
  for (const person of PEOPLE) {
    const { token } = await post('session/sign-in', { number: person, password: PASSWORD });
    tokens.set(person, `Bearer ${String(token)}`);
  }
  return tokens;
}

async function send(attempt: Attempt, tokens: Tokens): Promise<Answer> {
  const headers = { authorization: tokens.get(attempt.person) ?? '', 'idempotency-key': attempt.commandId };
  attempt.answer = await post(attempt.path, attempt.input, headers);
  return attempt.answer;
}

/** `busy`: the places at which something has been answered since the service is up. */
type Day = Readonly<{ random: Random; tokens: Tokens; attempts: Attempt[]; round: number; busy: Set<number> }>;

/** One duty done again and again until the service is gone. */
async function work({ random, tokens, attempts, round, busy }: Day, place: number): Promise<void> {
  const duty = DUTIES[place];
  if (!duty) throw new Error(`no duty ${place}`);
  let sent = 0;
  const tell = async (person: Person, path: string, input: object) => {
    const commandId = `r${round}-${place}-${sent++}`;
    const attempt: Attempt = { person, commandId, path, input: input as Answer };
    attempts.push(attempt);
    const answer = await send(attempt, tokens);
    busy.add(place);
    return answer;
  };
  const ask = async (person: Person, path: string, input: object) => {
    const answer = await post(path, input, { authorization: tokens.get(person) ?? '' });
    busy.add(place);
    return answer;
  };
  try {
    for (let n = 0; ; n++) await duty({ stock, random, tell, ask }, `${round}-${place}-${n}`);
  } catch (error) {
    if (error instanceof Refused) throw error;
    return; // the power cut
  }
}

test(
  'a power cut in the middle of the day loses nothing that was confirmed and leaves no half document',
  { timeout: 240_000 },
  async () => {
    const seed = Number(process.env['MENDWAY_SEED'] ?? Date.now() % 1_000_000);
    console.info(`seed ${seed}`);
    const random = seededRandom(seed);
    const attempts: Attempt[] = [];

    const isDone = () => EACH.every((path) => countedOf(attempts).times(path) > 0);
    for (let round = 0; ; round++) {
      running = await startStation(folder.path);
      const tokens = await signIn();
      // What was not confirmed before the cut is sent again with the same id, as the interface does.
      for (const attempt of attempts) if (attempt.answer === undefined) await send(attempt, tokens);
      if (round === MOST_ROUNDS || (round >= ROUNDS && isDone())) break;
      const busy = new Set<number>();
      const people = DUTIES.map((_, place) => work({ random, tokens, attempts, round, busy }, place));
      // Whatever the machine is busy with: all of them have begun.
      for (let waited = 0; busy.size < DUTIES.length; waited += 20) {
        if (waited > BEGUN_WITHIN_MS) throw new Error(`only ${[...busy].join()} have begun`);
        await sleep(20);
      }
      await sleep(random.between(100, 1500));
      await running.kill();
      await Promise.all(people);
    }
    await running?.kill();

    const done = countedOf(attempts);
    for (const path of EACH) expect(done.times(path), path).toBeGreaterThan(0);
    const store = await openStore(databaseIn(folder.path));
    expect(await store.read(confirmedAnswers)).toEqual(
      new Map(attempts.map(({ commandId, answer }) => [commandId, JSON.stringify(answer)])),
    );
    expect(await store.read(writtenRows)).toEqual(rowsToBeWritten(done));
    expect(await store.read(halfDocuments)).toEqual([]);
    expect(await store.read(firstBrokenAuditLine)).toBeNull();
    expect(await store.read((sql) => sql.first('PRAGMA integrity_check'))).toEqual({ integrityCheck: 'ok' });
    await store.close();
    expect(await inCompany(folder.path, (run) => run('stock.verify', {}))).toMatchObject({ difference: null });
  },
);

/** What each day has to see done, or it proves nothing. */
const EACH = [
  'work-orders/register-intake',
  'stock/receive',
  'stock/issue',
  'transfers/ship',
  'purchases/receive',
  'stock-counts/close',
  'stock-counts/confirm',
  'requisitions/approve',
  'requisitions/ship',
] as const;

type Done = ReturnType<typeof countedOf>;

function countedOf(attempts: readonly Attempt[]) {
  const of = (path: string) => attempts.filter((attempt) => attempt.path === path);
  const times = (path: string) => of(path).length;
  const sum = (path: string, pick: (attempt: Attempt) => unknown) =>
    of(path).reduce((total, attempt) => total + Number(pick(attempt)), 0);
  return { times, sum };
}

/** What each of the day's commands was answered, as it stands in the database. */
async function confirmedAnswers(sql: Sql): Promise<Map<string, string>> {
  const commands = await sql.all<{ id: string; result: string }>("SELECT id, result FROM commands WHERE id LIKE 'r%'");
  return new Map(commands.map(({ id, result }) => [id, JSON.stringify(JSON.parse(result))]));
}

function rowsToBeWritten({ times, sum }: Done) {
  const intakes = times('work-orders/register-intake');
  const single = ['stock/receive', 'stock/issue', 'requisitions/ship'];
  // Parts that go to another warehouse of one's own leave with one document and arrive with another.
  const whole = single.reduce((total, path) => total + times(path), 0) + 2 * times('transfers/ship') + 2;
  const differences = sum('stock-counts/confirm', ({ answer }) => answer?.['differences']);
  const posted = sum('stock-counts/confirm', ({ answer }) => (answer?.['documentId'] === null ? 0 : 1));
  const delivered = sum('purchases/receive', ({ input }) => (input['lines'] as unknown[]).length);
  return {
    orders: intakes,
    devices: intakes,
    customers: intakes,
    firstSteps: intakes,
    deposits: intakes,
    stockDocuments: whole + posted + times('purchases/receive'),
    stockMoves: whole * stock.partIds.length + differences + delivered,
    transfers: times('transfers/ship'),
    scanned: sum('stock-counts/count', ({ input }) => (input['way'] === 'add' ? input['quantity'] : 0)),
    requested: times('purchases/save'),
    purchaseSteps: ['save', 'approve', 'order', 'receive'].reduce((n, step) => n + times(`purchases/${step}`), 0),
    closed: sum('purchases/receive', ({ answer }) => (answer?.['state'] === 'closed' ? 1 : 0)),
    counts: times('stock-counts/start') + 1,
    confirmed: times('stock-counts/confirm'),
    granted: times('requisitions/approve'),
    shipped: times('requisitions/ship'),
    charged: sum('requisitions/ship', ({ answer }) => answer?.['charge']),
  };
}

async function writtenRows(sql: Sql) {
  const value = async (what: string, from: string) =>
    (await sql.first<{ n: number }>(`SELECT COALESCE(${what}, 0) AS n FROM ${from}`))?.n;
  const count = (from: string) => value('COUNT(*)', from);
  const own = "requests r JOIN answers a ON a.request_id = r.id WHERE r.for_request_id IS NULL AND r.kind = 'transfer'";
  return {
    orders: await count('work_orders'),
    devices: await count('devices'),
    customers: await count('customers'),
    firstSteps: await count('work_order_states WHERE step = 1'),
    deposits: await count("customer_entries WHERE kind = 'deposit'"),
    stockDocuments: await count('stock_documents'),
    stockMoves: await count('stock_moves'),
    transfers: await count(own),
    scanned: await value('SUM(counted)', `stock_count_lines WHERE count_id = '${stock.countId}'`),
    requested: await count('purchases'),
    purchaseSteps: await count("purchase_steps WHERE step <> 'closed'"),
    closed: await count("purchases WHERE state = 'closed'"),
    counts: await count('stock_counts'),
    confirmed: await count("stock_counts WHERE state = 'posted'"),
    granted: await count("requests r JOIN answers a ON a.request_id = r.id WHERE r.kind = 'requisition'"),
    shipped: await count('requests WHERE for_request_id IS NOT NULL'),
    charged: await value('0 - SUM(amount)', "deposit_entries WHERE kind = 'charge'"),
  };
}

/** Documents of which one part was written and the other wasn't. */
const HALF: readonly string[] = [
  // A closed order of which not all has come, or one of which all has come and that is not closed.
  `SELECT p.number FROM purchases p JOIN (
     SELECT l.purchase_id, SUM(l.quantity) AS ordered, SUM((SELECT COALESCE(SUM(m.quantity), 0) FROM stock_moves m
       WHERE m.purchase_line_id = l.id)) AS came FROM purchase_lines l GROUP BY l.purchase_id) x ON x.purchase_id = p.id
   WHERE (p.state = 'closed') <> (x.came = x.ordered)`,
  // A count of which not every difference was posted, or that says nothing of a part.
  `SELECT c.number FROM stock_counts c WHERE c.state = 'posted' AND (
     (SELECT COUNT(*) FROM stock_count_lines l WHERE l.count_id = c.id AND l.counted <> l.counted_expected)
     <> (SELECT COUNT(*) FROM stock_moves m WHERE m.document_id = c.stock_document_id)
     OR EXISTS (SELECT 1 FROM stock_count_lines l WHERE l.count_id = c.id AND l.counted <> l.counted_expected AND l.reason = ''))`,
  // A count that was closed without the parts nobody counted.
  `SELECT c.number FROM stock_counts c JOIN stock_balances b ON b.warehouse_id = c.warehouse_id AND b.quantity > 0
   WHERE c.state = 'counted' AND NOT EXISTS (
     SELECT 1 FROM stock_count_lines l WHERE l.count_id = c.id AND l.part_id = b.part_id)`,
  // A plan whose grant doesn't say that it was shipped, or says so and it wasn't; one that was shipped and not charged.
  `SELECT r.number FROM requests r JOIN answers a ON a.request_id = r.id WHERE r.kind = 'requisition'
   AND (a.outcome = 'shipped') <> EXISTS (SELECT 1 FROM requests t WHERE t.for_request_id = r.id)`,
  `SELECT t.number FROM requests t WHERE t.for_request_id IS NOT NULL AND (t.stock_document_id IS NULL
   OR NOT EXISTS (SELECT 1 FROM stock_documents d WHERE d.id = t.stock_document_id))`,
  'SELECT d.number FROM stock_documents d WHERE NOT EXISTS (SELECT 1 FROM stock_moves m WHERE m.document_id = d.id)',
];

async function halfDocuments(sql: Sql): Promise<string[]> {
  const found: string[] = [];
  for (const text of HALF) found.push(...(await sql.all<{ number: string }>(text)).map(({ number }) => number));
  return found;
}
