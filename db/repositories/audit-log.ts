import { hash } from 'node:crypto';
import type { Listing } from '../listing.ts';
import type { Sql, Transaction } from '../store.ts';

export type AuditLine = Readonly<{
  at: number;
  actorId: string;
  actorName: string;
  commandId: string;
  operation: string;
  event: string;
  entity: string;
  entityId: string;
  change: string; // JSON {before?, after?}
}>;

export type AuditRow = AuditLine & Readonly<{ seq: number; lane: number; hash: string }>;

/** As it is listed. */
export type ListedAuditRow = Omit<AuditRow, 'commandId' | 'lane'> & Readonly<{ subject: string | null }>;

const INSERT = `INSERT INTO audit_log (at, actor_id, actor_name, command_id, operation, event, entity, entity_id, change, lane, hash)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const AUDIT_LOCK = 7_240_001;
const LANES = 16;

/**
 * Each line is hashed with the hash of the line before, so the log can't be changed in the middle unseen. A chain has one end,
 * at which one transaction writes at a time: on PostgreSQL, where many write at once, there are several, called lanes.
 */
export async function appendAuditLines(trx: Transaction, lines: readonly AuditLine[]): Promise<void> {
  const lane = trx.dialect === 'postgres' ? await takeLane(trx) : 0;
  const last = await trx.first<{ hash: string }>(
    'SELECT hash FROM audit_log WHERE lane = ? ORDER BY seq DESC LIMIT 1',
    [lane],
  );
  let previous = last?.hash ?? '';
  for (const line of lines) {
    previous = lineHash(previous, line);
    await trx.run(INSERT, [...valuesOf(line), lane, previous]);
  }
}

/** A lane of one's own until the transaction ends: the first free one; when none is, one's turn at the last. */
async function takeLane(trx: Transaction): Promise<number> {
  const free = await trx.first<{ lane: number }>(
    `SELECT lane FROM generate_series(0, ${LANES - 2}) AS lane WHERE pg_try_advisory_xact_lock(${AUDIT_LOCK}, lane) LIMIT 1`,
  );
  if (free) return free.lane;
  await trx.all(`SELECT pg_advisory_xact_lock(${AUDIT_LOCK}, ${LANES - 1})`);
  return LANES - 1;
}

function lineHash(previous: string, line: AuditLine): string {
  return hash('sha256', JSON.stringify([previous, ...valuesOf(line)]), 'hex');
}

/** In the order of the columns, which is what every hash was made of: it can never change. */
function valuesOf(line: AuditLine): readonly (string | number)[] {
  const { at, actorId, actorName, commandId, operation, event, entity, entityId, change } = line;
  return [at, actorId, actorName, commandId, operation, event, entity, entityId, change];
}

/** Returns the `seq` of the first line whose hash is not what the lines before make it, or null when all are whole. */
export async function firstBrokenAuditLine(sql: Sql): Promise<number | null> {
  const ends = new Map<number, string>();
  let after = 0;
  for (;;) {
    const rows = await sql.all<AuditRow>('SELECT * FROM audit_log WHERE seq > ? ORDER BY seq LIMIT 1000', [after]);
    for (const row of rows) {
      if (row.hash !== lineHash(ends.get(row.lane) ?? '', row)) return row.seq;
      ends.set(row.lane, row.hash);
      after = row.seq;
    }
    if (rows.length < 1000) return null;
  }
}

type RefusalsAsked = Readonly<{
  operation: string;
  entityId: string;
  code: string;
  /** ms UTC */
  since: number;
  /** Events about the same subject before which everything is forgiven. */
  forgivenBy: readonly [string, string];
}>;

/** When (ms UTC, in order) an operation was refused to a subject with a code, since it was last forgiven. */
export async function refusalTimes(sql: Sql, asked: RefusalsAsked): Promise<number[]> {
  const rows = await sql.all<{ at: number; change: string }>(
    `SELECT at, change FROM audit_log WHERE entity_id = ? AND operation = ? AND event = 'refused' AND at > ?
       AND seq > COALESCE((SELECT MAX(seq) FROM audit_log WHERE entity_id = ? AND event IN (?, ?)), 0) ORDER BY seq`,
    [asked.entityId, asked.operation, asked.since, asked.entityId, ...asked.forgivenBy],
  );
  const hasCode = ({ change }: { change: string }) => (JSON.parse(change) as { code?: string }).code === asked.code;
  return rows.filter(hasCode).map(({ at }) => at);
}

/** What people call the document a line is about; of a person who signed in, the number typed. */
const SUBJECT = `CASE entity
  WHEN 'work-order' THEN (SELECT number FROM work_orders WHERE id = entity_id)
  WHEN 'purchase' THEN (SELECT number FROM purchases WHERE id = entity_id)
  WHEN 'stock-document' THEN (SELECT number FROM stock_documents WHERE id = entity_id)
  WHEN 'old-part' THEN (SELECT number FROM old_parts WHERE id = entity_id)
  WHEN 'employee' THEN COALESCE((SELECT number || ' ' || name FROM people WHERE id = entity_id), entity_id)
  WHEN 'customer' THEN (SELECT name FROM customers WHERE id = entity_id)
  WHEN 'device' THEN (SELECT brand || ' ' || model || ' ' || serial FROM devices WHERE id = entity_id)
  WHEN 'part' THEN (SELECT number || ' ' || name FROM parts WHERE id = entity_id)
  WHEN 'supplier' THEN (SELECT name FROM suppliers WHERE id = entity_id)
  WHEN 'warehouse' THEN (SELECT name FROM warehouses WHERE id = entity_id)
  WHEN 'work-type' THEN (SELECT name FROM work_types WHERE id = entity_id)
  WHEN 'store' THEN (SELECT name FROM stores WHERE id = entity_id)
  WHEN 'commission-rule' THEN (SELECT code FROM commission_rules WHERE id = entity_id)
  WHEN 'pay-period' THEN (SELECT from_on || ' – ' || to_on FROM pay_periods WHERE id = entity_id)
  WHEN 'pc' THEN (SELECT name FROM pcs WHERE id = entity_id)
  WHEN 'unit' THEN (SELECT name FROM units WHERE id = entity_id)
  WHEN 'department' THEN (SELECT name FROM departments WHERE id = entity_id)
  WHEN 'contract' THEN (SELECT number || ' ' || provider FROM contracts WHERE id = entity_id)
  ELSE entity_id END`;

export const auditListing: Listing = {
  from: 'audit_log',
  columns: {
    seq: { sql: 'seq', type: 'number' },
    at: { sql: 'at', type: 'instant' },
    actorId: { sql: 'actor_id', type: 'text' },
    actorName: { sql: 'actor_name', type: 'text' },
    operation: { sql: 'operation', type: 'text' },
    event: { sql: 'event', type: 'text' },
    entity: { sql: 'entity', type: 'text' },
    entityId: { sql: 'entity_id', type: 'text' },
    subject: { sql: SUBJECT, type: 'text' },
    change: { sql: 'change', type: 'text' },
    hash: { sql: 'hash', type: 'text' },
  },
  order: [['seq', 'desc']],
};
