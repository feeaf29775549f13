import type { HandshakeOutcome } from '#domain/handshakes/standing.ts';
import type { Tracking } from '#domain/stock/lots.ts';
import { selectIn } from '../bulk.ts';
import type { Sql } from '../store.ts';

/** Requisitions from a unit to one above it, what was shipped for them, and what a warehouse needs. */

export type Serving = Readonly<{
  id: string;
  number: string;
  forRequestId: string;
  /** JSON of the transfer. */
  content: string;
  requestedOn: string;
  decision: 'accepted' | 'refused' | null;
  closedAt: number | null;
}>;

/** The transfers that serve these requisitions, the first first. */
export async function transfersServing(sql: Sql, requisitionIds: readonly string[]): Promise<Serving[]> {
  const found = await selectIn<Serving & { createdAt: number }>(
    sql,
    `SELECT r.id, r.number, r.for_request_id, r.content, r.requested_on, r.closed_at, r.created_at, a.decision
     FROM requests r LEFT JOIN answers a ON a.request_id = r.id WHERE r.for_request_id IN`,
    requisitionIds,
  );
  const unique = [...new Map(found.map((one) => [one.id, one])).values()];
  return unique.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}

/** A requisition that is still to be answered or served. */
export type OpenRequisition = Readonly<{
  id: string;
  number: string;
  unitId: string;
  toUnitId: string;
  /** JSON. */
  content: string;
  /** JSON; null while it waits. */
  grantContent: string | null;
  outcome: HandshakeOutcome | null;
}>;

const OPEN = `SELECT r.id, r.number, r.unit_id, r.to_unit_id, r.content, a.content AS grant_content, a.outcome
  FROM requests r LEFT JOIN answers a ON a.request_id = r.id WHERE r.kind = 'requisition'`;

/** Granted by a unit and not shipped to the end: to one unit, or to all. */
export async function openGrants(sql: Sql, holderId: string, unitId: string | null): Promise<OpenRequisition[]> {
  const of = unitId === null ? '' : ' AND r.unit_id = ?';
  return sql.all<OpenRequisition>(
    `${OPEN} AND r.to_unit_id = ?${of} AND a.decision = 'accepted' AND a.ended_at IS NULL ORDER BY r.created_at, r.id`,
    unitId === null ? [holderId] : [holderId, unitId],
  );
}

/** Asked for by a unit, and neither refused nor shipped to the end. */
export async function openRequisitionsOf(sql: Sql, unitId: string): Promise<OpenRequisition[]> {
  return sql.all<OpenRequisition>(
    `${OPEN} AND r.unit_id = ? AND r.withdrawn_at IS NULL AND (a.id IS NULL OR a.decision = 'accepted' AND a.ended_at IS NULL)
     ORDER BY r.created_at, r.id`,
    [unitId],
  );
}

/** JSON of the transfers to a unit that have not arrived. */
export async function transfersComingTo(
  sql: Sql,
  unitId: string,
): Promise<Readonly<{ number: string; content: string }>[]> {
  return sql.all(
    `SELECT r.number, r.content FROM requests r LEFT JOIN answers a ON a.request_id = r.id
     WHERE r.kind = 'transfer' AND r.to_unit_id = ? AND a.id IS NULL`,
    [unitId],
  );
}

type UsedPart = Readonly<{
  partId: string;
  number: string;
  name: string;
  measure: string;
  /** Thousandths on hand, and used since. */
  onHand: number;
  used: number;
  /** Where limits are set: never to have less, and how much to fill up to. */
  min: number | null;
  max: number | null;
}>;

/**
 * The active parts that a warehouse has had or has limits for, with what is on hand and what left it for use since an instant: issues and
 * material, less what came back of them. What was sent to another warehouse isn't used.
 */
export async function usedParts(sql: Sql, warehouseId: string, since: number): Promise<UsedPart[]> {
  return sql.all<UsedPart>(
    `SELECT p.id AS part_id, p.number, p.name, p.measure, COALESCE(b.quantity, 0) AS on_hand, COALESCE(u.used, 0) AS used,
       NULLIF(s.min_quantity, 0) AS min, NULLIF(s.max_quantity, 0) AS max
     FROM (SELECT part_id FROM stock_balances WHERE warehouse_id = ?
       UNION SELECT part_id FROM stock_places WHERE warehouse_id = ?) k JOIN parts p ON p.id = k.part_id
     LEFT JOIN stock_balances b ON b.part_id = k.part_id AND b.warehouse_id = ?
     LEFT JOIN stock_places s ON s.part_id = k.part_id AND s.warehouse_id = ?
     LEFT JOIN (
       SELECT m.part_id, 0 - SUM(m.quantity) AS used FROM stock_moves m JOIN stock_documents d ON d.id = m.document_id
       LEFT JOIN stock_documents o ON o.id = d.reverses_id
       WHERE m.warehouse_id = ? AND m.at >= ? AND d.request_id IS NULL
         AND (d.kind IN ('issue', 'material', 'return') OR d.kind = 'reversal' AND o.kind = 'issue')
       GROUP BY m.part_id
     ) u ON u.part_id = p.id
     WHERE p.is_active = 1 ORDER BY p.number`,
    [warehouseId, warehouseId, warehouseId, warehouseId, warehouseId, since],
  );
}

type PartStock = Readonly<{ partId: string; onHand: number; salePrice: number; tracking: Tracking }>;

/** Of each part, what lies in the warehouses of a unit altogether, and what it is sold for. */
export async function stockOfParts(
  sql: Sql,
  unitId: string,
  partIds: readonly string[],
): Promise<Map<string, PartStock>> {
  const found = await sql.all<PartStock>(
    `SELECT p.id AS part_id, p.sale_price, p.tracking, COALESCE((
       SELECT SUM(b.quantity) FROM stock_balances b JOIN warehouses w ON w.id = b.warehouse_id
       WHERE b.part_id = p.id AND w.unit_id = ?), 0) AS on_hand
     FROM parts p WHERE p.id IN (${partIds.map(() => '?').join(', ')})`,
    [unitId, ...partIds],
  );
  return new Map(found.map((one) => [one.partId, one]));
}

/** What lies of these parts in one warehouse, by part. */
export async function stockIn(sql: Sql, warehouseId: string, partIds: readonly string[]): Promise<Map<string, number>> {
  const found = await sql.all<{ partId: string; quantity: number }>(
    `SELECT part_id, quantity FROM stock_balances WHERE warehouse_id = ?
     AND part_id IN (${partIds.map(() => '?').join(', ')})`,
    [warehouseId, ...partIds],
  );
  return new Map(found.map(({ partId, quantity }) => [partId, quantity]));
}
