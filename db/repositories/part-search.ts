import { normalizeSearch } from '#domain/search.ts';
import { type PriceAsked } from '#domain/stock/prices.ts';
import { selectIn } from '../bulk.ts';
import type { Sql } from '../store.ts';
import { containing } from './dictionaries.ts';
import { pricesFor } from './part-lists.ts';
import { reservedOf } from './reservations.ts';

export type PartFound = Readonly<{
  id: string;
  number: string;
  name: string;
  measure: string;
  barcode: string;
  tracking: 'none' | 'batch' | 'serial';
  salePrice: number;
  /** Thousandths in the warehouse asked for, or in all of them together. */
  onHand: number;
  /** Fen for one when it was last bought; null if never. */
  lastPrice: number | null;
  /** 0: the fragment is exactly its number or one of its barcodes, or those of a part that went into it. */
  distance: 0 | 1;
}>;

/** `price`: fen for one, for the class asked for. `classPrice`: null where none is set for it, and the sale price counts. */
export type PricedPart = PartFound & Readonly<{ price: number; classPrice: number | null; reserved: number }>;

type Search = Readonly<{
  fragment: string;
  /** Empty: all of them. */
  warehouseId: string;
  /** Whose own reservations don't count; empty: nobody's. */
  workOrderId: string;
  today: string;
  asked: PriceAsked;
  limit: number;
}>;

/**
 * Active parts with the fragment in number, name, a barcode or a model. A number or barcode that is exactly the fragment comes
 * first, as a scanner types it; then what there is, before what there isn't. What was merged leads to what it went into.
 */
export async function findParts(sql: Sql, search: Search): Promise<PricedPart[]> {
  const found = await partsContaining(sql, search);
  const ids = found.map(({ id }) => id);
  const prices = await pricesFor(sql, ids, search.asked);
  const reserved = await reservedOf(sql, ids, search);
  return found.map((part) => {
    const classPrice = prices.get(part.id) ?? null;
    const kept = reserved.filter(
      ({ partId, warehouseId }) =>
        partId === part.id && (search.warehouseId === '' || warehouseId === search.warehouseId),
    );
    const quantity = kept.reduce((sum, one) => sum + one.quantity, 0);
    return { ...part, classPrice, price: classPrice ?? part.salePrice, reserved: quantity };
  });
}

/** Parts whose number or one of whose barcodes is exactly the code, which is asked for three times in lower case. */
const EXACT = `SELECT x.id FROM parts x WHERE LOWER(x.number) = ? OR LOWER(x.barcode) = ?
  UNION ALL SELECT x.part_id FROM part_barcodes x WHERE LOWER(x.barcode) = ?`;
/** The same, where what was merged leads to what it went into. */
export const HAVING_CODE = `SELECT COALESCE(z.merged_into_id, z.id) FROM parts z WHERE z.id IN (${EXACT})`;

/** By part, in lower case, what `HAVING_CODE` finds it by: its number, its barcodes, and those of the parts that went into it. */
export async function codesOfParts(
  sql: Sql,
  partIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = [...new Set(partIds)];
  const merged = await selectIn<Readonly<{ id: string; mergedIntoId: string }>>(
    sql,
    'SELECT id, merged_into_id FROM parts WHERE merged_into_id IN',
    ids,
  );
  const wentInto = new Map(merged.map(({ id, mergedIntoId }) => [id, mergedIntoId]));
  const all = [...ids, ...wentInto.keys()];
  const own = await selectIn<Readonly<{ id: string; number: string; barcode: string }>>(
    sql,
    'SELECT id, number, barcode FROM parts WHERE id IN',
    all,
  );
  const further = await selectIn<Readonly<{ partId: string; barcode: string }>>(
    sql,
    'SELECT part_id, barcode FROM part_barcodes WHERE part_id IN',
    all,
  );
  const found = [
    ...own.flatMap(({ id, number, barcode }) => [number, barcode].map((code) => ({ id, code }))),
    ...further.map(({ partId: id, barcode: code }) => ({ id, code })),
  ].filter(({ code }) => code !== '');
  const byPart = Map.groupBy(found, ({ id }) => wentInto.get(id) ?? id);
  return new Map([...byPart].map(([id, codes]) => [id, codes.map(({ code }) => code.toLowerCase())]));
}

const MERGED = 'SELECT y.merged_into_id FROM parts y WHERE y.merged_into_id IS NOT NULL';

async function partsContaining(sql: Sql, { fragment, warehouseId, limit }: Search): Promise<PartFound[]> {
  const typed = normalizeSearch(fragment);
  const exact = [typed, typed, typed];
  const pattern = containing(fragment);
  return sql.all<PartFound>(
    `SELECT n.*, (SELECT m.price FROM stock_moves m JOIN stock_documents d ON d.id = m.document_id
       WHERE m.part_id = n.id AND d.kind = 'receipt' ORDER BY m.at DESC, m.move_no DESC LIMIT 1) AS last_price
     FROM (
       SELECT f.* FROM (
         SELECT p.id, p.number, p.name, p.measure, p.barcode, p.tracking, p.sale_price,
           CASE WHEN p.id IN (${EXACT}) OR p.id IN (${MERGED} AND y.id IN (${EXACT})) THEN 0 ELSE 1 END AS distance,
           COALESCE((SELECT SUM(b.quantity) FROM stock_balances b
                     WHERE b.part_id = p.id AND (? = '' OR b.warehouse_id = ?)), 0) AS on_hand
         FROM parts p WHERE p.is_active = 1
           AND (p.search_text LIKE ? ESCAPE '!' OR p.id IN (${MERGED} AND y.search_text LIKE ? ESCAPE '!'))
       ) f ORDER BY f.distance, CASE WHEN f.on_hand > 0 THEN 0 ELSE 1 END, f.number LIMIT ?
     ) n ORDER BY n.distance, CASE WHEN n.on_hand > 0 THEN 0 ELSE 1 END, n.number`,
    [...exact, ...exact, warehouseId, warehouseId, pattern, pattern, limit],
  );
}
