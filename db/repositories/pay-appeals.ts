import { keysBefore } from '../bulk.ts';
import type { Listing } from '../listing.ts';
import type { Sql, Transaction } from '../store.ts';
import { requireRow, updateVersioned } from './documents.ts';
import { isNoReversal } from './pay-entries.ts';

/** Appeals of technicians against deductions. */

export const DEDUCTION_KINDS = ['deadline', 'penalty', 'satisfaction', 'clawback'] as const;
export type DeductionKind = (typeof DEDUCTION_KINDS)[number];
export type AppealState = 'open' | 'granted' | 'refused';

export type PayAppeal = Readonly<{
  id: string;
  unitId: string;
  employeeId: string;
  kind: DeductionKind;
  workOrderId: string | null;
  /** Of a penalty. */
  awardId: string | null;
  reason: string;
  attachmentId: string | null;
  filedOn: string;
  state: AppealState;
  /** Why it was granted or refused. */
  decision: string;
  decidedById: string | null;
  decidedAt: number | null;
  version: number;
  createdAt: number;
}>;

/** Those of the orders that were granted, as `<order> <kind> <employee number> <award>`. */
export async function grantedAppeals(sql: Sql, workOrderIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql.values<[workOrderId: string, kind: string, number: string, awardId: string | null]>(
    `SELECT a.work_order_id, a.kind, e.number, a.award_id
     FROM ${keysBefore(sql.dialect)} pay_appeals a ON a.work_order_id = j.value AND a.state = 'granted'
     JOIN people e ON e.id = a.employee_id`,
    [JSON.stringify(workOrderIds)],
  );
  return new Set(
    rows.map(([workOrderId, kind, number, awardId]) => `${workOrderId} ${kind} ${number} ${awardId ?? ''}`),
  );
}

/** @throws DomainError `not-found` */
export async function requireAppeal(sql: Sql, id: string, suffix = ''): Promise<PayAppeal> {
  return requireRow<PayAppeal>(sql, 'pay_appeals', id, 'payAppeal', suffix);
}

export async function insertAppeal(trx: Transaction, appeal: PayAppeal): Promise<void> {
  await trx.insert('pay_appeals', appeal);
}

/** @throws DomainError `document.changed` */
export async function markDecided(
  trx: Transaction,
  id: string,
  version: number,
  decided: Pick<PayAppeal, 'state' | 'decision' | 'decidedById' | 'decidedAt'>,
): Promise<void> {
  await updateVersioned(trx, 'pay_appeals', id, version, decided);
}

/** An appeal `a` is about a pay entry `e`: the same deduction keeps its appeal when it is reckoned anew. */
export const IS_ABOUT = `a.employee_id = e.employee_id AND a.kind = e.kind
  AND COALESCE(a.work_order_id, '') = COALESCE(e.work_order_id, '') AND COALESCE(a.award_id, '') = COALESCE(e.award_id, '')`;

/** The appeal against the same deduction as the entry's. */
export async function appealAgainst(sql: Sql, entryId: string): Promise<{ id: string } | undefined> {
  return sql.first(`SELECT a.id FROM pay_entries e JOIN pay_appeals a ON ${IS_ABOUT} WHERE e.id = ?`, [entryId]);
}

export type EntryToAppeal = Readonly<{
  id: string;
  unitId: string;
  employeeId: string;
  kind: string;
  workOrderId: string | null;
  awardId: string | null;
  amount: number;
  isStanding: boolean;
}>;

export async function entryToAppeal(sql: Sql, id: string): Promise<EntryToAppeal | undefined> {
  const row = await sql.first<Omit<EntryToAppeal, 'isStanding'> & { isStanding: number }>(
    `SELECT e.id, e.unit_id, e.employee_id, e.kind, e.work_order_id, e.award_id, e.amount,
       CASE WHEN e.reverses_id IS NULL AND r.id IS NULL THEN 1 ELSE 0 END AS is_standing
     FROM pay_entries e LEFT JOIN pay_entries r ON r.reverses_id = e.id WHERE e.id = ?`,
    [id],
  );
  return row && { ...row, isStanding: Boolean(row.isStanding) };
}

export type OwnDeduction = Readonly<{
  entryId: string;
  kind: DeductionKind;
  /** Fen, below 0; of one that an appeal did away with, what it was. */
  amount: number;
  earnedOn: string;
  workOrderId: string | null;
  workOrder: string | null;
  awardId: string | null;
  /** Evidence that was kept with a penalty. */
  evidenceId: string | null;
  explanation: string;
  /** Of the period in which it was taken; null: not yet. */
  paidFrom: string | null;
  paidTo: string | null;
  appealState: AppealState | null;
  appealReason: string | null;
  decision: string | null;
}>;

const IS_GONE = 'EXISTS (SELECT 1 FROM pay_entries r WHERE r.reverses_id = e.id)';

/** Of an entry that an appeal did away with: there is none later for the same deduction. */
const IS_LAST = `NOT EXISTS (SELECT 1 FROM pay_entries n WHERE n.employee_id = e.employee_id AND n.kind = e.kind
  AND ${isNoReversal('n')} AND n.amount < 0 AND n.id > e.id
  AND COALESCE(n.work_order_id, '') = COALESCE(e.work_order_id, '') AND COALESCE(n.award_id, '') = COALESCE(e.award_id, ''))`;

/** Somebody's deductions since a day, and those that are on no locked payslip yet; the newest first. */
export async function deductionsOf(sql: Sql, employeeId: string, since: string): Promise<OwnDeduction[]> {
  return sql.all<OwnDeduction>(
    `SELECT e.id AS entry_id, e.kind, e.amount, e.earned_on, e.work_order_id, w.number AS work_order, e.award_id,
       g.attachment_id AS evidence_id, e.explanation, p.from_on AS paid_from, p.to_on AS paid_to,
       a.state AS appeal_state, a.reason AS appeal_reason, a.decision
     FROM pay_entries e LEFT JOIN work_orders w ON w.id = e.work_order_id LEFT JOIN pay_awards g ON g.id = e.award_id
     LEFT JOIN pay_appeals a ON ${IS_ABOUT}
     LEFT JOIN payslip_lines l ON l.pay_entry_id = e.id LEFT JOIN payslips s ON s.id = l.payslip_id
     LEFT JOIN pay_periods p ON p.id = s.period_id AND p.state IN ('locked', 'paid')
     WHERE e.employee_id = ? AND ${isNoReversal('e')} AND e.amount < 0 AND e.kind <> 'commission'
       AND (NOT ${IS_GONE} OR (a.state = 'granted' AND ${IS_LAST})) AND (e.earned_on >= ? OR p.id IS NULL)
     ORDER BY e.earned_on DESC, e.id DESC LIMIT 500`,
    [employeeId, since],
  );
}

const APPEALED = `(SELECT MAX(e.id) FROM pay_entries e WHERE ${isNoReversal('e')} AND e.amount < 0 AND ${IS_ABOUT})`;

export const PAY_APPEALS: Listing = {
  from: `pay_appeals a JOIN people m ON m.id = a.employee_id LEFT JOIN work_orders w ON w.id = a.work_order_id
    LEFT JOIN pay_awards g ON g.id = a.award_id LEFT JOIN people d ON d.id = a.decided_by_id
    LEFT JOIN pay_entries x ON x.id = ${APPEALED}`,
  columns: {
    id: { sql: 'a.id', type: 'text' },
    filedOn: { sql: 'a.filed_on', type: 'date' },
    employeeId: { sql: 'a.employee_id', type: 'text' },
    employee: { sql: 'm.name', type: 'text' },
    employeeNumber: { sql: 'm.number', type: 'text' },
    kind: { sql: 'a.kind', type: 'text' },
    amount: { sql: 'x.amount', type: 'number' },
    explanation: { sql: 'x.explanation', type: 'text' },
    earnedOn: { sql: 'x.earned_on', type: 'date' },
    workOrderId: { sql: 'a.work_order_id', type: 'text' },
    workOrder: { sql: 'w.number', type: 'text' },
    evidenceId: { sql: 'g.attachment_id', type: 'text' },
    reason: { sql: 'a.reason', type: 'text' },
    attachmentId: { sql: 'a.attachment_id', type: 'text' },
    state: { sql: 'a.state', type: 'text' },
    decision: { sql: 'a.decision', type: 'text' },
    decidedBy: { sql: 'd.name', type: 'text' },
    decidedAt: { sql: 'a.decided_at', type: 'instant' },
    version: { sql: 'a.version', type: 'number' },
  },
  order: [
    ['filedOn', 'desc'],
    ['id', 'desc'],
  ],
};

export type PayAppealRow = Readonly<{
  id: string;
  filedOn: string;
  employeeId: string;
  employee: string;
  employeeNumber: string;
  kind: DeductionKind;
  amount: number | null;
  explanation: string | null;
  earnedOn: string | null;
  workOrderId: string | null;
  workOrder: string | null;
  evidenceId: string | null;
  reason: string;
  attachmentId: string | null;
  state: AppealState;
  decision: string;
  decidedBy: string | null;
  decidedAt: number | null;
  version: number;
}>;

/** The person has pay by the award, or the appeal is his. */
export async function isPaidToOrOf(sql: Sql, awardOrAppealId: string, employeeId: string): Promise<boolean> {
  const found = await sql.first(
    `SELECT id FROM pay_entries WHERE award_id = ? AND employee_id = ?
     UNION ALL SELECT id FROM pay_appeals WHERE id = ? AND employee_id = ?`,
    [awardOrAppealId, employeeId, awardOrAppealId, employeeId],
  );
  return found !== undefined;
}
