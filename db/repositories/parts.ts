import { normalizeSearch } from '#domain/search.ts';
import type { Tracking } from '#domain/stock/lots.ts';
import { selectIn } from '../bulk.ts';
import type { Sql, SqlRow, Transaction } from '../store.ts';
import { containing } from './dictionaries.ts';
import { updateVersioned } from './documents.ts';

/** The catalogue of parts, and who supplies them. */

export type PartFields = Readonly<{
  number: string;
  name: string;
  measure: string;
  barcode: string;
  salePrice: number;
  isActive: boolean;
}>;
export type PartRow = PartFields & Readonly<{ id: string; unitId: string; version: number; createdAt: number }>;

function partRow(fields: PartFields): SqlRow {
  return { ...fields, searchText: normalizeSearch(`${fields.number} ${fields.name} ${fields.barcode}`) };
}

export async function insertPart(
  trx: Transaction,
  origin: Readonly<{ id: string; unitId: string; createdAt: number }>,
  fields: PartFields,
): Promise<void> {
  await trx.insert('parts', { ...origin, ...partRow(fields), version: 1 });
}

/** @throws DomainError `document.changed` */
export async function updatePart(trx: Transaction, id: string, version: number, fields: PartFields): Promise<void> {
  await updateVersioned(trx, 'parts', id, version, partRow(fields));
}

type Unique =
  | readonly ['parts', 'number' | 'barcode']
  | readonly ['suppliers' | 'stores', 'name']
  | readonly ['warehouses' | 'work_types', 'code'];

/** Names and codes that another unit may take as well. */
const OF_A_UNIT: ReadonlySet<string> = new Set(['suppliers', 'stores', 'warehouses']);

/** The id of the row that has this value already, if it isn't `ownId`'s. */
export async function holderOf(
  sql: Sql,
  [table, column]: Unique,
  value: string,
  ownId = '',
): Promise<string | undefined> {
  const within = OF_A_UNIT.has(table) ? ' AND unit_id = (SELECT unit_id FROM installation)' : '';
  const row = await sql.first<{ id: string }>(`SELECT id FROM ${table} WHERE ${column} = ? AND id <> ?${within}`, [
    value,
    ownId,
  ]);
  return row?.id;
}

export type PartFound = Readonly<{
  id: string;
  number: string;
  name: string;
  measure: string;
  barcode: string;
  salePrice: number;
  tracking: Tracking;
  /** Thousandths in the warehouse asked for, or in all of them together. */
  onHand: number;
  /** Fen for one when it was last bought; null if never. */
  lastPrice: number | null;
  /** 0: the fragment is exactly its number or barcode. */
  distance: 0 | 1;
}>;

/**
 * Active parts with the fragment in number, name or barcode. A number or barcode that is exactly the fragment comes
 * first, as a scanner types it; then what there is, before what there isn't.
 */
export async function findParts(
  sql: Sql,
  search: Readonly<{ fragment: string; warehouseId: string; limit: number }>,
): Promise<PartFound[]> {
  const typed = normalizeSearch(search.fragment);
  return sql.all<PartFound>(
    `SELECT n.*, (SELECT m.price FROM stock_moves m JOIN stock_documents d ON d.id = m.document_id
       WHERE m.part_id = n.id AND d.kind = 'receipt' ORDER BY m.at DESC, m.move_no DESC LIMIT 1) AS last_price
     FROM (
       SELECT f.* FROM (
         SELECT p.id, p.number, p.name, p.measure, p.barcode, p.sale_price, p.tracking,
           CASE WHEN LOWER(p.number) = ? OR LOWER(p.barcode) = ? THEN 0 ELSE 1 END AS distance,
           COALESCE((SELECT SUM(b.quantity) FROM stock_balances b
                     WHERE b.part_id = p.id AND (? = '' OR b.warehouse_id = ?)), 0) AS on_hand
         FROM parts p WHERE p.is_active = 1 AND p.search_text LIKE ? ESCAPE '!'
       ) f ORDER BY f.distance, CASE WHEN f.on_hand > 0 THEN 0 ELSE 1 END, f.number LIMIT ?
     ) n ORDER BY n.distance, CASE WHEN n.on_hand > 0 THEN 0 ELSE 1 END, n.number`,
    [typed, typed, search.warehouseId, search.warehouseId, containing(search.fragment), search.limit],
  );
}

export type Named = Readonly<{ id: string; name: string }>;

/** Of these units. */
export async function suppliersOf(sql: Sql, unitIds: readonly string[]): Promise<Named[]> {
  const suppliers = await selectIn<Named>(sql, 'SELECT id, name FROM suppliers WHERE unit_id IN', unitIds);
  return suppliers.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Into which and out of which the unit may move parts. */
export async function warehousesOf(
  sql: Sql,
  unitId: string,
): Promise<(Named & Readonly<{ code: string; kind: string }>)[]> {
  return sql.all('SELECT id, name, code, kind FROM warehouses WHERE unit_id = ? ORDER BY code', [unitId]);
}
