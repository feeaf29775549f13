import type { FollowUp, HandshakeOutcome, HandshakeState, RequestKind } from '#domain/handshakes/standing.ts';
import type { WorkOrderState } from '#domain/work-orders/states.ts';
import type { Listing } from '../listing.ts';
import type { Sql, Transaction } from '../store.ts';
import type { Device } from './customers.ts';
import { updateVersioned } from './documents.ts';

/** Requests and answers: business between two units, each row written by one of them. */

export type Request = Readonly<{
  id: string;
  unitId: string;
  toUnitId: string;
  kind: RequestKind;
  number: string;
  subject: string;
  /** JSON, by kind: see operations/handshakes/content.ts. */
  content: string;
  note: string;
  workOrderId: string | null;
  stockDocumentId: string | null;
  replacesId: string | null;
  /** The requisition that a transfer serves. */
  forRequestId: string | null;
  requestedOn: string;
  employeeId: string;
  employeeName: string;
  withdrawnAt: number | null;
  withdrawnReason: string;
  /** Of a transfer: all its differences are decided, or it was taken back. */
  closedAt: number | null;
  version: number;
  createdAt: number;
}>;

export type Answer = Readonly<{
  id: string;
  unitId: string;
  toUnitId: string;
  requestId: string;
  decision: 'accepted' | 'refused';
  reason: string;
  workOrderId: string | null;
  workOrderNumber: string;
  stockDocumentId: string | null;
  /** JSON, by the request's kind: what was granted, what was counted. Empty: nothing beyond the decision. */
  content: string;
  outcome: HandshakeOutcome;
  outcomeNote: string;
  endedAt: number | null;
  answeredOn: string;
  employeeId: string;
  employeeName: string;
  version: number;
  createdAt: number;
}>;

/** The request, locked: two who answer it, or answer and withdraw, come one after the other. */
export async function requestToChange(trx: Transaction, kind: RequestKind, id: string): Promise<Request | undefined> {
  return trx.first<Request>(`SELECT * FROM requests WHERE id = ? AND kind = ?${trx.forUpdate}`, [id, kind]);
}

export async function answerTo(sql: Sql, requestId: string): Promise<Answer | undefined> {
  return sql.first<Answer>('SELECT * FROM answers WHERE request_id = ?', [requestId]);
}

/** @throws DomainError `document.changed` */
export async function withdrawRequest(
  trx: Transaction,
  { id, version }: Pick<Request, 'id' | 'version'>,
  withdrawnAt: number,
  withdrawnReason: string,
): Promise<void> {
  await updateVersioned(trx, 'requests', id, version, { withdrawnAt, withdrawnReason });
}

// The shipper says so in the request itself; of older ones only his documents tell.
const TAKEN_BACK = `(r.closed_at IS NOT NULL
  OR EXISTS (SELECT 1 FROM stock_documents b WHERE b.request_id = r.id AND b.kind = 'receipt'))`;
const REPLACED = 'EXISTS (SELECT 1 FROM requests n WHERE n.replaces_id = r.id)';

// As domain/handshakes/standing.ts works it out, in words of SQL, so that lists can filter by it.
const FOLLOW_UP = `CASE WHEN a.decision <> 'refused' THEN NULL WHEN r.kind = 'sale' AND ${REPLACED} THEN 'replaced'
  WHEN r.kind = 'transfer' AND ${TAKEN_BACK} THEN 'taken-back' END`;
const DECIDED = `(a.outcome = 'differing' AND r.closed_at IS NOT NULL)`;
const OUTCOME = `CASE WHEN a.decision = 'refused' THEN COALESCE(${FOLLOW_UP}, '') WHEN ${DECIDED} THEN 'decided'
  ELSE COALESCE(a.outcome, '') END`;
const STATE = `CASE WHEN a.id IS NULL THEN CASE WHEN r.withdrawn_at IS NULL THEN 'waiting' ELSE 'withdrawn' END
  WHEN a.decision = 'refused' THEN CASE WHEN ${FOLLOW_UP} IS NULL THEN 'refused' ELSE 'ended' END
  WHEN a.ended_at IS NOT NULL OR ${DECIDED} THEN 'ended' ELSE 'accepted' END`;

/** Somebody has still to do something about it. */
export const isUnfinished = `(a.id IS NULL AND r.withdrawn_at IS NULL OR a.decision = 'refused' AND ${FOLLOW_UP} IS NULL
  OR a.outcome = 'differing' AND r.closed_at IS NULL)`;

const TABLES = `requests r LEFT JOIN answers a ON a.request_id = r.id
  LEFT JOIN units f ON f.id = r.unit_id LEFT JOIN units t ON t.id = r.to_unit_id`;

export const HANDSHAKES: Listing = {
  from: TABLES,
  columns: {
    id: { sql: 'r.id', type: 'text' },
    number: { sql: 'r.number', type: 'text' },
    state: { sql: STATE, type: 'text' },
    outcome: { sql: OUTCOME, type: 'text' },
    unitId: { sql: 'r.unit_id', type: 'text' },
    toUnitId: { sql: 'r.to_unit_id', type: 'text' },
    unit: { sql: 'f.name', type: 'text' },
    toUnit: { sql: 't.name', type: 'text' },
    subject: { sql: 'r.subject', type: 'text' },
    note: { sql: 'r.note', type: 'text' },
    requestedOn: { sql: 'r.requested_on', type: 'date' },
    employee: { sql: 'r.employee_name', type: 'text' },
    workOrderId: { sql: 'r.work_order_id', type: 'text' },
    answeredOn: { sql: 'a.answered_on', type: 'date' },
    reason: { sql: "COALESCE(a.reason, r.withdrawn_reason, '')", type: 'text' },
    theirWorkOrderId: { sql: 'a.work_order_id', type: 'text' },
    theirWorkOrder: { sql: "COALESCE(a.work_order_number, '')", type: 'text' },
    createdAt: { sql: 'r.created_at', type: 'instant' },
    version: { sql: 'r.version', type: 'number' },
  },
  order: [
    ['createdAt', 'desc'],
    ['number', 'desc'],
  ],
};

export type HandshakeRow = Readonly<{
  id: string;
  number: string;
  state: HandshakeState;
  outcome: HandshakeOutcome;
  unitId: string;
  toUnitId: string;
  unit: string;
  toUnit: string;
  subject: string;
  note: string;
  requestedOn: string;
  employee: string;
  /** The asker's order that is referred. */
  workOrderId: string | null;
  answeredOn: string | null;
  /** Why it was refused, or withdrawn. */
  reason: string;
  /** The order that came of it where it was accepted. */
  theirWorkOrderId: string | null;
  theirWorkOrder: string;
  createdAt: number;
  version: number;
}>;

export type WaitingRequest = Pick<HandshakeRow, 'id' | 'number' | 'subject' | 'unit' | 'toUnit' | 'state' | 'outcome'>;

/**
 * What the unit has to do something about: asked of it and not answered, a requisition granted and not shipped; or its own and
 * refused, or arrived otherwise than it left.
 */
export async function requestsToAttend(
  sql: Sql,
  kind: RequestKind,
  unitId: string,
  limit: number,
): Promise<Readonly<{ count: number; rows: WaitingRequest[] }>> {
  const condition = `r.kind = ? AND ((r.to_unit_id = ? AND a.id IS NULL AND r.withdrawn_at IS NULL)
    OR (r.unit_id = ? AND r.kind IN ('sale', 'transfer') AND a.decision = 'refused' AND ${FOLLOW_UP} IS NULL)
    OR (r.unit_id = ? AND a.outcome = 'differing' AND r.closed_at IS NULL)
    OR (r.to_unit_id = ? AND r.kind = 'requisition' AND a.decision = 'accepted' AND a.ended_at IS NULL))`;
  const params = [kind, unitId, unitId, unitId, unitId];
  const count = await sql.first<{ count: number }>(
    `SELECT COUNT(*) AS count FROM ${TABLES} WHERE ${condition}`,
    params,
  );
  const rows = await sql.all<WaitingRequest>(
    `SELECT r.id, r.number, r.subject, f.name AS unit, t.name AS to_unit, ${STATE} AS state, ${OUTCOME} AS outcome
     FROM ${TABLES} WHERE ${condition} ORDER BY r.created_at, r.number LIMIT ?`,
    [...params, limit],
  );
  return { count: count?.count ?? 0, rows };
}

/** A request with its answer and all that both sides know about it. */
export type Handshake = Readonly<{
  request: Request & Readonly<{ unit: string; unitCode: string; toUnit: string; toUnitCode: string }>;
  answer: Answer | null;
  followUp: FollowUp | null;
}>;

type Named = Handshake['request'] & Readonly<{ followUp: FollowUp | null }>;

export async function handshakeOf(sql: Sql, kind: RequestKind, id: string): Promise<Handshake | undefined> {
  const [found] = await handshakesWhere(sql, 'r.id = ? AND r.kind = ?', [id, kind]);
  return found;
}

/** What was asked of others about a work order of ours, the latest first. */
export async function referralsOfOrder(sql: Sql, workOrderId: string): Promise<Handshake[]> {
  return handshakesWhere(sql, "r.kind = 'referral' AND r.work_order_id = ?", [workOrderId]);
}

/** What a work order came of. */
export async function originOfOrder(sql: Sql, workOrderId: string): Promise<Handshake | undefined> {
  const [found] = await handshakesWhere(sql, 'r.id = (SELECT request_id FROM work_orders WHERE id = ?)', [workOrderId]);
  return found;
}

async function handshakesWhere(sql: Sql, condition: string, params: readonly string[]): Promise<Handshake[]> {
  const rows = await sql.all<Named>(
    `SELECT r.*, f.name AS unit, f.code AS unit_code, t.name AS to_unit, t.code AS to_unit_code, ${FOLLOW_UP} AS follow_up
     FROM ${TABLES} WHERE ${condition} ORDER BY r.created_at DESC, r.number DESC LIMIT 100`,
    params,
  );
  const found: Handshake[] = [];
  for (const { followUp, ...request } of rows)
    found.push({ request, answer: (await answerTo(sql, request.id)) ?? null, followUp });
  return found;
}

const ENDS: ReadonlySet<WorkOrderState> = new Set(['done', 'unrepairable', 'cancelled']);

/** Tells who asked for a work order how it came out; work that is taken up again has not ended. */
export async function noteOutcome(
  trx: Transaction,
  orderId: string,
  move: Readonly<{ from: WorkOrderState; to: WorkOrderState; note: string; at: number }>,
): Promise<void> {
  if (ENDS.has(move.to)) {
    await trx.run(
      `UPDATE answers SET outcome = ?, outcome_note = ?, ended_at = ?, version = version + 1
       WHERE work_order_id = ? AND outcome <> ?`,
      [move.to, move.note, move.at, orderId, move.to],
    );
  } else if (ENDS.has(move.from) && move.to === 'in-progress') {
    await trx.run(
      `UPDATE answers SET outcome = '', outcome_note = '', ended_at = NULL, version = version + 1 WHERE work_order_id = ?`,
      [orderId],
    );
  }
}

/**
 * The asker's last word on a transfer: its differences are decided, or it has come back.
 * @throws DomainError `document.changed`
 */
export async function closeRequest(
  trx: Transaction,
  { id, version }: Pick<Request, 'id' | 'version'>,
  closedAt: number,
): Promise<void> {
  await updateVersioned(trx, 'requests', id, version, { closedAt });
}

/**
 * How far what was granted has come.
 * @throws DomainError `document.changed`
 */
export async function noteProgress(
  trx: Transaction,
  { id, version }: Pick<Answer, 'id' | 'version'>,
  progress: Pick<Answer, 'outcome' | 'outcomeNote' | 'endedAt'>,
): Promise<void> {
  await updateVersioned(trx, 'answers', id, version, progress);
}

/** The parts of a transfer have gone back to where they came from. */
export async function isTakenBack(sql: Sql, requestId: string): Promise<boolean> {
  const row = await sql.first("SELECT id FROM stock_documents WHERE request_id = ? AND kind = 'receipt'", [requestId]);
  return row !== undefined;
}

/** The number of the request that asks somebody else instead. */
export async function replacementOf(sql: Sql, requestId: string): Promise<string | undefined> {
  const row = await sql.first<{ number: string }>('SELECT number FROM requests WHERE replaces_id = ?', [requestId]);
  return row?.number;
}

const ofRegion = (row: string): string =>
  `(SELECT COALESCE(u.region_id, u.id) FROM units u WHERE u.id = ${row}.unit_id)
     = (SELECT COALESCE(u.region_id, u.id) FROM units u WHERE u.id = ?)`;

/**
 * A device of the unit's region, with its customer: when one of them has gone to another region with its unit, nobody here can
 * work with the other alone.
 */
export async function deviceOfRegion(sql: Sql, unitId: string, id: string): Promise<Device | undefined> {
  return sql.first<Device>(
    `SELECT x.* FROM devices x LEFT JOIN customers c ON c.id = x.customer_id
     WHERE x.id = ? AND ${ofRegion('x')} AND (x.customer_id IS NULL OR ${ofRegion('c')})`,
    [id, unitId, unitId],
  );
}

/** The id of a customer of the unit's region: the very one, or else who has the same name and phone. */
export async function customerOfRegion(
  sql: Sql,
  unitId: string,
  { id, name, phone }: Readonly<{ id: string; name: string; phone: string }>,
): Promise<string | undefined> {
  const row = await sql.first<{ id: string }>(
    `SELECT x.id FROM customers x WHERE (x.id = ? OR (x.phone = ? AND x.phone <> '' AND x.name = ?)) AND ${ofRegion('x')}
     ORDER BY CASE WHEN x.id = ? THEN 0 ELSE 1 END, x.created_at, x.id LIMIT 1`,
    [id, phone, name, unitId, id],
  );
  return row?.id;
}

/** The id of the customer's device with this serial number. */
export async function deviceOfCustomer(
  sql: Sql,
  customerId: string,
  { category, serial }: Readonly<{ category: string; serial: string }>,
): Promise<string | undefined> {
  if (serial === '') return undefined;
  const row = await sql.first<{ id: string }>(
    'SELECT id FROM devices WHERE customer_id = ? AND serial = ? AND category = ? ORDER BY id LIMIT 1',
    [customerId, serial, category],
  );
  return row?.id;
}
