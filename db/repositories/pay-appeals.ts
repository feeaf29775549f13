import { selectIn } from '../bulk.ts';
import type { Sql } from '../store.ts';

/** Appeals of technicians against deductions. */

/** Those of the orders that were granted, as `<order> <kind> <employee number> <award>`. */
export async function grantedAppeals(sql: Sql, workOrderIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await selectIn<{ workOrderId: string; kind: string; number: string; awardId: string | null }>(
    sql,
    `SELECT a.work_order_id, a.kind, e.number, a.award_id FROM pay_appeals a JOIN people e ON e.id = a.employee_id
     WHERE a.state = 'granted' AND a.work_order_id IN`,
    workOrderIds,
  );
  return new Set(
    rows.map(({ workOrderId, kind, number, awardId }) => `${workOrderId} ${kind} ${number} ${awardId ?? ''}`),
  );
}
