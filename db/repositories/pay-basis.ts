import { hash } from 'node:crypto';
import type { Sql } from '../store.ts';

/** All that decides pay beside the work itself, each by what changes with it. */
const DECIDES = [
  `SELECT id || ' ' || version || ' ' || COALESCE(valid_to, '') AS said FROM commission_rules`,
  `SELECT id || ' ' || version || ' ' || COALESCE(valid_to, '') AS said FROM deadline_rules`,
  `SELECT id AS said FROM pay_terms`,
  `SELECT id || ' ' || version AS said FROM pay_items`,
  `SELECT id || ' ' || version AS said FROM employees`,
];

/** A digest of the rules, terms and people as they are now: where it is the same, the work of a period is paid as it was. */
export async function payBasis(sql: Sql): Promise<string> {
  const all: string[] = [];
  for (const text of DECIDES)
    all.push(...(await sql.all<{ said: string }>(`${text} ORDER BY id`)).map(({ said }) => said));
  return hash('sha256', all.join('\n'), 'hex');
}
