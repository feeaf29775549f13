import type { Period } from '#domain/dates.ts';
import type { MonthOrder } from '#domain/payroll/monthly.ts';
import type { PayItem, PayLabourLine, PayPartLine, PayShare, PeriodOrder, TierMeasure } from '#domain/payroll/types.ts';
import { keysBefore, selectIn } from '../bulk.ts';
import type { Sql, SqlValue } from '../store.ts';
import { peoplePaid, type PersonPaid } from './pay-entries.ts';

/** Work orders as the calculation of pay takes them. */

/** With the order's own number, which is shown. */
export type PaidOrder = PeriodOrder & Readonly<{ number: string }>;

/** A reward or penalty that stands, as an item of its own: its amount may be another than the catalogue's. */
export type PaidAward = PayItem & Readonly<{ code: string; name: string; reason: string }>;

export type PaidOrders = Readonly<{ orders: readonly PaidOrder[]; awards: readonly PaidAward[] }>;

type Named = Readonly<{ id: string; name: string }>;

/** What is the same in many orders, by id: read once, when the first order names it. */
export type PayCatalogue = Readonly<{
  people: Map<string, PersonPaid>;
  workTypes: Map<string, Named>;
  parts: Map<string, Named>;
}>;

export const emptyCatalogue = (): PayCatalogue => ({ people: new Map(), workTypes: new Map(), parts: new Map() });

/** `key`: place of its order among those asked for. `place`: among the rows of its order. */
type Placed = readonly [key: number, place: number, ...SqlValue[]];

type Head = readonly [
  key: number,
  place: number,
  id: string,
  number: string,
  kind: string,
  warrantyClass: string,
  urgency: string,
  category: string,
  receivedOn: string,
  receivedAt: number,
  completedOn: string | null,
  completedAt: number | null,
  auditedOn: string | null,
  discount: number,
  followUp: PeriodOrder['followUp'],
  reworkOfId: string | null,
];
type Labour = readonly [key: number, place: number, workTypeId: string, fee: number, labourCost: number, units: number];
type Part = readonly [
  key: number,
  place: number,
  partId: string,
  quantity: number,
  price: number,
  cost: number,
  charge: PayPartLine['charge'],
];
type Technician = readonly [key: number, place: number, employeeId: string, shareBp: number];
type Pause = readonly [key: number, place: number, from: number, to: number];
type Award = readonly [
  key: number,
  place: number,
  id: string,
  employeeId: string | null,
  amount: number | null,
  rateBp: number | null,
  kind: 'reward' | 'penalty',
  code: string,
  name: string,
  reason: string,
];

/** Each SELECT goes on with the keys and the table that they are joined to. */
const HEADS = {
  select: `SELECT j.key, 0, o.id, o.number, o.kind, o.warranty_class, o.urgency, COALESCE(d.category, ''), o.received_on, o.received_at,
    o.completed_on, o.completed_at, o.audited_on, o.discount, o.follow_up, o.rework_of_id`,
  from: 'work_orders o ON o.id = j.value LEFT JOIN devices d ON d.id = o.device_id',
};
const LABOUR = {
  select: 'SELECT j.key, l.line_no, l.work_type_id, l.fee, l.labour_cost, l.units',
  from: 'work_order_labour l ON l.work_order_id = j.value',
};
const PARTS = {
  select: 'SELECT j.key, l.line_no, l.part_id, l.quantity, l.price, l.cost, l.charge',
  from: 'work_order_parts l ON l.work_order_id = j.value',
};
const TECHNICIANS = {
  select: 'SELECT j.key, 0, t.employee_id, t.share_bp',
  from: 'work_order_technicians t ON t.work_order_id = j.value',
};
/** From each step to waiting to the next step; what still waits is done when the work is. */
const PAUSES = {
  select: 'SELECT j.key, s.step, s.at, n.at',
  from: `work_order_states s ON s.work_order_id = j.value AND s.to_state = 'waiting-for-parts'
    JOIN work_order_states n ON n.work_order_id = s.work_order_id
      AND n.step = (SELECT MIN(x.step) FROM work_order_states x WHERE x.work_order_id = s.work_order_id AND x.step > s.step)`,
};
const AWARDS = {
  select:
    'SELECT j.key, a.created_at, a.id, a.employee_id, COALESCE(a.amount, i.amount), i.rate_bp, i.kind, i.code, i.name, a.reason',
  from: `pay_awards a ON a.work_order_id = j.value AND a.state = 'standing' JOIN pay_items i ON i.id = a.item_id`,
};

/** The ids of a unit's orders that were audited in the time. */
export async function auditedWithin(sql: Sql, unitId: string, { from, to }: Period): Promise<string[]> {
  const rows = await sql.values<[id: string]>(
    'SELECT id FROM work_orders WHERE unit_id = ? AND audited_on BETWEEN ? AND ? ORDER BY id',
    [unitId, from, to],
  );
  return rows.map(([id]) => id);
}

/** The same, of orders on which these people worked. */
export async function auditedOf(
  sql: Sql,
  unitId: string,
  { from, to }: Period,
  employeeIds: readonly string[],
): Promise<string[]> {
  const rows = await sql.values<[id: string]>(
    `SELECT DISTINCT o.id FROM ${keysBefore(sql.dialect)} work_order_technicians t ON t.employee_id = j.value
     JOIN work_orders o ON o.id = t.work_order_id WHERE o.unit_id = ? AND o.audited_on BETWEEN ? AND ?`,
    [JSON.stringify(employeeIds), unitId, from, to],
  );
  return rows.map(([id]) => id);
}

/** Of these orders, those that are done again by others, too. */
export async function withReworks(sql: Sql, ids: readonly string[]): Promise<string[]> {
  const again = await selectIn<{ id: string }>(sql, 'SELECT id FROM work_orders WHERE rework_of_id IN', ids);
  return [...new Set([...ids, ...again.map(({ id }) => id)])];
}

/**
 * In the sequence of their ids.
 * @param today stands for a completion or audit that has no date yet
 * @param known is added to
 */
export async function paidOrders(
  sql: Sql,
  ids: readonly string[],
  today: string,
  known: PayCatalogue,
): Promise<PaidOrders> {
  if (ids.length === 0) return { orders: [], awards: [] };
  const keys = [JSON.stringify(ids)];
  const rowsOf = async <Row extends Placed>({ select, from }: typeof HEADS) =>
    inSequence(await sql.values<Row>(`${select} FROM ${keysBefore(sql.dialect)} ${from}`, keys));
  const heads = await rowsOf<Head>(HEADS);
  const labour = await rowsOf<Labour>(LABOUR);
  const parts = await rowsOf<Part>(PARTS);
  const technicians = await rowsOf<Technician>(TECHNICIANS);
  const pauses = await rowsOf<Pause>(PAUSES);
  const awards = await rowsOf<Award>(AWARDS);
  await getToKnow(sql, known, { labour, parts, technicians, awards });
  const { people, workTypes } = known;
  const lines: Lines = {
    labour: byOrder(labour, (row) => labourLine(row, workTypes)),
    parts: byOrder(parts, partLine),
    technicians: byOrder(technicians, ([, , id, shareBp]) => ({ employee: people.get(id)?.number ?? '', shareBp })),
    pauses: byOrder(pauses, ([, , from, to]) => [from, to] as const),
    items: byOrder(awards, ([, , item, employeeId]) => ({
      item,
      employee: employeeId === null ? null : (people.get(employeeId)?.number ?? ''),
    })),
  };
  return { orders: heads.map((head) => paidOrder(head, lines, today)), awards: awards.map(paidAward) };
}

/** SQLite reads them in this sequence anyway. */
function inSequence<Row extends Placed>(rows: Row[]): Row[] {
  for (let i = 1; i < rows.length; i++) {
    const [before, row] = [rows[i - 1], rows[i]];
    if (before && row && (before[0] - row[0] || before[1] - row[1]) > 0)
      return rows.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  }
  return rows;
}

type Rows = Readonly<{
  labour: readonly Labour[];
  parts: readonly Part[];
  technicians: readonly Technician[];
  awards: readonly Award[];
}>;

async function getToKnow(sql: Sql, { people, workTypes, parts }: PayCatalogue, rows: Rows): Promise<void> {
  const persons = new Set<string>();
  for (const [, , id] of rows.technicians) if (!people.has(id)) persons.add(id);
  for (const [, , , id] of rows.awards) if (id !== null && !people.has(id)) persons.add(id);
  for (const person of await peoplePaid(sql, [...persons])) people.set(person.id, person);
  await getNames(sql, 'work_types', rows.labour, workTypes);
  await getNames(sql, 'parts', rows.parts, parts);
}

async function getNames(
  sql: Sql,
  table: 'work_types' | 'parts',
  rows: readonly (Labour | Part)[],
  known: Map<string, Named>,
): Promise<void> {
  const news = new Set<string>();
  for (const [, , id] of rows) if (!known.has(id)) news.add(id);
  for (const row of await selectIn<Named>(sql, `SELECT id, name FROM ${table} WHERE id IN`, [...news]))
    known.set(row.id, row);
}

/** Of orders, by their keys. */
type Lines = Readonly<{
  labour: ReadonlyMap<number, readonly PayLabourLine[]>;
  parts: ReadonlyMap<number, readonly PayPartLine[]>;
  technicians: ReadonlyMap<number, readonly PayShare[]>;
  pauses: ReadonlyMap<number, PeriodOrder['pauses']>;
  items: ReadonlyMap<number, PeriodOrder['items']>;
}>;

function byOrder<Row extends Placed, Line>(rows: readonly Row[], lineOf: (row: Row) => Line): Map<number, Line[]> {
  const lines = new Map<number, Line[]>();
  let [key, own]: [number, Line[]] = [-1, []];
  for (const row of rows) {
    if (row[0] !== key) {
      [key, own] = [row[0], []];
      lines.set(key, own);
    }
    own.push(lineOf(row));
  }
  return lines;
}

/** Work types by their one and the same text: so a rule's are found at once. */
function labourLine(
  [, , workTypeId, fee, labourCost, units]: Labour,
  workTypes: PayCatalogue['workTypes'],
): PayLabourLine {
  return { workType: workTypes.get(workTypeId)?.id ?? workTypeId, fee, labourCost, units, technicians: [] };
}

function partLine([, , part, quantity, price, cost, charge]: Part): PayPartLine {
  return { part, quantity, price, cost, charge, soldBy: null };
}

function paidOrder(
  [key, , id, number, serviceMode, warrantyClass, urgency, productCategory, registeredOn, ...rest]: Head,
  lines: Lines,
  today: string,
): PaidOrder {
  const [startAt, completedOn, doneAt, auditedOn, discount, followUp, reworkOf] = rest;
  return {
    id,
    number,
    serviceMode,
    warrantyClass,
    productCategory,
    urgency,
    registeredOn,
    completedOn: completedOn ?? today,
    auditedOn: auditedOn ?? today,
    discount,
    technicians: lines.technicians.get(key) ?? [],
    labour: lines.labour.get(key) ?? [],
    parts: lines.parts.get(key) ?? [],
    startAt,
    doneAt,
    pauses: lines.pauses.get(key) ?? [],
    items: lines.items.get(key) ?? [],
    followUp,
    reworkOf,
  };
}

function paidAward([, , id, , amount, rateBp, kind, code, name, reason]: Award): PaidAward {
  return { id, kind, code, name, reason, ...(amount === null ? { rateBp: rateBp ?? 0 } : { amount }) };
}

/** Of these orders those that are audited, with the date. */
export async function auditedOnOf(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await selectIn<{ id: string; auditedOn: string }>(
    sql,
    'SELECT id, audited_on FROM work_orders WHERE audited_on IS NOT NULL AND id IN',
    ids,
  );
  return new Map(rows.map(({ id, auditedOn }) => [id, auditedOn]));
}

/** What counts by the month, of these orders. @param measures where fees aren't measured, there are no lines of labour */
export async function monthOrders(
  sql: Sql,
  ids: readonly string[],
  measures: readonly TierMeasure[],
): Promise<MonthOrder[]> {
  const keys = [JSON.stringify(ids)];
  const from = keysBefore(sql.dialect);
  const heads = await sql.values<[key: number, followUp: MonthOrder['followUp']]>(
    `SELECT j.key, o.follow_up FROM ${from} work_orders o ON o.id = j.value`,
    keys,
  );
  const technicians = byOrder(
    inSequence(
      await sql.values<[key: number, place: number, number: string, shareBp: number]>(
        `SELECT j.key, 0, e.number, t.share_bp FROM ${from} work_order_technicians t ON t.work_order_id = j.value
         JOIN people e ON e.id = t.employee_id`,
        keys,
      ),
    ),
    ([, , employee, shareBp]) => ({ employee, shareBp }),
  );
  const fees = measures.includes('labour_base')
    ? await sql.values<[key: number, place: number, fee: number]>(
        `SELECT j.key, l.line_no, l.fee FROM ${from} work_order_labour l ON l.work_order_id = j.value`,
        keys,
      )
    : [];
  const labour = byOrder(inSequence(fees), ([, , fee]) => ({ fee, technicians: [] }));
  return heads.map(([key, followUp]) => ({
    followUp,
    technicians: technicians.get(key) ?? [],
    labour: labour.get(key) ?? [],
  }));
}
