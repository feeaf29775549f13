import type { AmountRule, PayComponent, PayRule, RateRule, TierMeasure, TierRule } from '#domain/payroll/types.ts';
import type { Sql, Transaction } from '../store.ts';

export type CommissionRule = Readonly<{
  id: string;
  unitId: string;
  code: string;
  component: PayComponent | 'monthly_tier';
  rateBp: number | null;
  amount: number | null;
  isAfterDiscount: boolean;
  capAmount: number | null;
  validFrom: string;
  validTo: string | null;
  whenEmployee: string | null;
  whenWorkType: string | null;
  whenProductCategory: string | null;
  whenGrade: string | null;
  whenWarrantyClass: string | null;
  whenServiceMode: string | null;
  whenUnit: string | null;
  /** Of a monthly tier; JSON of TiersKept. */
  measure: TierMeasure | null;
  tiers: string | null;
  version: number;
  createdAt: number;
}>;

export type ListedRule = CommissionRule &
  Readonly<{ employeeName: string | null; workTypeName: string | null; unitName: string | null }>;

/** Those for one person only if it is somebody one sees. */
export async function listRules(sql: Sql): Promise<ListedRule[]> {
  return sql.all<ListedRule>(
    `SELECT r.*, e.name AS employee_name, w.name AS work_type_name, u.name AS unit_name FROM commission_rules r
     LEFT JOIN employees e ON e.id = r.when_employee LEFT JOIN work_types w ON w.id = r.when_work_type
     LEFT JOIN units u ON u.id = r.when_unit WHERE r.when_employee IS NULL OR e.id IS NOT NULL ORDER BY r.component, r.valid_from, r.code`,
  );
}

export async function ruleByCode(sql: Sql, code: string): Promise<{ id: string } | undefined> {
  return sql.first<{ id: string }>('SELECT id FROM commission_rules WHERE code = ?', [code]);
}

export async function insertRule(trx: Transaction, rule: CommissionRule): Promise<void> {
  await trx.insert('commission_rules', rule);
}

/** A rule as the commission core takes it; there people are known by number, since ties go to the lower one. */
export type CodedRule = PayRule & Readonly<{ code: string }>;

export type CodedTierRule = TierRule & Readonly<{ code: string }>;

/** Rules in force on a day at least of the time. */
export type RulesWithin = Readonly<{ rules: readonly CodedRule[]; tierRules: readonly CodedTierRule[] }>;

export async function rulesWithin(sql: Sql, from: string, to: string): Promise<RulesWithin> {
  const rows = await sql.all<CommissionRule & { employeeNumber: string | null }>(
    `SELECT r.*, e.number AS employee_number FROM commission_rules r LEFT JOIN people e ON e.id = r.when_employee
     WHERE r.valid_from <= ? AND (r.valid_to IS NULL OR r.valid_to >= ?)`,
    [to, from],
  );
  return sorted(rows.map((row) => codedRule(row, row.employeeNumber)));
}

/** Those of orders, and those of months. */
export function sorted(all: readonly (CodedRule | CodedTierRule)[]): RulesWithin {
  return {
    rules: all.filter((rule): rule is CodedRule => !('measure' in rule)),
    tierRules: all.filter((rule): rule is CodedTierRule => 'measure' in rule),
  };
}

export function codedRule(row: CommissionRule, employeeNumber: string | null): CodedRule | CodedTierRule {
  const head = headOf(row, employeeNumber);
  return row.component === 'monthly_tier' ? tierRule(head, row) : payRule(head, row, row.component);
}

type Head = Omit<CodedRule, 'component' | 'amount' | 'rateBp' | 'discount'>;

function headOf(row: CommissionRule, employeeNumber: string | null): Head {
  return {
    id: row.id,
    code: row.code,
    conditions: {
      employee: employeeNumber,
      workType: row.whenWorkType,
      productCategory: row.whenProductCategory,
      grade: row.whenGrade,
      warrantyClass: row.whenWarrantyClass,
      serviceMode: row.whenServiceMode,
      unit: row.whenUnit,
    },
    validFrom: row.validFrom,
    validTo: row.validTo,
    capAmount: row.capAmount,
  };
}

function payRule(head: Head, { amount, rateBp, isAfterDiscount }: CommissionRule, component: PayComponent): CodedRule {
  if (component === 'per_unit' || component === 'per_job')
    return { ...head, component, amount: amount ?? 0 } satisfies AmountRule & { code: string };
  const discount = isAfterDiscount ? 'after' : 'before';
  return { ...head, component, rateBp: rateBp ?? 0, discount } satisfies RateRule & { code: string };
}

/** How the tiers of a rule are kept, as JSON. */
export type TiersKept = Pick<TierRule, 'mode' | 'tiers'>;

function tierRule(head: Head, { measure, tiers }: CommissionRule): CodedTierRule {
  const kept = JSON.parse(tiers ?? '{}') as TiersKept;
  return { ...head, measure: measure ?? 'orders', ...kept } as CodedTierRule;
}

export type RuleChoices = Readonly<{
  employees: readonly Readonly<{ id: string; number: string; name: string }>[];
  workTypes: readonly Readonly<{ id: string; name: string }>[];
  units: readonly Readonly<{ id: string; name: string }>[];
  categories: readonly string[];
  grades: readonly string[];
}>;

/** What the conditions of a rule may name. */
export async function ruleChoices(sql: Sql): Promise<RuleChoices> {
  const values = async (text: string) => (await sql.all<{ value: string }>(text)).map(({ value }) => value);
  return {
    employees: await sql.all('SELECT id, number, name FROM employees ORDER BY number'),
    workTypes: await sql.all('SELECT id, name FROM work_types ORDER BY code'),
    units: await sql.all('SELECT id, name FROM units ORDER BY code'),
    categories: await values(
      `SELECT value FROM dictionary_entries WHERE dictionary = 'category' UNION SELECT category AS value FROM devices ORDER BY 1`,
    ),
    grades: await values(
      `SELECT value FROM dictionary_entries WHERE dictionary = 'grade'
       UNION SELECT grade AS value FROM employees WHERE grade <> '' ORDER BY 1`,
    ),
  };
}

/** Whom rules may be for, as they are told apart by them. */
export async function rulePeople(
  sql: Sql,
): Promise<Readonly<{ number: string; grade: string | null; unit: string | null }>[]> {
  return sql.all('SELECT number, grade, unit_id AS unit FROM employees WHERE is_active = 1 ORDER BY number');
}
