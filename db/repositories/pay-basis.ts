import { hash } from 'node:crypto';
import type { Sql } from '../store.ts';
import type { PayPeriod } from './payslips.ts';
import { timeZoneOf } from './units.ts';

/** All that decides pay beside the work itself, each by what changes with it. */
const DECIDES = [
  `SELECT id || ' ' || version || ' ' || COALESCE(valid_to, '') AS said FROM commission_rules`,
  `SELECT id || ' ' || version || ' ' || COALESCE(valid_to, '') AS said FROM deadline_rules`,
  `SELECT id AS said FROM pay_terms`,
  `SELECT id || ' ' || version AS said FROM pay_items`,
  `SELECT id || ' ' || version AS said FROM employees`,
];

/** What is left over of deductions comes from there. */
const PERIOD_BEFORE = 'SELECT id FROM pay_periods WHERE unit_id = ? AND to_on < ? ORDER BY to_on DESC LIMIT 1';

/**
 * A digest of the rules, terms and people as they are now, and of which period was before: where it is the same, the payslips of
 * a period that are not stale are right.
 */
export async function payBasis(sql: Sql, { unitId, fromOn }: PayPeriod): Promise<string> {
  const before = await sql.first<{ id: string }>(PERIOD_BEFORE, [unitId, fromOn]);
  // Also where there is none it is said, so that nothing is the same as when payslips didn't become stale.
  const all: string[] = [`after ${before?.id ?? 'none'}`, await timeZoneOf(sql, unitId)];
  for (const text of DECIDES)
    all.push(...(await sql.all<{ said: string }>(`${text} ORDER BY id`)).map(({ said }) => said));
  return hash('sha256', all.join('\n'), 'hex');
}
