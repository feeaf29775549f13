import { basePay } from './base-pay.ts';
import { itemEntries, satisfactionEntries } from './additions.ts';
import { commissionEntries } from './commission.ts';
import { deadlineEntries, deadlineOf } from './deadline.ts';
import { rankDeadlines, rankRules, type Chooser, type RulesByFamily } from './matching.ts';
import { monthlySatisfaction, monthsOf, rankTiers, tierEntries } from './monthly.ts';
import { payslipOf } from './payslip.ts';
import { clawbackEntries, isOwnRework, reworkedOrder } from './rework.ts';
import type {
  AnyPayEntry,
  DeadlineRule,
  OtherEntry,
  PayEmployee,
  PayEntry,
  PayItem,
  PayResult,
  PayScenario,
  PeriodOrder,
} from './types.ts';
import { workingCalendar, type WorkingCalendar } from './working-time.ts';

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
  const basis = basisOf(scenario);
  const orders: { id: string; dueAt: number }[] = [];
  const entries = new Map<string, AnyPayEntry[]>(scenario.employees.map(({ number }) => [number, []]));
  for (const order of inPeriod) {
    const { dueAt, ...pay } = orderPay(basis, order);
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

/** All that decides what orders pay. Who reckons many of them at different times may go on adding to the maps. */
export type PayBasis = Readonly<{
  /** By number. */
  employees: ReadonlyMap<string, PayEmployee>;
  rules: RulesByFamily;
  deadlineRules: Chooser<DeadlineRule>;
  /** Null: every minute is a working minute. */
  calendar: WorkingCalendar | null;
  items: ReadonlyMap<string, PayItem>;
  satisfaction: PayScenario['satisfaction'];
  rework: PayScenario['rework'];
  /** To be looked up: those whose work is done again. */
  orders: ReadonlyMap<string, PeriodOrder>;
}>;

function basisOf(scenario: PayScenario): PayBasis {
  const { satisfaction, rework } = scenario;
  return {
    employees: new Map(scenario.employees.map((employee) => [employee.number, employee])),
    rules: rankRules(scenario.rules),
    deadlineRules: rankDeadlines(scenario.deadlineRules),
    calendar: scenario.workingHours && workingCalendar(scenario.workingHours),
    items: new Map(scenario.items.map((item) => [item.id, item])),
    satisfaction,
    rework,
    orders: new Map(scenario.orders.map((order) => [order.id, order])),
  };
}

/** What an order pays and takes, and when it was due: all that doesn't wait for the end of the period. */
export function orderPay(basis: PayBasis, order: PeriodOrder): OrderPay {
  const { satisfaction, rework, items, deadlineRules, calendar } = basis;
  const earned = commissionOf(basis, order);
  const entries: AnyPayEntry[] = [...earned];
  if (order.items.length > 0) entries.push(...itemEntries(order, items, earned));
  if (satisfaction && order.followUp !== null) entries.push(...satisfactionEntries(order, satisfaction));
  const deadline = deadlineOf(order, deadlineRules, calendar);
  if (deadline && deadline.delay > 0) entries.push(...deadlineEntries(order, deadline));
  const first = reworkedOrder(order, basis.orders, rework);
  if (first && rework && !isOwnRework(order, first))
    entries.push(...clawbackEntries(order, commissionOf(basis, first), rework));
  return { dueAt: deadline?.dueAt ?? null, delay: deadline?.delay ?? 0, entries };
}

/** An order's commission; who does his own work again earns by the parts alone. */
function commissionOf({ employees, rules, rework, orders }: PayBasis, order: PeriodOrder): readonly PayEntry[] {
  const entries = commissionEntries(order, rules, employees);
  const first = reworkedOrder(order, orders, rework);
  return first && isOwnRework(order, first) ? entries.filter(({ family }) => family === 'parts') : entries;
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
