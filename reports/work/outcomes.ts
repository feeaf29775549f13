import type { Knex } from 'knex';
import { build } from '#db/builder.ts';
import { isBeforeDone, WORK_ORDER_STATES } from '#domain/work-orders/states.ts';

/** How a repair came out, in the words of the Open Repair data; `Cancelled` is ours. */
export const OUTCOMES = ['Fixed', 'Repairable', 'End of life', 'Unknown', 'Cancelled'] as const;

export type Outcome = (typeof OUTCOMES)[number];

const REPAIRABLE = ['waiting-for-parts', 'escalated'] as const;
const UNKNOWN = WORK_ORDER_STATES.filter((state) => isBeforeDone(state) && !REPAIRABLE.some((its) => its === state));

/**
 * The outcome of the work order `o`. Work given up goes on to audit, settlement and pick-up like work done; there the last of
 * the two steps, done or unrepairable, says which it was.
 */
export function outcomeColumn(key: string): Knex.Raw {
  const marks = (codes: readonly string[]) => codes.map(() => '?').join(', ');
  return build.raw(
    `CASE
       WHEN o.state = 'cancelled' THEN 'Cancelled'
       WHEN o.state IN (${marks(REPAIRABLE)}) THEN 'Repairable'
       WHEN o.state IN (${marks(UNKNOWN)}) THEN 'Unknown'
       WHEN o.state = 'unrepairable' THEN 'End of life'
       WHEN (SELECT s.to_state FROM work_order_states s WHERE s.work_order_id = o.id
             AND s.to_state IN ('done', 'unrepairable') ORDER BY s.step DESC LIMIT 1) = 'unrepairable' THEN 'End of life'
       ELSE 'Fixed'
     END AS ??`,
    [...REPAIRABLE, ...UNKNOWN, key],
  );
}
