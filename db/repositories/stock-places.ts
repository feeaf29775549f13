import type { Listing } from '../listing.ts';
import type { Sql, Transaction } from '../store.ts';
import { updateVersioned } from './documents.ts';
import type { Waiting } from './waiting.ts';

/** Where a part lies in a warehouse, and how much of it should lie there. */

export type PlaceFields = Readonly<{
  bin: string;
  /** Thousandths below which somebody is told; 0: never. */
  minQuantity: number;
  /** Thousandths up to which it is filled; 0: as far as the minimum. */
  maxQuantity: number;
}>;

export type StockPlace = PlaceFields &
  Readonly<{
    id: string;
    unitId: string;
    warehouseId: string;
    partId: string;
    version: number;
    createdAt: number;
  }>;

export async function findPlace(
  sql: Sql,
  of: Readonly<{ warehouseId: string; partId: string }>,
): Promise<StockPlace | undefined> {
  return sql.first<StockPlace>('SELECT * FROM stock_places WHERE warehouse_id = ? AND part_id = ?', [
    of.warehouseId,
    of.partId,
  ]);
}

/** Where nothing but capitals differs, it is one bin. */
export async function binsOf(sql: Sql, warehouseId: string): Promise<Readonly<{ bin: string; parts: number }>[]> {
  return sql.all(
    `SELECT MIN(bin) AS bin, COUNT(*) AS parts FROM stock_places WHERE warehouse_id = ? AND bin <> ''
     GROUP BY LOWER(bin) ORDER BY 1`,
    [warehouseId],
  );
}

export async function insertPlace(trx: Transaction, place: StockPlace): Promise<void> {
  await trx.insert('stock_places', place);
}

/** @throws DomainError `document.changed` */
export async function updatePlace(trx: Transaction, id: string, version: number, fields: PlaceFields): Promise<void> {
  await updateVersioned(trx, 'stock_places', id, version, fields);
}

const ON_HAND = 'COALESCE(b.quantity, 0)';
const WANTED = `CASE WHEN s.max_quantity > 0 THEN s.max_quantity ELSE s.min_quantity END - ${ON_HAND}`;

/** What lies below its minimum, with what would fill it up. */
export const BELOW_MIN: Listing = {
  from: `stock_places s JOIN parts p ON p.id = s.part_id JOIN warehouses w ON w.id = s.warehouse_id
    LEFT JOIN stock_balances b ON b.warehouse_id = s.warehouse_id AND b.part_id = s.part_id`,
  columns: {
    id: { sql: 's.id', type: 'text' },
    partId: { sql: 's.part_id', type: 'text' },
    warehouseId: { sql: 's.warehouse_id', type: 'text' },
    number: { sql: 'p.number', type: 'text' },
    name: { sql: 'p.name', type: 'text' },
    measure: { sql: 'p.measure', type: 'text' },
    warehouse: { sql: 'w.name', type: 'text' },
    bin: { sql: 's.bin', type: 'text' },
    quantity: { sql: ON_HAND, type: 'number' },
    minQuantity: { sql: 's.min_quantity', type: 'number' },
    maxQuantity: { sql: 's.max_quantity', type: 'number' },
    wanted: { sql: WANTED, type: 'number' },
    version: { sql: 's.version', type: 'number' },
  },
  order: [
    ['number', 'asc'],
    ['id', 'asc'],
  ],
};

/** The condition on a row of `BELOW_MIN`. */
export const isBelowMin = `s.min_quantity > 0 AND ${ON_HAND} < s.min_quantity AND w.is_active = 1 AND p.is_active = 1`;

export type BelowMinRow = Readonly<{
  id: string;
  partId: string;
  warehouseId: string;
  number: string;
  name: string;
  measure: string;
  warehouse: string;
  bin: string;
  quantity: number;
  minQuantity: number;
  maxQuantity: number;
  /** Thousandths up to the maximum. */
  wanted: number;
  version: number;
}>;

type PartBelowMin = Readonly<{ id: string; number: string; name: string; warehouse: string }>;

/** The first few, for whoever has to see to it. */
export async function partsBelowMin(sql: Sql, limit: number): Promise<Waiting<PartBelowMin>> {
  const count = await sql.first<{ count: number }>(
    `SELECT COUNT(*) AS count FROM ${BELOW_MIN.from} WHERE ${isBelowMin}`,
  );
  const rows = await sql.all<PartBelowMin>(
    `SELECT s.id, p.number, p.name, w.name AS warehouse FROM ${BELOW_MIN.from} WHERE ${isBelowMin}
     ORDER BY p.number, s.id LIMIT ?`,
    [limit],
  );
  return { count: count?.count ?? 0, rows };
}
