import type { CountScope, CountState } from '#domain/stock/count.ts';
import type { Listing, ListColumn } from '../listing.ts';
import type { Sql } from '../store.ts';
import type { StockCount } from './stock-counts.ts';

/** What screens read of stock counts. As long as somebody counts, what the books say is in none of it. */

export const COUNTS: Listing = {
  from: `stock_counts c JOIN warehouses w ON w.id = c.warehouse_id LEFT JOIN people e ON e.id = c.started_by_id
    LEFT JOIN people f ON f.id = c.ended_by_id LEFT JOIN stock_documents d ON d.id = c.stock_document_id`,
  columns: {
    id: { sql: 'c.id', type: 'text' },
    number: { sql: 'c.number', type: 'text' },
    state: { sql: 'c.state', type: 'text' },
    warehouse: { sql: 'w.name', type: 'text' },
    scopeKind: { sql: 'c.scope_kind', type: 'text' },
    scopeText: { sql: 'c.scope_text', type: 'text' },
    lines: { sql: '(SELECT COUNT(*) FROM stock_count_lines l WHERE l.count_id = c.id)', type: 'number' },
    startedOn: { sql: 'c.started_on', type: 'date' },
    startedBy: { sql: 'COALESCE(e.name, c.started_by_id)', type: 'text' },
    endedBy: { sql: 'COALESCE(f.name, c.ended_by_id)', type: 'text' },
    endedAt: { sql: 'c.ended_at', type: 'instant' },
    document: { sql: 'd.number', type: 'text' },
    value: { sql: '(SELECT SUM(l.value) FROM stock_count_lines l WHERE l.count_id = c.id)', type: 'number' },
    note: { sql: 'c.note', type: 'text' },
  },
  order: [
    ['startedOn', 'desc'],
    ['number', 'desc'],
  ],
};

export type CountRow = Readonly<{
  id: string;
  number: string;
  state: CountState;
  warehouse: string;
  scopeKind: CountScope;
  scopeText: string;
  lines: number;
  startedOn: string;
  startedBy: string;
  endedBy: string | null;
  endedAt: number | null;
  document: string | null;
  /** Fen, signed: what the differences came to; null as long as nothing is posted. */
  value: number | null;
  note: string;
}>;

const FROM_LINES = `stock_count_lines l JOIN parts p ON p.id = l.part_id LEFT JOIN people e ON e.id = l.counted_by_id
  LEFT JOIN people f ON f.id = l.recounted_by_id`;

const PART_COLUMNS = {
  id: { sql: 'l.id', type: 'text' },
  lineNo: { sql: 'l.line_no', type: 'number' },
  partId: { sql: 'l.part_id', type: 'text' },
  number: { sql: 'p.number', type: 'text' },
  name: { sql: 'p.name', type: 'text' },
  measure: { sql: 'p.measure', type: 'text' },
  lot: { sql: 'l.lot', type: 'text' },
  isToRecount: { sql: 'l.is_to_recount', type: 'number' },
  countedBy: { sql: 'COALESCE(e.name, l.counted_by_id)', type: 'text' },
  countedAt: { sql: 'l.counted_at', type: 'instant' },
  recounted: { sql: 'l.recounted', type: 'number' },
  recountedBy: { sql: 'COALESCE(f.name, l.recounted_by_id)', type: 'text' },
  recountedAt: { sql: 'l.recounted_at', type: 'instant' },
} as const satisfies Record<string, ListColumn>;

const BY_LINE = [['lineNo', 'asc']] as const;

/** While it is counted: what was counted, and of what is counted again not even that. There is no column to sort or look by. */
export const LINES_BLIND: Listing = {
  from: FROM_LINES,
  columns: {
    ...PART_COLUMNS,
    counted: { sql: 'CASE WHEN l.is_to_recount = 1 THEN NULL ELSE l.counted END', type: 'number' },
  },
  order: BY_LINE,
};

const EXPECTED = 'CASE WHEN l.recounted IS NULL THEN l.counted_expected ELSE l.recounted_expected END';
const STANDING = 'COALESCE(l.recounted, l.counted)';

/** Once nobody counts any more. */
export const LINES_OPEN: Listing = {
  from: `${FROM_LINES} JOIN stock_counts c ON c.id = l.count_id
    LEFT JOIN stock_balances b ON b.warehouse_id = c.warehouse_id AND b.part_id = l.part_id`,
  columns: {
    ...PART_COLUMNS,
    counted: { sql: 'l.counted', type: 'number' },
    expected: { sql: EXPECTED, type: 'number' },
    difference: { sql: `${STANDING} - (${EXPECTED})`, type: 'number' },
    reason: { sql: 'l.reason', type: 'text' },
    value: { sql: 'l.value', type: 'number' },
    balanceQuantity: { sql: 'COALESCE(b.quantity, 0)', type: 'number' },
    balanceValue: { sql: 'COALESCE(b.value, 0)', type: 'number' },
  },
  order: BY_LINE,
};

export type BlindLineRow = Readonly<{
  id: string;
  lineNo: number;
  partId: string;
  number: string;
  name: string;
  measure: string;
  lot: string;
  isToRecount: boolean;
  /** Thousandths; null of what is counted again. */
  counted: number | null;
  countedBy: string;
  countedAt: number;
  recounted: number | null;
  recountedBy: string | null;
  recountedAt: number | null;
}>;

export type OpenLineRow = BlindLineRow &
  Readonly<{
    expected: number;
    difference: number;
    reason: string;
    /** Fen, signed: what it was posted with. */
    value: number | null;
    balanceQuantity: number;
    balanceValue: number;
  }>;

export type CountSheet = StockCount &
  Readonly<{
    warehouse: string;
    warehouseCode: string;
    startedBy: string;
    endedBy: string | null;
    document: string | null;
    lines: number;
    toRecount: number;
    /** Of those, the ones that were counted a second time. */
    recounted: number;
  }>;

const numberOfLines = (condition: string): string =>
  `(SELECT COUNT(*) FROM stock_count_lines l WHERE l.count_id = c.id${condition})`;

export async function countSheet(sql: Sql, id: string): Promise<CountSheet | undefined> {
  return sql.first<CountSheet>(
    `SELECT c.*, w.name AS warehouse, w.code AS warehouse_code, COALESCE(e.name, c.started_by_id) AS started_by,
       COALESCE(f.name, c.ended_by_id) AS ended_by, d.number AS document, ${numberOfLines('')} AS lines,
       ${numberOfLines(' AND l.is_to_recount = 1')} AS to_recount,
       ${numberOfLines(' AND l.is_to_recount = 1 AND l.recounted IS NOT NULL')} AS recounted
     FROM stock_counts c JOIN warehouses w ON w.id = c.warehouse_id LEFT JOIN people e ON e.id = c.started_by_id
     LEFT JOIN people f ON f.id = c.ended_by_id LEFT JOIN stock_documents d ON d.id = c.stock_document_id WHERE c.id = ?`,
    [id],
  );
}
