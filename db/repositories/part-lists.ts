import { priceFor, type PartPrice, type PriceAsked } from '#domain/stock/prices.ts';
import { insertRows, selectIn } from '../bulk.ts';
import type { Sql, SqlRow, Transaction } from '../store.ts';

/** What hangs on a part and is saved whole with it: models it fits, further barcodes, suppliers, prices. */

export type PartModel = Readonly<{ brand: string; model: string }>;
export type PartSupplier = Readonly<{
  supplierId: string;
  /** The supplier's own for the part. */
  supplierNumber: string;
  /** Fen for one. */
  price: number;
  leadDays: number;
  isPreferred: boolean;
}>;
export type PartLists = Readonly<{
  models: readonly PartModel[];
  barcodes: readonly string[];
  suppliers: readonly PartSupplier[];
  prices: readonly PartPrice[];
}>;

export const NO_LISTS: PartLists = { models: [], barcodes: [], suppliers: [], prices: [] };

export async function partLists(sql: Sql, partId: string): Promise<PartLists> {
  const rowsOf = <Row>(columns: string, table: string) =>
    sql.all<Row>(`SELECT ${columns} FROM ${table} WHERE part_id = ? ORDER BY line_no`, [partId]);
  const barcodes = await rowsOf<{ barcode: string }>('barcode', 'part_barcodes');
  return {
    models: await rowsOf('brand, model', 'part_models'),
    barcodes: barcodes.map(({ barcode }) => barcode),
    suppliers: await rowsOf('supplier_id, supplier_number, price, lead_days, is_preferred', 'part_suppliers'),
    prices: await rowsOf('level, customer_class, price', 'part_prices'),
  };
}

type Origin = Readonly<{ partId: string; unitId: string; newId: () => string }>;

/** A list that is as it was stays untouched, so that nothing has to travel. */
export async function replacePartLists(
  trx: Transaction,
  origin: Origin,
  before: PartLists,
  after: PartLists,
): Promise<void> {
  const replace = async (table: string, was: readonly SqlRow[], rows: readonly SqlRow[]) => {
    if (JSON.stringify(was) === JSON.stringify(rows)) return;
    const { partId, unitId, newId } = origin;
    await trx.run(`DELETE FROM ${table} WHERE part_id = ?`, [partId]);
    await insertRows(
      trx,
      table,
      rows.map((row, index) => ({ id: newId(), unitId, partId, lineNo: index + 1, ...row })),
    );
  };
  await replace('part_models', before.models, after.models);
  await replace('part_barcodes', before.barcodes.map(barcodeRow), after.barcodes.map(barcodeRow));
  await replace('part_suppliers', before.suppliers, after.suppliers);
  await replace('part_prices', before.prices, after.prices);
}

const barcodeRow = (barcode: string): SqlRow => ({ barcode });

/** The id of the part that has this further barcode, if it isn't `ownId`. */
export async function holderOfBarcode(sql: Sql, barcode: string, ownId: string): Promise<string | undefined> {
  const row = await sql.first<{ partId: string }>(
    'SELECT part_id FROM part_barcodes WHERE barcode = ? AND part_id <> ?',
    [barcode, ownId],
  );
  return row?.partId;
}

type PriceRow = PartPrice & Readonly<{ partId: string }>;

/** The prices of these parts for whoever is asked, fen for one, by part; those that have none for him are left out. */
export async function pricesFor(
  sql: Sql,
  partIds: readonly string[],
  asked: PriceAsked,
): Promise<ReadonlyMap<string, number>> {
  const text = 'SELECT part_id, level, customer_class, price FROM part_prices WHERE part_id IN';
  const rows = await selectIn<PriceRow>(sql, text, [...new Set(partIds)]);
  const found = new Map<string, number>();
  for (const [partId, prices] of Map.groupBy(rows, (row) => row.partId)) {
    const price = priceFor(prices, asked);
    if (price !== undefined) found.set(partId, price);
  }
  return found;
}

export async function namedSuppliers(
  sql: Sql,
  suppliers: readonly PartSupplier[],
): Promise<Readonly<{ id: string; name: string }>[]> {
  const ids = suppliers.map(({ supplierId }) => supplierId);
  return selectIn(sql, 'SELECT id, name FROM suppliers WHERE id IN', ids);
}
