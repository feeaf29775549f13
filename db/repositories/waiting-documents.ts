import type { Listing } from '../listing.ts';
import type { Sql } from '../store.ts';

/** What waits to be sent and what was refused, as documents people know, not as rows. */

/** The document a row is part of: its table, and where the row says which one. `x` is the row. */
const PART_OF: Readonly<Record<string, readonly [document: string, id: string]>> = {
  work_order_states: ['work_orders', 'x.work_order_id'],
  work_order_technicians: ['work_orders', 'x.work_order_id'],
  work_order_labour: ['work_orders', 'x.work_order_id'],
  work_order_parts: ['work_orders', 'x.work_order_id'],
  pay_entries: ['work_orders', 'x.work_order_id'],
  customer_entries: ['work_orders', 'x.work_order_id'],
  stock_moves: ['stock_documents', 'x.document_id'],
  purchase_lines: ['purchases', 'x.purchase_id'],
  purchase_steps: ['purchases', 'x.purchase_id'],
  old_part_entries: ['old_parts', 'x.old_part_id'],
  late_changes: ['pay_periods', 'x.period_id'],
  payslips: ['pay_periods', 'x.period_id'],
  payslip_lines: ['pay_periods', '(SELECT s.period_id FROM payslips s WHERE s.id = x.payslip_id)'],
};

/** How a document is called: its number, and the name beside it. `x` is its row. */
const NAMED: Readonly<Record<string, readonly [number: string, name: string]>> = {
  work_orders: ['x.number', '(SELECT c.name FROM customers c WHERE c.id = x.customer_id)'],
  customers: ["''", 'x.name'],
  devices: ['x.serial', "x.brand || ' ' || x.category"],
  stock_documents: ['x.number', '(SELECT h.name FROM warehouses h WHERE h.id = x.warehouse_id)'],
  purchases: ['x.number', '(SELECT s.name FROM suppliers s WHERE s.id = x.supplier_id)'],
  old_parts: ['x.number', '(SELECT p.name FROM parts p WHERE p.id = x.part_id)'],
  settlements: ['x.number', '(SELECT o.number FROM work_orders o WHERE o.id = x.work_order_id)'],
  requests: ['x.number', "''"],
  answers: ['(SELECT r.number FROM requests r WHERE r.id = x.request_id)', "''"],
  pay_periods: ['x.from_on', "''"],
  parts: ['x.number', 'x.name'],
  warehouses: ['x.code', 'x.name'],
  suppliers: ["''", 'x.name'],
  stores: ["''", 'x.name'],
  attachments: ["''", 'x.name'],
};

/** Words learnt while typing are many and nobody's document: all of them stand in one line. */
const WORDS = 'dictionary_entries';

function caseOf(table: string, branches: Readonly<Record<string, string>>, otherwise: string): string {
  const whens = Object.entries(branches).map(([name, sql]) => `WHEN '${name}' THEN ${sql}`);
  return `CASE ${table} ${whens.join(' ')} ELSE ${otherwise} END`;
}

/** Whose part the row `row` of `table` is. Both are columns. */
function documentOf(table: string, row: string): Readonly<{ kind: string; id: string }> {
  const kinds = Object.fromEntries(Object.entries(PART_OF).map(([part, [document]]) => [part, `'${document}'`]));
  const ids = Object.fromEntries(
    Object.entries(PART_OF).map(([part, [, document]]) => [
      part,
      `COALESCE((SELECT ${document} FROM ${part} x WHERE x.id = ${row}), ${row})`,
    ]),
  );
  return { kind: caseOf(table, kinds, table), id: caseOf(table, { ...ids, [WORDS]: "''" }, row) };
}

function namedBy(which: 0 | 1, kind: string, id: string): string {
  const branches = Object.entries(NAMED).map(
    ([table, names]) => [table, `(SELECT ${names[which]} FROM ${table} x WHERE x.id = ${id})`] as const,
  );
  const employee = `(SELECT x.${which === 0 ? 'number' : 'name'} FROM employees x WHERE x.id = ${id})`;
  return `COALESCE(${caseOf(kind, { ...Object.fromEntries(branches), credentials: employee }, "''")}, '')`;
}

/** More than these entries of the change log aren't looked through each time somebody looks at the screen. */
export const MOST_ENTRIES = 5000;

const ENTRY = documentOf('c.table_name', 'c.row_id');

/** Of the change log what the server hasn't got yet, by document. Without a server nothing waits. */
const WAITING_DOCUMENTS = `(SELECT d.kind, d.id, MIN(d.seq) AS first_seq, COUNT(*) AS changes, MIN(d.inserted) AS inserted
  FROM (SELECT c.seq, ${ENTRY.kind} AS kind, ${ENTRY.id} AS id, CASE c.kind WHEN 'insert' THEN c.row_id END AS inserted
        FROM (SELECT seq, table_name, row_id, kind FROM change_log
              WHERE origin = '' AND seq > (SELECT pushed_seq FROM server_link) ORDER BY seq LIMIT ${MOST_ENTRIES}) c) d
  GROUP BY d.kind, d.id)`;

export const WAITING: Listing = {
  from: `${WAITING_DOCUMENTS} w`,
  columns: {
    id: { sql: 'w.id', type: 'text' },
    kind: { sql: 'w.kind', type: 'text' },
    number: { sql: namedBy(0, 'w.kind', 'w.id'), type: 'text' },
    name: { sql: namedBy(1, 'w.kind', 'w.id'), type: 'text' },
    changes: { sql: 'w.changes', type: 'number' },
    inserted: { sql: 'w.inserted', type: 'text' },
    since: { sql: '(SELECT MAX(m.at) FROM log_marks m WHERE m.seq <= w.first_seq)', type: 'instant' },
    place: { sql: 'w.first_seq', type: 'number' },
  },
  order: [['place', 'asc']],
};
/** `inserted`: the first row that is new, if any; `since`: how long at most the document has waited, ms UTC. */
export type WaitingRow = Readonly<{
  id: string;
  kind: string;
  number: string;
  name: string;
  changes: number;
  inserted: string | null;
  since: number | null;
  place: number;
}>;

/** Documents that wait, of the first `MOST_ENTRIES` changes, and whether there are more of those. */
export async function waitingCount(sql: Sql): Promise<Readonly<{ documents: number; changes: number }>> {
  const row = await sql.first<{ documents: number; changes: number }>(
    `SELECT COUNT(*) AS documents, CAST(COALESCE(SUM(w.changes), 0) AS bigint) AS changes FROM ${WAITING_DOCUMENTS} w`,
  );
  return row ?? { documents: 0, changes: 0 };
}

const REFUSED_DOCUMENT = documentOf('r.table_name', 'r.row_id');

/** More than are ever looked at; without a limit PostgreSQL puts the expressions of a document into each other, without end. */
const MOST_REFUSED = 100_000;

/** Rows refused, whichever way they were going. */
export const REFUSED: Listing = {
  from: `(SELECT r.*, ${REFUSED_DOCUMENT.kind} AS kind, ${REFUSED_DOCUMENT.id} AS document_id FROM sync_refusals r LIMIT ${MOST_REFUSED}) f`,
  columns: {
    id: { sql: 'f.id', type: 'text' },
    direction: { sql: 'f.direction', type: 'text' },
    kind: { sql: 'f.kind', type: 'text' },
    tableName: { sql: 'f.table_name', type: 'text' },
    documentId: { sql: 'f.document_id', type: 'text' },
    number: { sql: namedBy(0, 'f.kind', 'f.document_id'), type: 'text' },
    name: { sql: namedBy(1, 'f.kind', 'f.document_id'), type: 'text' },
    code: { sql: 'f.code', type: 'text' },
    detail: { sql: 'f.detail', type: 'text' },
    at: { sql: 'f.at', type: 'instant' },
    attempts: { sql: 'f.attempts', type: 'number' },
  },
  order: [
    ['at', 'desc'],
    ['id', 'asc'],
  ],
};
export type RefusedRow = Readonly<{
  id: string;
  direction: 'in' | 'out';
  kind: string;
  tableName: string;
  documentId: string;
  number: string;
  name: string;
  code: string;
  detail: string;
  at: number;
  attempts: number;
}>;
