import { basePay } from './base-pay.ts';
import { itemEntries, satisfactionEntries } from './additions.ts';
import { commissionEntries } from './commission.ts';
import { deadlineEntries, deadlineOf } from './deadline.ts';
import { DEADLINE_WEIGHTS, ranked, rankRules } from './matching.ts';
import { monthlySatisfaction, monthsOf, rankTiers, tierEntries } from './monthly.ts';
import { payslipOf } from './payslip.ts';
import { clawbackEntries, isOwnRework, reworkedOrder } from './rework.ts';
import type { AnyPayEntry, OtherEntry, PayEmployee, PayEntry, PayResult, PayScenario, PeriodOrder } from './types.ts';
import { workingCalendar } from './working-time.ts';

/**
 * The pay of a period: of everybody a payslip, every entry of it with what it was computed from. The sequence in which anything
 * is given does not matter; payslips come by employee number, orders by id.
 * @throws DomainError `pay.shares-not-100-percent`; RangeError on figures past what is exact, or an item that isn't there
 */
export function calculatePay(scenario: PayScenario): PayResult {
  const { period } = scenario;
  const inPeriod = scenario.orders
    .filter(({ auditedOn }) => period.from <= auditedOn && auditedOn <= period.to)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const payOf = orderPay(scenario);
  const orders: { id: string; dueAt: number }[] = [];
  const entries = new Map<string, AnyPayEntry[]>(scenario.employees.map(({ number }) => [number, []]));
  for (const order of inPeriod) {
    const { dueAt, ...pay } = payOf(order);
    if (dueAt !== null) orders.push({ id: order.id, dueAt });
    for (const entry of pay.entries) entries.get(entry.employee)?.push(entry);
  }
  const months = monthsOf(inPeriod);
  const tiers = rankTiers(scenario.tierRules);
  const payslips = scenario.employees
    .toSorted((a, b) => (a.number < b.number ? -1 : 1))
    .map((employee) => {
      const month = months.get(employee.number);
      const ofMonth = [
        ...tierEntries(employee, month, tiers, period.to),
        ...(scenario.satisfaction ? monthlySatisfaction(employee.number, month, scenario.satisfaction) : []),
        ...carriedEntries(employee),
      ];
      const own = [...baseEntries(employee, period), ...(entries.get(employee.number) ?? []), ...ofMonth];
      return payslipOf(employee.number, own, scenario.deductionCapBp);
    });
  return { payslips, orders };
}

/** `dueAt` ms UTC, `delay` ms of working time beyond what was allowed. */
export type OrderPay = Readonly<{ dueAt: number | null; delay: number; entries: readonly AnyPayEntry[] }>;

/** What an order pays and takes, and when it was due: all that doesn't wait for the end of the period. */
export function orderPay(
  scenario: Omit<PayScenario, 'period' | 'tierRules' | 'deductionCapBp'>,
): (order: PeriodOrder) => OrderPay {
  const { satisfaction, rework } = scenario;
  const orders = new Map(scenario.orders.map((order) => [order.id, order]));
  const items = new Map(scenario.items.map((item) => [item.id, item]));
  const deadlines = ranked(scenario.deadlineRules, DEADLINE_WEIGHTS);
  const calendar = scenario.workingHours && workingCalendar(scenario.workingHours);
  const earnedBy = commissionOf(scenario, orders);
  return (order) => {
    const earned = earnedBy(order);
    const deadline = deadlineOf(order, deadlines, calendar);
    const first = reworkedOrder(order, orders, rework);
    const isOthers = first !== undefined && rework !== null && !isOwnRework(order, first);
    return {
      dueAt: deadline?.dueAt ?? null,
      delay: deadline?.delay ?? 0,
      entries: [
        ...earned,
        ...itemEntries(order, items, earned),
        ...(satisfaction ? satisfactionEntries(order, satisfaction) : []),
        ...(deadline ? deadlineEntries(order, deadline) : []),
        ...(isOthers ? clawbackEntries(order, earnedBy(first), rework) : []),
      ],
    };
  };
}

/** An order's commission; who does his own work again earns by the parts alone. */
function commissionOf(
  { employees, rules, rework }: Pick<PayScenario, 'employees' | 'rules' | 'rework'>,
  orders: ReadonlyMap<string, PeriodOrder>,
): (order: PeriodOrder) => readonly PayEntry[] {
  const byNumber = new Map<string, PayEmployee>(employees.map((employee) => [employee.number, employee]));
  const byFamily = rankRules(rules);
  return (order) => {
    const entries = commissionEntries(order, byFamily, byNumber);
    const first = reworkedOrder(order, orders, rework);
    return first && isOwnRework(order, first) ? entries.filter(({ family }) => family === 'parts') : entries;
  };
}

function baseEntries(employee: PayEmployee, period: PayScenario['period']): OtherEntry[] {
  const pay = basePay(employee, period);
  const parts = [
    ['base-salary', employee.baseSalary, pay.baseSalary],
    ['position-pay', employee.positionPay, pay.positionPay],
    ['grade-allowance', employee.gradeAllowance, pay.gradeAllowance],
  ] as const;
  return parts.flatMap(([kind, base, amount]) =>
    base === 0 ? [] : [{ ...ofNothing(employee.number), kind, base, share: amount, amount }],
  );
}

function carriedEntries({ number, carriedIn }: PayScenario['employees'][number]): OtherEntry[] {
  if (carriedIn === 0) return [];
  return [{ ...ofNothing(number), kind: 'carried-in', base: carriedIn, share: carriedIn, amount: 0 - carriedIn }];
}

const ofNothing = (employee: string) => ({ employee, ruleId: null, orderId: null, shareBp: null, rateBp: null });
