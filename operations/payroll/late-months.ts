import type { OtherExplanation } from '#domain/payroll/explanation.ts';
import { monthsTakenIn, paidAs, paidByMonth, type PaidAs, type PaidByMonth } from '#db/repositories/late-changes.ts';
import { peoplePaid, type PersonPaid } from '#db/repositories/pay-entries.ts';
import { auditedOf } from '#db/repositories/pay-orders.ts';
import { requirePeriod, type MonthKind, type PayPeriod } from '#db/repositories/payslips.ts';
import type { CommandContext } from '../operation.ts';
import { monthPay, monthRulesOf, type MonthPay } from './month-lines.ts';
import { monthsOfOrders, ordersOfPeriod } from './months.ts';

/** What a month of an earlier period pays more or less now than was paid for it; fen. */
export type LateMonth = Readonly<{
  employeeId: string;
  forPeriodId: string;
  adjusts: MonthKind;
  /** Of a tier, where there is one now. */
  ruleId: string | null;
  amount: number;
  why: OtherExplanation;
  again: WorkedOutAgain;
}>;

/** The period that was worked out again, what it pays now, and what was paid for it until now. */
export type WorkedOutAgain = Readonly<{ from: string; to: string; now: number; paid: number }>;

/**
 * The months that the period takes in, of those people, worked out again from the orders as they are now, by the rules and terms
 * of their own last day and the grade and unit that was paid then. By employee; whose pay is the same isn't in it.
 */
export async function lateMonths(
  ctx: CommandContext,
  period: PayPeriod,
  isWanted: (employeeId: string) => boolean,
): Promise<ReadonlyMap<string, readonly LateMonth[]>> {
  const months = (await monthsTakenIn(ctx.trx, period.id)).filter(({ employeeId }) => isWanted(employeeId));
  const late: LateMonth[] = [];
  for (const [earlierId, some] of Map.groupBy(months, ({ periodId }) => periodId)) {
    const earlier = await requirePeriod(ctx.trx, earlierId);
    const employeeIds = some.map(({ employeeId }) => employeeId);
    late.push(...(await workedOutAgain(ctx, earlier, period, employeeIds)));
  }
  late.sort((a, b) => (a.again.from < b.again.from ? -1 : a.again.from > b.again.from ? 1 : 0));
  return Map.groupBy(late, ({ employeeId }) => employeeId);
}

async function workedOutAgain(
  ctx: CommandContext,
  earlier: PayPeriod,
  period: PayPeriod,
  employeeIds: readonly string[],
): Promise<LateMonth[]> {
  const rules = await monthRulesOf(ctx.trx, earlier);
  const as = new Map((await paidAs(ctx.trx, earlier.id)).map((one) => [one.employeeId, one]));
  const orders = await ordersOf(ctx, earlier, employeeIds, as.size);
  const months = await monthsOfOrders(ctx.trx, orders, { between: () => ctx.tell(0) });
  const paid = Map.groupBy(await paidByMonth(ctx.trx, earlier.id, period.id), ({ employeeId }) => employeeId);
  const people = await peoplePaid(ctx.trx, employeeIds);
  return people.flatMap((person) => {
    const now = monthPay(rules, asPaid(person, as.get(person.id)), months.get(person.number));
    return differences(earlier, person.id, now, paid.get(person.id) ?? []);
  });
}

const MONTHS_OF_A_YEAR = 12;

/** Of few people only their own are read, which are looked for among all that they ever did. */
async function ordersOf(ctx: CommandContext, period: PayPeriod, employeeIds: readonly string[], people: number) {
  if (employeeIds.length * MONTHS_OF_A_YEAR > people) return ordersOfPeriod(ctx, period);
  return auditedOf(ctx.trx, period.unitId, { from: period.fromOn, to: period.toOn }, employeeIds);
}

const asPaid = (person: PersonPaid, as: PaidAs | undefined): PersonPaid =>
  as === undefined ? person : { ...person, grade: as.grade, unit: as.homeUnitId };

function differences(
  { id: forPeriodId, fromOn: from, toOn: to }: PayPeriod,
  employeeId: string,
  pays: readonly MonthPay[],
  paidBefore: readonly PaidByMonth[],
): LateMonth[] {
  return pays.flatMap(({ kind: adjusts, measure, ruleId, amount: now, why }) => {
    const same = paidBefore.filter((one) => one.kind === adjusts && one.measure === measure);
    const paid = same.reduce((sum, { amount }) => sum + amount, 0);
    if (now === paid) return [];
    return [{ employeeId, forPeriodId, adjusts, ruleId, amount: now - paid, why, again: { from, to, now, paid } }];
  });
}
