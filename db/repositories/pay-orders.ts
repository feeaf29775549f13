import type { MonthOrder } from '#domain/payroll/monthly.ts';
import type { PayItem, PeriodOrder } from '#domain/payroll/types.ts';
import { selectIn } from '../bulk.ts';
import type { Sql } from '../store.ts';

/** Work orders as the calculation of pay takes them. */

/** With what is shown of it: the order's own number, and names of its labour and parts. */
export type PaidOrder = PeriodOrder &
  Readonly<{
    unitId: string;
    number: string;
    subjects: Readonly<{ labour: readonly string[]; parts: readonly string[] }>;
  }>;

/** A reward or penalty that stands, as an item of its own: its amount may be another than the catalogue's. */
export type PaidAward = PayItem & Readonly<{ code: string; name: string; reason: string }>;

export type PaidOrders = Readonly<{ orders: readonly PaidOrder[]; awards: readonly PaidAward[] }>;

type Head = Readonly<{
  id: string;
  unitId: string;
  number: string;
  kind: string;
  warrantyClass: string;
  urgency: string;
  category: string | null;
  receivedOn: string;
  receivedAt: number;
  completedOn: string | null;
  completedAt: number | null;
  auditedOn: string | null;
  discount: number;
  followUp: PeriodOrder['followUp'];
  reworkOfId: string | null;
}>;
/** `place`: among those of its order. */
type Placed = Readonly<{ workOrderId: string; place: number }>;
type Labour = Placed &
  Readonly<{ workTypeId: string; workType: string; fee: number; labourCost: number; units: number }>;
type Part = Placed &
  Readonly<{
    partId: string;
    part: string;
    quantity: number;
    price: number;
    cost: number;
    charge: PeriodOrder['parts'][number]['charge'];
  }>;
type Technician = Placed & Readonly<{ number: string; shareBp: number }>;
type Step = Placed & Readonly<{ toState: string; at: number }>;
type Award = Placed &
  Readonly<{
    id: string;
    employee: string | null;
    amount: number | null;
    rateBp: number | null;
    kind: 'reward' | 'penalty';
    code: string;
    name: string;
    reason: string;
  }>;

const HEAD = `SELECT o.id, o.unit_id, o.number, o.kind, o.warranty_class, o.urgency, COALESCE(d.category, '') AS category,
    o.received_on, o.received_at, o.completed_on, o.completed_at, o.audited_on, o.discount, o.follow_up, o.rework_of_id
  FROM work_orders o LEFT JOIN devices d ON d.id = o.device_id`;

/** The ids of a unit's orders that were audited in the time. */
export async function auditedWithin(sql: Sql, unitId: string, from: string, to: string): Promise<string[]> {
  const rows = await sql.all<{ id: string }>(
    'SELECT id FROM work_orders WHERE unit_id = ? AND audited_on BETWEEN ? AND ? ORDER BY id',
    [unitId, from, to],
  );
  return rows.map(({ id }) => id);
}

/** Of these orders, those that are done again by others, too. */
export async function withReworks(sql: Sql, ids: readonly string[]): Promise<string[]> {
  const again = await selectIn<{ id: string }>(sql, 'SELECT id FROM work_orders WHERE rework_of_id IN', ids);
  return [...new Set([...ids, ...again.map(({ id }) => id)])];
}

/** @param today stands for a completion or audit that has no date yet */
export async function paidOrders(sql: Sql, ids: readonly string[], today: string): Promise<PaidOrders> {
  const heads = await selectIn<Head>(sql, `${HEAD} WHERE o.id IN`, ids);
  const lines: Lines = {
    labour: await byOrder<Labour>(sql, LABOUR, ids),
    parts: await byOrder<Part>(sql, PARTS, ids),
    technicians: await byOrder<Technician>(sql, TECHNICIANS, ids),
    steps: await byOrder<Step>(sql, STEPS, ids),
    awards: await byOrder<Award>(sql, AWARDS, ids),
  };
  return {
    orders: heads.map((head) => paidOrder(head, lines, today)),
    awards: [...lines.awards.values()].flat().map(paidAward),
  };
}

const LABOUR = `SELECT l.work_order_id, l.line_no AS place, l.work_type_id, w.name AS work_type, l.fee, l.labour_cost, l.units
  FROM work_order_labour l JOIN work_types w ON w.id = l.work_type_id WHERE l.work_order_id IN`;
const PARTS = `SELECT l.work_order_id, l.line_no AS place, l.part_id, p.name AS part, l.quantity, l.price, l.cost, l.charge
  FROM work_order_parts l JOIN parts p ON p.id = l.part_id WHERE l.work_order_id IN`;
const TECHNICIANS = `SELECT t.work_order_id, 0 AS place, e.number, t.share_bp
  FROM work_order_technicians t JOIN people e ON e.id = t.employee_id WHERE t.work_order_id IN`;
const STEPS = 'SELECT work_order_id, step AS place, to_state, at FROM work_order_states WHERE work_order_id IN';

/** Of orders, by their ids. */
type Lines = Readonly<{
  labour: ReadonlyMap<string, readonly Labour[]>;
  parts: ReadonlyMap<string, readonly Part[]>;
  technicians: ReadonlyMap<string, readonly Technician[]>;
  steps: ReadonlyMap<string, readonly Step[]>;
  awards: ReadonlyMap<string, readonly Award[]>;
}>;

function paidOrder(head: Head, lines: Lines, today: string): PaidOrder {
  const labour = lines.labour.get(head.id) ?? [];
  const parts = lines.parts.get(head.id) ?? [];
  const technicians = lines.technicians.get(head.id) ?? [];
  const awards = lines.awards.get(head.id) ?? [];
  return {
    id: head.id,
    unitId: head.unitId,
    number: head.number,
    serviceMode: head.kind,
    warrantyClass: head.warrantyClass,
    productCategory: head.category,
    urgency: head.urgency,
    registeredOn: head.receivedOn,
    completedOn: head.completedOn ?? today,
    auditedOn: head.auditedOn ?? today,
    discount: head.discount,
    technicians: technicians.map(({ number, shareBp }) => ({ employee: number, shareBp })),
    labour: labour.map(({ workTypeId: workType, fee, labourCost, units }) => ({
      workType,
      fee,
      labourCost,
      units,
      technicians: [],
    })),
    parts: parts.map(({ partId, quantity, price, cost, charge }) => ({
      part: partId,
      quantity,
      price,
      cost,
      charge,
      soldBy: null,
    })),
    startAt: head.receivedAt,
    doneAt: head.completedAt,
    pauses: pausesOf(lines.steps.get(head.id) ?? []),
    items: awards.map(({ id, employee }) => ({ item: id, employee })),
    followUp: head.followUp,
    reworkOf: head.reworkOfId,
    subjects: { labour: labour.map(({ workType }) => workType), parts: parts.map(({ part }) => part) },
  };
}

function paidAward({ id, kind, code, name, reason, amount, rateBp }: Award): PaidAward {
  return { id, kind, code, name, reason, ...(amount === null ? { rateBp: rateBp ?? 0 } : { amount }) };
}

const AWARDS = `SELECT a.id, a.work_order_id, a.created_at AS place, e.number AS employee, COALESCE(a.amount, i.amount) AS amount, i.rate_bp, i.kind,
    i.code, i.name, a.reason
  FROM pay_awards a JOIN pay_items i ON i.id = a.item_id LEFT JOIN people e ON e.id = a.employee_id
  WHERE a.state = 'standing' AND a.work_order_id IN`;

/** Rows of the orders; each order's in the sequence in which they are. */
async function byOrder<Row extends Placed>(
  sql: Sql,
  select: string,
  ids: readonly string[],
): Promise<Map<string, Row[]>> {
  const rows = await selectIn<Row>(sql, select, ids);
  return Map.groupBy(
    rows.toSorted((a, b) => a.place - b.place),
    ({ workOrderId }) => workOrderId,
  );
}

/** From each step to waiting to the next step; what still waits is done when the work is. */
function pausesOf(steps: readonly Step[]): (readonly [number, number])[] {
  return steps.flatMap(({ toState, at }, index) => {
    const until = steps[index + 1]?.at;
    return toState === 'waiting-for-parts' && until !== undefined ? [[at, until] as const] : [];
  });
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

/** What counts by the month, of a unit's orders audited in the time. */
export async function monthOrders(sql: Sql, unitId: string, from: string, to: string): Promise<MonthOrder[]> {
  const within = 'o.unit_id = ? AND o.audited_on BETWEEN ? AND ?';
  const params = [unitId, from, to];
  const heads = await sql.all<{ id: string; followUp: MonthOrder['followUp'] }>(
    `SELECT o.id, o.follow_up FROM work_orders o WHERE ${within}`,
    params,
  );
  const technicians = await sql.all<{ workOrderId: string; employee: string; shareBp: number }>(
    `SELECT t.work_order_id, e.number AS employee, t.share_bp FROM work_orders o
     JOIN work_order_technicians t ON t.work_order_id = o.id JOIN people e ON e.id = t.employee_id WHERE ${within}`,
    params,
  );
  const labour = await sql.all<{ workOrderId: string; fee: number }>(
    `SELECT l.work_order_id, l.fee FROM work_orders o JOIN work_order_labour l ON l.work_order_id = o.id WHERE ${within}`,
    params,
  );
  const byTechnicians = Map.groupBy(technicians, ({ workOrderId }) => workOrderId);
  const byLabour = Map.groupBy(labour, ({ workOrderId }) => workOrderId);
  return heads.map(({ id, followUp }) => ({
    followUp,
    technicians: byTechnicians.get(id) ?? [],
    labour: (byLabour.get(id) ?? []).map(({ fee }) => ({ fee, technicians: [] })),
  }));
}
