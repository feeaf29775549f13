import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Period } from '#domain/dates.ts';
import { basePay } from '#domain/payroll/base-pay.ts';
import { commissionEntries } from '#domain/payroll/commission.ts';
import { FAMILY_OF } from '#domain/payroll/matching.ts';
import type {
  PayComponent,
  PayConditions,
  PayEmployee,
  PayOrder,
  PayPartLine,
  PayRule,
} from '#domain/payroll/types.ts';
import { ONE_PIECE } from '#domain/quantity.ts';

// The worked cases that come with the payroll rules. What is not built yet is told from what a scenario contains.

const CASES = new URL('../../../shared/payroll-cases.json', import.meta.url);

type ScenarioShare = { employee: string; share: number };
type ScenarioOrder = Omit<PayOrder, 'technicians' | 'labour' | 'parts'> & {
  technicians: ScenarioShare[];
  labour: { workType: string; fee: number; labourCost?: number; units?: number; technicians?: ScenarioShare[] }[];
  parts: (Omit<PayPartLine, 'quantity' | 'soldBy'> & { quantity: string; soldBy?: string })[];
  startAt?: string;
  items?: unknown[];
  followUp?: unknown;
  reworkOf?: string;
};
type ScenarioRule = {
  id: string;
  component: PayComponent | 'monthly_tier';
  conditions: PayConditions;
  validFrom: string | null;
  validTo: string | null;
  rateBp?: number;
  amount?: number;
  discount?: 'before' | 'after';
  capAmount?: number;
};
type Scenario = {
  period: Period;
  employees: (Omit<PayEmployee, 'joinedOn' | 'leftOn'> & { joinedOn?: string; leftOn?: string; carriedIn?: number })[];
  rules?: ScenarioRule[];
  orders: ScenarioOrder[];
  deadlineRules?: unknown[];
  satisfaction?: unknown;
  caps?: unknown;
};
type Payslip = { employee: string; basePay: number; commission: number; gross: number; net: number };
type Case = { name: string; scenario: Scenario; expected: { payslips: Payslip[] } };

const cases: Case[] = existsSync(CASES) ? JSON.parse(readFileSync(CASES, 'utf8')) : [];

/** What changes gross or net pay beside commission and base pay, and is not built yet. */
function laterFeatures({ rules = [], orders, employees, deadlineRules = [], satisfaction, caps }: Scenario): string[] {
  return [
    rules.some((rule) => rule.component === 'monthly_tier') && 'monthly tiers',
    deadlineRules.length > 0 && 'deadlines',
    orders.some((order) => order.items?.length) && 'rewards and penalties',
    satisfaction && 'satisfaction',
    orders.some((order) => order.reworkOf) && 'rework',
    (caps || employees.some((employee) => employee.carriedIn)) && 'cap and carrying over',
  ].filter((feature) => typeof feature === 'string');
}

/** Of those, only rework changes what commission an order earns. */
const changesCommission = (feature: string) => feature === 'rework';

const thousandths = (decimal: string | number) => Math.round(Number(decimal) * ONE_PIECE);
const shares = (given: readonly ScenarioShare[] = []) =>
  given.map(({ employee, share }) => ({ employee, shareBp: share }));

function readEmployee(given: Scenario['employees'][number]): PayEmployee {
  return { ...given, joinedOn: given.joinedOn ?? null, leftOn: given.leftOn ?? null };
}

function readOrder(given: ScenarioOrder): PayOrder {
  return {
    ...given,
    technicians: shares(given.technicians),
    labour: given.labour.map((line) => ({
      ...line,
      labourCost: line.labourCost ?? 0,
      units: thousandths(line.units ?? 1),
      technicians: shares(line.technicians),
    })),
    parts: given.parts.map((line) => ({
      ...line,
      quantity: thousandths(line.quantity),
      soldBy: line.soldBy ?? null,
    })),
  };
}

function readRules(given: readonly ScenarioRule[]): PayRule[] {
  return given.flatMap(
    ({ component, rateBp = 0, amount = 0, discount = 'before', capAmount = null, ...head }): PayRule[] => {
      if (component === 'monthly_tier') return [];
      if (component === 'per_unit' || component === 'per_job') return [{ ...head, component, amount, capAmount }];
      return [{ ...head, component, rateBp, discount, capAmount }];
    },
  );
}

function computed({ period, employees, rules = [], orders }: Scenario) {
  const people = employees.map(readEmployee);
  const byNumber = new Map(people.map((employee) => [employee.number, employee]));
  const entries = orders
    .filter((order) => period.from <= order.auditedOn && order.auditedOn <= period.to)
    .flatMap((order) => commissionEntries(readOrder(order), readRules(rules), byNumber));
  const slips = people.map((employee) => ({
    employee: employee.number,
    basePay: basePay(employee, period).total,
    commission: entries
      .filter((entry) => entry.employee === employee.number)
      .reduce((sum, entry) => sum + entry.amount, 0),
  }));
  return slips.toSorted((a, b) => (a.employee < b.employee ? -1 : 1));
}

test.skipIf(cases.length === 0)('the worked payroll cases (../shared/payroll-cases.json) are there', () => {
  expect(cases.every(({ scenario }) => (scenario.rules ?? []).every(isKnownRule))).toBe(true);
});

const isKnownRule = ({ component }: ScenarioRule) => component === 'monthly_tier' || component in FAMILY_OF;

describe.each(cases)('worked case: $name', ({ scenario, expected }) => {
  const later = laterFeatures(scenario);
  const blocking = later.filter(changesCommission);
  const blockedBy = blocking.length > 0 ? ` (not yet: ${blocking.join(', ')})` : '';
  const leftOut = later.length > 0 ? ` (not yet: ${later.join(', ')})` : '';

  test.skipIf(blocking.length > 0)(`commission and base pay${blockedBy}`, () => {
    const figures = expected.payslips.map(({ employee, basePay, commission }) => ({ employee, basePay, commission }));
    expect(computed(scenario)).toEqual(figures);
  });

  test.skipIf(later.length > 0)(`gross and net pay${leftOut}`, () => {
    const totals = computed(scenario).map((slip) => slip.basePay + slip.commission);
    expect(totals).toEqual(expected.payslips.map((slip) => slip.gross));
    expect(totals).toEqual(expected.payslips.map((slip) => slip.net));
  });
});
