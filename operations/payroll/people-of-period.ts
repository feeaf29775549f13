import {
  peopleEmployed,
  peopleNotEmployed,
  peopleOwed,
  peoplePaid,
  withoutBasePay,
  type PersonPaid,
} from '#db/repositories/pay-entries.ts';
import type { PayPeriod } from '#db/repositories/payslips.ts';
import type { CommandContext } from '../operation.ts';

/** Few enough that others are served in between: all that each ever earned is looked through. */
const PEOPLE_AT_ONCE = 100;

/**
 * The unit's own people employed on a day of the period, and, without base pay, whoever has earned something here that isn't
 * paid yet, and `others`.
 */
export async function peopleOfPeriod(
  ctx: CommandContext,
  { unitId, fromOn, toOn }: PayPeriod,
  others: readonly string[],
): Promise<PersonPaid[]> {
  const days = { from: fromOn, to: toOn };
  const employed = await peopleEmployed(ctx.trx, unitId, days);
  const notEmployed = await peopleNotEmployed(ctx.trx, unitId, days);
  const owed = new Set(others);
  for (let from = 0; from < notEmployed.length; from += PEOPLE_AT_ONCE) {
    if (from > 0) await ctx.tell(0);
    const some = notEmployed.slice(from, from + PEOPLE_AT_ONCE);
    for (const id of await peopleOwed(ctx.trx, unitId, toOn, some)) owed.add(id);
  }
  for (const { id } of employed) owed.delete(id);
  return [...employed, ...(await peoplePaid(ctx.trx, [...owed])).map(withoutBasePay)];
}
