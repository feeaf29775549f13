import { setCounters, type StockCount } from '#db/repositories/stock-counts.ts';
import type { CommandContext } from '../operation.ts';

/** Who counted a line of a count: none of them confirms it. */
export const countersOf = ({ counterIds }: Pick<StockCount, 'counterIds'>): string[] =>
  JSON.parse(counterIds) as string[];

/** Whoever counts is noted once. */
export async function noteCounter(ctx: CommandContext, count: StockCount): Promise<void> {
  const counters = countersOf(count);
  const { employeeId } = ctx.actor;
  if (!counters.includes(employeeId)) await setCounters(ctx.trx, count.id, [...counters, employeeId]);
}
