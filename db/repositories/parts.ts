import { normalizeSearch } from '#domain/search.ts';
import type { Tracking } from '#domain/stock/lots.ts';
import { selectIn } from '../bulk.ts';
import type { Sql, SqlRow, Transaction } from '../store.ts';
import { updateVersioned } from './documents.ts';
import type { PartLists } from './part-lists.ts';

/** The catalogue of parts, and who supplies them. */

export type PartFields = Readonly<{
  number: string;
  name: string;
  measure: string;
  barcode: string;
  salePrice: number;
  isActive: boolean;
  category: string;
  tracking: Tracking;
  /** The old part has to come back, within so many days of the issue; until it has, so much (fen) is owed for one. */
  isOldReturned: boolean;
  oldDueDays: number;
  oldAmount: number;
}>;
export type PartRow = PartFields &
  Readonly<{ id: string; unitId: string; mergedIntoId: string | null; version: number; createdAt: number }>;

/** By what else it is found: the models it fits and its further barcodes. */
type Words = Pick<PartLists, 'models' | 'barcodes'>;

function partRow(fields: PartFields, { models, barcodes }: Words): SqlRow {
  const words = [...models.map(({ brand, model }) => `${brand} ${model}`), ...barcodes];
  const searchText = normalizeSearch([fields.number, fields.name, fields.barcode, ...words].join(' '));
  return { ...fields, searchText };
}

export async function insertPart(
  trx: Transaction,
  origin: Readonly<{ id: string; unitId: string; createdAt: number }>,
  fields: PartFields,
  words: Words,
): Promise<void> {
  await trx.insert('parts', { ...origin, ...partRow(fields, words), version: 1 });
}

/** @throws DomainError `document.changed` */
export async function updatePart(
  trx: Transaction,
  { id, version }: Pick<PartRow, 'id' | 'version'>,
  fields: PartFields,
  words: Words,
): Promise<void> {
  await updateVersioned(trx, 'parts', id, version, partRow(fields, words));
}

/** Whoever finds the one is led to the other from now on; those that had gone into it before, too. */
export async function mergePart(
  trx: Transaction,
  { id, version, unitId }: Pick<PartRow, 'id' | 'version' | 'unitId'>,
  intoId: string,
): Promise<void> {
  await updateVersioned(trx, 'parts', id, version, { isActive: false, mergedIntoId: intoId });
  await trx.run('UPDATE parts SET merged_into_id = ?, version = version + 1 WHERE merged_into_id = ? AND unit_id = ?', [
    intoId,
    id,
    unitId,
  ]);
}

type Unique =
  | readonly ['parts', 'number' | 'barcode']
  | readonly ['suppliers' | 'stores', 'name']
  | readonly ['warehouses' | 'work_types' | 'pay_items', 'code'];

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
): Promise<(Named & Readonly<{ code: string; kind: string; holderId: string | null }>)[]> {
  return sql.all(
    'SELECT id, name, code, kind, holder_id FROM warehouses WHERE unit_id = ? AND is_active = 1 ORDER BY code',
    [unitId],
  );
}

export type SalePrice = Readonly<{ id: string; salePrice: number }>;

/** Fen for one, before anybody's own price. */
export async function salePricesOf(sql: Sql, partIds: readonly string[]): Promise<SalePrice[]> {
  return selectIn<SalePrice>(sql, 'SELECT id, sale_price FROM parts WHERE id IN', [...new Set(partIds)]);
}
