import {
  insertLateChanges,
  techniciansOfOrders,
  waitingMonths,
  type MonthOfPerson,
} from '#db/repositories/late-changes.ts';
import type { PayPeriod } from '#db/repositories/payslips.ts';
import type { CommandContext } from '../operation.ts';

const keyOf = ({ periodId, employeeId }: MonthOfPerson): string => `${periodId} ${employeeId}`;

/**
 * Of orders that count, or counted until now, to the month of a period whose payslips are made: whose month is to be worked out
 * again. What waits for it already is noted once.
 * @param made periods, the earliest first
 * @param auditedOn by order
 */
export async function noteLateChanges(
  ctx: CommandContext,
  made: readonly PayPeriod[],
  auditedOn: ReadonlyMap<string, string>,
): Promise<void> {
  const periodOf = periodsOf(made, auditedOn);
  if (periodOf.size === 0) return;
  const months = new Map<string, MonthOfPerson>();
  for (const { workOrderId, employeeId } of await techniciansOfOrders(ctx.trx, [...periodOf.keys()])) {
    const month = { periodId: periodOf.get(workOrderId) ?? '', employeeId };
    months.set(keyOf(month), month);
  }
  const people = new Set([...months.values()].map(({ employeeId }) => employeeId));
  for (const waiting of await waitingMonths(ctx.trx, [...people])) months.delete(keyOf(waiting));
  const { unitId } = ctx.station;
  await insertLateChanges(
    ctx.trx,
    [...months.values()].map((month) => ({ id: ctx.newId(), unitId, ...month, notedOn: ctx.today })),
  );
}

/** By order; what counts to no such month isn't in it. */
function periodsOf(made: readonly PayPeriod[], auditedOn: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const last = made.at(-1)?.toOn ?? '';
  const periodOf = new Map<string, string>();
  for (const [id, day] of auditedOn) {
    if (day > last) continue;
    const period = made.find(({ fromOn, toOn }) => fromOn <= day && day <= toOn);
    if (period) periodOf.set(id, period.id);
  }
  return periodOf;
}
