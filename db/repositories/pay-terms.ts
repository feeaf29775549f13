import type { DeadlineRule, PayScenario, SatisfactionPay } from '#domain/payroll/types.ts';
import type { WorkingHours } from '#domain/payroll/working-time.ts';
import type { Sql, Transaction } from '../store.ts';

/** What is the same for everybody's pay, published from a date on and never changed. */

/** Deductions that the system makes by itself and a company may do without. */
export const SWITCHES = ['deadline', 'dissatisfied', 'clawback', 'old-parts'] as const;
export type Switch = (typeof SWITCHES)[number];

export type PayTerms = Readonly<{
  /** On the clock of the unit whose work it is. Null: every minute is a working minute. */
  workingHours: Omit<WorkingHours, 'timeZone'> | null;
  satisfaction: SatisfactionPay | null;
  rework: PayScenario['rework'];
  deductionCapBp: number | null;
  off: readonly Switch[];
}>;

export const NO_TERMS: PayTerms = {
  workingHours: null,
  satisfaction: null,
  rework: null,
  deductionCapBp: null,
  off: [],
};

export type PublishedTerms = Readonly<{
  id: string;
  unitId: string;
  validFrom: string;
  body: string; // JSON of PayTerms
  employeeId: string;
  createdAt: number;
}>;

/** Those in force on a date: of several from one date on the last that was published. */
export async function termsOn(sql: Sql, on: string): Promise<PayTerms> {
  const row = await sql.first<PublishedTerms>(
    'SELECT * FROM pay_terms WHERE valid_from <= ? ORDER BY valid_from DESC, created_at DESC, id DESC LIMIT 1',
    [on],
  );
  return row ? (JSON.parse(row.body) as PayTerms) : NO_TERMS;
}

export type ListedTerms = Omit<PublishedTerms, 'body' | 'employeeId' | 'unitId'> &
  Readonly<{ terms: PayTerms; by: string | null }>;

/** All of them with who published them, the ones that count most first. */
export async function publishedTerms(sql: Sql): Promise<ListedTerms[]> {
  const rows = await sql.all<PublishedTerms & Readonly<{ by: string | null }>>(
    `SELECT t.*, e.name AS "by" FROM pay_terms t LEFT JOIN people e ON e.id = t.employee_id
     ORDER BY t.valid_from DESC, t.created_at DESC, t.id DESC`,
  );
  return rows.map(({ id, validFrom, createdAt, by, body }) => ({
    id,
    validFrom,
    createdAt,
    by,
    terms: JSON.parse(body) as PayTerms,
  }));
}

export async function insertTerms(trx: Transaction, terms: PublishedTerms): Promise<void> {
  await trx.insert('pay_terms', terms);
}

export type DeadlineRuleRow = Readonly<{
  id: string;
  unitId: string;
  code: string;
  whenUrgency: string | null;
  whenServiceMode: string | null;
  limitMinutes: number;
  graceMinutes: number;
  unitMinutes: number;
  amountPerUnit: number;
  capAmount: number | null;
  validFrom: string;
  validTo: string | null;
  version: number;
  createdAt: number;
}>;

export async function listDeadlineRules(sql: Sql): Promise<DeadlineRuleRow[]> {
  return sql.all<DeadlineRuleRow>('SELECT * FROM deadline_rules ORDER BY valid_from, code');
}

export async function deadlineRuleByCode(sql: Sql, code: string): Promise<{ id: string } | undefined> {
  return sql.first<{ id: string }>('SELECT id FROM deadline_rules WHERE code = ?', [code]);
}

export async function insertDeadlineRule(trx: Transaction, rule: DeadlineRuleRow): Promise<void> {
  await trx.insert('deadline_rules', rule);
}

export type CodedDeadlineRule = DeadlineRule & Readonly<{ code: string }>;

/** Those in force on a date at least of the time. */
export async function deadlineRulesWithin(sql: Sql, from: string, to: string): Promise<CodedDeadlineRule[]> {
  const rows = await sql.all<DeadlineRuleRow>(
    'SELECT * FROM deadline_rules WHERE valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?)',
    [to, from],
  );
  return rows.map(
    ({ whenUrgency: urgency, whenServiceMode: serviceMode, unitId: _, version: _v, createdAt: _c, ...rule }) => ({
      ...rule,
      conditions: { urgency, serviceMode },
    }),
  );
}
