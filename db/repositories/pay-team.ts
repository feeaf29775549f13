import type { Listing } from '../listing.ts';
import type { Sql } from '../store.ts';
import { isNoReversal, type EntryKind } from './pay-entries.ts';
import type { PayPeriod } from './payslips.ts';

/** What a team earns, and work that it is not paid for. */

export type EarnedByKind = Readonly<{
  employeeId: string;
  number: string;
  name: string;
  kind: EntryKind;
  amount: number;
}>;

/** What everybody earned in a unit's period so far, whether or not payslips were made: counter-entries count against it. */
export async function earnedByKind(sql: Sql, { unitId, fromOn, toOn }: PayPeriod): Promise<EarnedByKind[]> {
  return sql.all<EarnedByKind>(
    `SELECT e.employee_id, m.number, m.name, e.kind, SUM(e.amount) AS amount
     FROM pay_entries e JOIN people m ON m.id = e.employee_id
     WHERE e.unit_id = ? AND e.earned_on BETWEEN ? AND ?
     GROUP BY e.employee_id, m.number, m.name, e.kind ORDER BY m.number`,
    [unitId, fromOn, toOn],
  );
}

export type UnpaidView = 'no-rule' | 'unaudited' | 'unsettled';

/** What keeps work out of a period's pay; each with the day until which it is looked at, no-rule from its first day on. */
export const UNPAID_WORK: Listing = {
  from: `work_orders o LEFT JOIN devices d ON d.id = o.device_id LEFT JOIN people e ON e.id = o.technician_id`,
  columns: {
    id: { sql: 'o.id', type: 'text' },
    number: { sql: 'o.number', type: 'text' },
    state: { sql: 'o.state', type: 'text' },
    kind: { sql: 'o.kind', type: 'text' },
    category: { sql: 'd.category', type: 'text' },
    technician: { sql: 'e.name', type: 'text' },
    completedOn: { sql: 'o.completed_on', type: 'date' },
    auditedOn: { sql: 'o.audited_on', type: 'date' },
    labourFees: {
      sql: '(SELECT COALESCE(SUM(l.fee), 0) FROM work_order_labour l WHERE l.work_order_id = o.id)',
      type: 'number',
    },
  },
  order: [
    ['completedOn', 'asc'],
    ['id', 'asc'],
  ],
  emptyLast: ' NULLS LAST',
};

export type UnpaidWork = Readonly<{
  id: string;
  number: string;
  state: string;
  kind: string;
  category: string | null;
  technician: string | null;
  completedOn: string | null;
  auditedOn: string | null;
  labourFees: number;
}>;

/** Work done again by the same technician earns nothing by intention; what no rule matched has no commission at all. */
export const NO_RULE = `o.audited_on BETWEEN ? AND ? AND o.rework_of_id IS NULL AND NOT EXISTS (
  SELECT 1 FROM pay_entries x WHERE x.work_order_id = o.id AND x.kind = 'commission' AND ${isNoReversal('x')}
    AND NOT EXISTS (SELECT 1 FROM pay_entries r WHERE r.reverses_id = x.id))`;
