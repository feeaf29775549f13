import { setTimeout as sleep } from 'node:timers/promises';
import type { InputOf, OperationName, OutputOf } from '#operations/index.ts';
import type { Book } from './book.ts';
import type { Person } from './company.ts';
import type { Desk } from './outlet.ts';
import type { FaultProxy } from './proxy.ts';
import { openDatabase, openFile, type Reader } from './replicas.ts';
import type { AtRest } from './rest.ts';

/**
 * One plan that goes the whole way in every run, whatever the dice do: asked for, granted, shipped, received with parts missing and
 * damaged, decided. At each step one of the two lines is cut. Nobody is killed meanwhile; what comes of it must stand through all
 * that follows.
 */

export type Side = Readonly<{ desk: Desk; proxy: FaultProxy; warehouseId: string }>;
/** `outlet` is below `centre`. */
export type Sides = Readonly<{ outlet: Side; centre: Side; partIds: readonly string[]; book: Book }>;

/** Ids of the requisition, of the transfer that serves it, and of the units they are between. */
export type ScriptedPlan = Readonly<{ id: string; transferId: string; outletId: string; centreId: string }>;

/** A machine with two cores and other work to do is slow; whoever waits for this long waits for what will not happen. */
const HAPPENS_WITHIN_MS = 120_000;

// Thousandths and fen. Of the first part one piece is missing and half a piece damaged.
const DEPOSIT = 400_000;
const ASKED = [4000, 3000] as const;
const GRANTED = [
  { line: 1, quantity: 4000, price: 6000 },
  { line: 2, quantity: 2000, price: 1500 },
] as const;
const [CHARGE, CREDIT] = [27_000, 9000] as const;
const DECIDED = [
  { line: 1, kind: 'shortage', decision: 'written-off', quantity: 1000, reason: '途中丢失' },
  { line: 1, kind: 'damage', decision: 'returned', quantity: 500, reason: '退回中心' },
] as const;

/** @throws when a step is refused, is known where the line is cut, or doesn't arrive where it isn't */
export async function doScriptedPlan(sides: Sides): Promise<ScriptedPlan> {
  const { outlet, centre } = sides;
  await payDeposit(sides);
  const id = await send(sides);
  await arrives(sides, centre, ['requisitions', id], 'waiting');
  await grant(sides, id);
  await arrives(sides, outlet, ['requisitions', id], 'accepted');
  const transferId = await ship(sides, id);
  await arrives(sides, outlet, ['transfers', transferId], 'waiting');
  await receive(sides, transferId);
  await arrives(sides, centre, ['transfers', transferId], 'accepted differing');
  await decide(sides, transferId);
  await arrives(sides, outlet, ['transfers', transferId], 'ended decided');
  await depositIsRight(sides);
  return { id, transferId, outletId: unitOf(outlet), centreId: unitOf(centre) };
}

const unitOf = ({ desk }: Side): string => desk.outlet.unitId;

async function payDeposit({ outlet, centre, book }: Sides): Promise<void> {
  await must(centre, 'office', 'deposits.payIn', { unitId: unitOf(outlet), amount: DEPOSIT, reason: '押金' });
  book.deposit(DEPOSIT);
}

async function send({ outlet, centre, partIds, book }: Sides): Promise<string> {
  const lines = ASKED.map((quantity, n) => ({ partId: partIds[n] ?? '', quantity }));
  return whileCut(outlet, async () => {
    const sent = await must(outlet, 'store', 'requisitions.send', { warehouseId: outlet.warehouseId, lines });
    book.document('requests', unitOf(outlet), sent.number);
    return [sent.id, async () => (await standing(centre, ['requisitions', sent.id])) === 'unknown'];
  });
}

function grant({ outlet, centre }: Sides, id: string): Promise<void> {
  return whileCut(centre, async () => {
    await must(centre, 'store', 'requisitions.approve', { id, lines: [...GRANTED] });
    return [undefined, async () => (await standing(outlet, ['requisitions', id])) === 'waiting'];
  });
}

function ship({ outlet, centre, book }: Sides, id: string): Promise<string> {
  const lines = GRANTED.map(({ line, quantity }) => ({ line, quantity }));
  return whileCut(outlet, async () => {
    const input = { id, fromWarehouseId: centre.warehouseId, lines };
    const shipped = await must(centre, 'store', 'requisitions.ship', input);
    book.document('requests', unitOf(centre), shipped.number);
    book.document('stock_documents', unitOf(centre), shipped.documentNumber);
    book.deposit(0 - shipped.charge);
    return [shipped.id, async () => (await standing(outlet, ['transfers', shipped.id])) === 'unknown'];
  });
}

function receive({ outlet, centre, book }: Sides, id: string): Promise<void> {
  return whileCut(centre, async () => {
    const counted = [{ line: 1, received: 2500, damaged: 500, note: '少一件，坏半件' }];
    const received = await must(outlet, 'store', 'transfers.receive', { id, counted });
    book.document('stock_documents', unitOf(outlet), received.documentNumber);
    return [undefined, async () => (await standing(centre, ['transfers', id])) === 'waiting'];
  });
}

function decide({ outlet, centre, book }: Sides, id: string): Promise<void> {
  return whileCut(centre, async () => {
    const decided = await must(centre, 'store', 'transfers.decide', { id, decisions: [...DECIDED] });
    book.deposit(decided.credit);
    for (const { decision, quantity, value, documentNumber } of decided.closed) {
      if (decision === 'written-off') book.stock(0 - quantity, 0 - value);
      if (documentNumber !== null) book.document('stock_documents', unitOf(centre), documentNumber);
    }
    return [undefined, async () => (await standing(outlet, ['transfers', id])) === 'accepted differing'];
  });
}

async function depositIsRight({ outlet, centre }: Sides): Promise<void> {
  const account = { holderId: unitOf(centre), unitId: unitOf(outlet) };
  const held = DEPOSIT - CHARGE + CREDIT;
  for (const { desk } of [outlet, centre])
    await until(`${desk.outlet.code} sees a deposit of ${held} that nothing blocks`, [outlet, centre], async () => {
      const seen = await desk.ask('office', 'deposits.account', account);
      return seen?.held === held && seen.blocked === 0;
    });
}

type Paper = readonly [kind: 'requisitions' | 'transfers', id: string];

async function standing({ desk }: Side, [kind, id]: Paper): Promise<string> {
  const sheet = await desk.ask('store', `${kind}.get`, { id });
  return sheet ? `${sheet.state} ${sheet.outcome}`.trim() : 'unknown';
}

function arrives({ outlet, centre }: Sides, side: Side, paper: Paper, as: string): Promise<void> {
  const { code } = side.desk.outlet;
  return until(`${code} sees that what is under ${paper[0]} is ${as}`, [outlet, centre], async () => {
    return (await standing(side, paper)) === as;
  });
}

async function must<N extends OperationName>(
  { desk }: Side,
  person: Person,
  name: N,
  input: InputOf<N>,
): Promise<OutputOf<N>> {
  const result = await desk.ask(person, name, input);
  if (result === null) throw new Error(`${desk.outlet.code}: ${name} of the scripted plan was refused`);
  return result;
}

/** Until it is so; everyone synchronises as soon as he can. @throws when it takes too long */
async function until(what: string, sides: readonly Side[], isSo: () => Promise<boolean>): Promise<void> {
  for (const started = Date.now(); !(await isSo()); await sleep(250)) {
    if (Date.now() - started > HAPPENS_WITHIN_MS) throw new Error(`it took too long until ${what}`);
    for (const { desk } of sides) await desk.ask('desk', 'sync.now', {});
  }
}

type Step<T> = () => Promise<readonly [done: T, isUnknown: () => Promise<boolean>]>;

/**
 * A step while one side is cut off: begun when its station has noticed, and known beyond the cut only when the line is there
 * again, though the station tries.
 */
async function whileCut<T>(side: Side, step: Step<T>): Promise<T> {
  const { desk, proxy } = side;
  const { code } = desk.outlet;
  const failedAt = async (): Promise<number> => {
    const status = await desk.ask('desk', 'sync.status', {});
    return status && status.state === 'offline' ? (status.lastAttemptAt ?? 0) : 0;
  };
  proxy.partition('reset');
  await until(`${code} notices that it is cut off`, [side], async () => (await failedAt()) > 0);
  const [done, isUnknown] = await step();
  const before = await failedAt();
  await until(`${code} tries again in vain`, [side], async () => (await failedAt()) > before);
  if (!(await isUnknown())) throw new Error(`a step of the scripted plan is known though ${code} is cut off`);
  proxy.reconnect();
  return done;
}

/** What of the plan doesn't stand on the two sides' screens as it was left. */
export async function planOnScreens({ outlet, centre }: Sides, plan: ScriptedPlan): Promise<string[]> {
  const found: string[] = [];
  for (const { desk } of [outlet, centre]) {
    const asked = await desk.ask('store', 'requisitions.get', { id: plan.id });
    const sent = await desk.ask('store', 'transfers.get', { id: plan.transferId });
    const open = (sent?.lines ?? []).reduce((sum, line) => sum + line.open.quantity, 0);
    const seen = `${asked?.state} ${asked?.outcome}, ${sent?.state} ${sent?.outcome}, ${open} in transit`;
    if (seen !== 'ended shipped, ended decided, 0 in transit')
      found.push(`${desk.outlet.code}: the scripted plan is ${seen}`);
  }
  return found;
}

/** What both sides wrote, once each; shipped, received, come back and written off add up to nothing. */
const SHARED_FACTS = [
  'asked requisition',
  'asked transfer',
  'answered accepted shipped',
  'answered accepted differing',
  'decided shortage written-off 1000',
  'decided damage returned 500',
  `deposit ${0 - CHARGE}`,
  `deposit ${CREDIT}`,
];
const CENTRES_DOCUMENTS = ['document issue -6000', 'document receipt 500'];
const OUTLETS_DOCUMENTS = ['document receipt 4500'];

type Databases = Pick<AtRest, 'central' | 'stations' | 'places'>;

/** What of the plan isn't in the databases of the server and of the two sides, or more than once. */
export async function planAtRest({ central, stations, places }: Databases, plan: ScriptedPlan): Promise<string[]> {
  const server = await openDatabase(central);
  const found = await planIn(server, 'server', plan, [...CENTRES_DOCUMENTS, ...OUTLETS_DOCUMENTS]);
  await server.close();
  for (const [{ code, unitId }, filename] of stations) {
    if (unitId !== plan.centreId && unitId !== plan.outletId) continue;
    const { units } = places.reach(unitId);
    const station = openFile(filename);
    const documents = [
      ...(units.includes(plan.centreId) ? CENTRES_DOCUMENTS : []),
      ...(units.includes(plan.outletId) ? OUTLETS_DOCUMENTS : []),
    ];
    found.push(...(await planIn(station, code, plan, documents)));
    await station.close();
  }
  return found;
}

async function planIn(
  reader: Reader,
  place: string,
  { id, transferId }: ScriptedPlan,
  documents: readonly string[],
): Promise<string[]> {
  const rows = await reader.all<{ fact: string }>(
    `SELECT 'asked ' || kind AS fact FROM requests WHERE id = '${id}' OR for_request_id = '${id}'
     UNION ALL SELECT 'answered ' || decision || ' ' || outcome FROM answers WHERE request_id IN ('${id}', '${transferId}')
     UNION ALL SELECT 'document ' || d.kind || ' ' || SUM(m.quantity) FROM stock_documents d
       JOIN stock_moves m ON m.document_id = d.id WHERE d.request_id = '${transferId}' GROUP BY d.id, d.kind
     UNION ALL SELECT 'decided ' || kind || ' ' || decision || ' ' || quantity FROM transfer_closures
       WHERE request_id = '${transferId}'
     UNION ALL SELECT 'deposit ' || amount FROM deposit_entries WHERE request_id = '${transferId}'`,
  );
  const count = (facts: readonly string[], fact: string) => facts.filter((one) => one === fact).length;
  const there = rows.map(({ fact }) => fact);
  const expected = [...SHARED_FACTS, ...documents];
  return [...new Set([...expected, ...there])]
    .filter((fact) => count(there, fact) !== count(expected, fact))
    .map((fact) => `${place}: of the scripted plan "${fact}" is there ${count(there, fact)} times`);
}
