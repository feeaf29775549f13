import type { WebhookEvent } from '#domain/webhooks.ts';
import { readingOf, type Clocks } from '#domain/clock.ts';
import type { Sql, SqlValue } from '../store.ts';
import type { LoggedChange } from './change-log.ts';

/** What is told to other systems of a changed row: all of it read when it is told, `at` when it happened. */
export type EventRow = Readonly<{
  event: WebhookEvent;
  /** ms UTC. */
  at: number;
  unit: Readonly<{ id: string; code: string }>;
  data: Readonly<Record<string, unknown>>;
}>;

type Row = Readonly<{ unitId: string; unitCode: string; at: number }> & Readonly<Record<string, SqlValue>>;

type Source = Readonly<{
  event: WebhookEvent;
  kinds: readonly LoggedChange['kind'][];
  text: string;
  /** Of values that are kept as JSON or say what is told as `at`. */
  read?(row: Row): Readonly<Record<string, unknown>>;
}>;

const UNIT = `JOIN units u ON u.id = t.unit_id WHERE t.id = ?`;
const NEW = ['insert'] as const;

const contentOf = (row: Row) => ({ ...row, content: JSON.parse(String(row['content'])) as unknown });

/** A customer was changed when the latest of its fields was. */
function customerOf({ clocks, ...row }: Row) {
  const times = Object.values(JSON.parse(String(clocks)) as Clocks).map((clock) => readingOf(clock).at);
  return { ...row, at: Math.max(row.at, ...times) };
}

const SOURCES: Readonly<Record<string, Source>> = {
  work_orders: {
    event: 'work-order.registered',
    kinds: NEW,
    text: `SELECT t.unit_id, u.code AS unit_code, t.received_at AS at, t.id AS work_order_id, t.number, t.kind, t.mode, t.channel,
             t.urgency, t.warranty_class, t.symptom, t.customer_id, t.device_id FROM work_orders t ${UNIT}`,
  },
  work_order_states: {
    event: 'work-order.state-changed',
    kinds: NEW,
    // The first step is the registration, which is told as such.
    text: `SELECT t.unit_id, u.code AS unit_code, t.at, t.work_order_id, w.number, t.step, t.from_state, t.to_state, t.reason
           FROM work_order_states t JOIN work_orders w ON w.id = t.work_order_id ${UNIT} AND t.step > 1`,
  },
  settlements: {
    event: 'settlement.made',
    kinds: NEW,
    text: `SELECT t.unit_id, u.code AS unit_code, t.at, t.id AS settlement_id, t.number, t.work_order_id,
             w.number AS work_order_number, t.labour, t.parts, t.travel, t.discount, t.total, t.received_before, t.due,
             t.settled_on, t.reverses_id FROM settlements t JOIN work_orders w ON w.id = t.work_order_id ${UNIT}`,
  },
  stock_documents: {
    event: 'stock-document.posted',
    kinds: NEW,
    text: `SELECT t.unit_id, u.code AS unit_code, t.at, t.id AS document_id, t.number, t.kind, t.issue_kind, t.warehouse_id,
             t.supplier_id, t.work_order_id, t.moved_on, t.reverses_id FROM stock_documents t ${UNIT}`,
  },
  customers: {
    event: 'customer.changed',
    kinds: ['insert', 'update'],
    text: `SELECT t.unit_id, u.code AS unit_code, t.created_at AS at, t.clocks, t.id AS customer_id, t.kind, t.name, t.phone,
             t.second_phone, t.address, t.note FROM customers t ${UNIT}`,
    read: customerOf,
  },
  requests: {
    event: 'request.made',
    kinds: NEW,
    text: `SELECT t.unit_id, u.code AS unit_code, t.created_at AS at, t.id AS request_id, t.number, t.kind, t.to_unit_id,
             t.subject, t.content, t.note, t.requested_on FROM requests t ${UNIT}`,
    read: contentOf,
  },
  answers: {
    event: 'request.answered',
    kinds: NEW,
    text: `SELECT t.unit_id, u.code AS unit_code, t.created_at AS at, t.request_id, r.number, r.kind, t.to_unit_id, t.decision,
             t.reason, t.work_order_number, t.answered_on FROM answers t JOIN requests r ON r.id = t.request_id ${UNIT}`,
  },
};

/** What there is to tell of a change: nothing of one that nobody wants to hear of, or whose row is gone. */
export async function eventOf(
  sql: Sql,
  { tableName, rowId, kind, audience }: LoggedChange,
  wanted: ReadonlySet<WebhookEvent>,
): Promise<EventRow | undefined> {
  const source = SOURCES[tableName];
  if (!source?.kinds.includes(kind) || !wanted.has(source.event)) return undefined;
  const row = await sql.first<Row>(source.text, [rowId]);
  if (!row) return undefined;
  const { unitId, unitCode, at, ...data } = source.read?.(row) ?? row;
  // Between two units each is told in the log; outside it is one event, of the unit that wrote it.
  if (audience.startsWith('u:') && audience !== `u:${String(unitId)}`) return undefined;
  return { event: source.event, at: Number(at), unit: { id: String(unitId), code: String(unitCode) }, data };
}
