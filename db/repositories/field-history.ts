import { nodeOf } from './clock.ts';
import type { Sql } from '../store.ts';

/** A value of a customer or device that did not stand, with the one that did; values are JSON, fields named as their columns. */
export type EarlierValue = Readonly<{
  id: string;
  tableName: 'customers' | 'devices';
  rowId: string;
  field: string;
  lostValue: string;
  lostClock: string;
  keptValue: string;
  keptClock: string;
  /** ms UTC, when the two met. */
  at: number;
  /** Of a device: which. */
  device: string | null;
}>;

/** Of a customer and its devices, the latest first. */
export async function earlierValues(sql: Sql, customerId: string, limit: number): Promise<EarlierValue[]> {
  return sql.all<EarlierValue>(
    `SELECT h.id, h.table_name, h.row_id, h.field, h.lost_value, h.lost_clock, h.kept_value, h.kept_clock, h.at,
       TRIM(d.category || ' ' || d.brand || ' ' || d.model) AS device
     FROM field_history h LEFT JOIN devices d ON d.id = h.row_id
     WHERE h.row_id = ? OR h.row_id IN (SELECT id FROM devices WHERE customer_id = ?)
     ORDER BY h.at DESC, h.id DESC LIMIT ?`,
    [customerId, customerId, limit],
  );
}

/** The databases this one knows by name, by the end of their id that stands in the clocks they set: the server knows all its stations. */
export async function nodesKnown(sql: Sql): Promise<Readonly<{ node: string; name: string }>[]> {
  const known = await sql.all<{ databaseId: string; name: string }>(
    `SELECT i.database_id, u.name FROM installation i JOIN units u ON u.id = i.unit_id
     UNION ALL SELECT s.database_id, u.name FROM stations s JOIN units u ON u.id = s.unit_id`,
  );
  return known.map(({ databaseId, name }) => ({ node: nodeOf(databaseId), name }));
}
