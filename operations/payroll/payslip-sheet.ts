import type { AnyExplanation } from '#domain/payroll/explanation.ts';
import { DomainError } from '#domain/errors.ts';
import { explanationOf, type EntryKind } from '#db/repositories/pay-entries.ts';
import type { AppealState } from '#db/repositories/pay-appeals.ts';
import {
  payslipLines,
  payslipOf,
  type MonthKind,
  type PayPeriod,
  type PayslipHead,
  type PayslipLine,
  type PayslipLineKind,
} from '#db/repositories/payslips.ts';
import type { Sql } from '#db/store.ts';
import type { WorkedOutAgain } from './late-months.ts';

/** Of base pay: the amount of a whole period and the days employed in it. */
export type BaseWorking = Readonly<{ whole: number; daysEmployed: number; daysOfPeriod: number }>;

/** Of what belongs to an earlier period: when it was earned, and the period in which the entry it takes back was paid. */
export type Origin = Readonly<{ earnedOn: string; paidFrom: string | null; paidTo: string | null }>;

export type ExplainedLine = Readonly<{
  lineNo: number;
  kind: PayslipLineKind;
  /** Of an adjustment: what it adjusts. */
  entryKind: EntryKind | MonthKind | null;
  awardId: string | null;
  /** Of the appeal against this deduction. */
  appeal: AppealState | null;
  amount: number;
  earnedOn: string | null;
  isReversal: boolean;
  workOrder: Readonly<{ id: string; number: string }> | null;
  base: BaseWorking | null;
  origin: Origin | null;
  /** Of what an earlier month pays more or less now. */
  again: WorkedOutAgain | null;
  /** Of all but base pay and what was carried in: how it came about. */
  why: AnyExplanation | null;
}>;

export type PayslipSheet = Readonly<{ period: PayPeriod; payslip: PayslipHead; lines: readonly ExplainedLine[] }>;

/** A payslip in which each line says how it came about. @throws DomainError `not-found` */
export async function payslipSheet(sql: Sql, period: PayPeriod, employeeId: string): Promise<PayslipSheet> {
  const payslip = await payslipOf(sql, period.id, employeeId);
  if (!payslip) throw new DomainError('not-found', { entity: 'payslip', id: employeeId });
  return { period, payslip, lines: (await payslipLines(sql, payslip.id)).map(explained) };
}

type Working = Partial<BaseWorking> & Readonly<{ origin?: Origin; again?: WorkedOutAgain; why?: AnyExplanation }>;

function explained(line: PayslipLine): ExplainedLine {
  const working = JSON.parse(line.explanation) as Working;
  const { whole, daysEmployed, daysOfPeriod, origin = null, again = null, why } = working;
  const isBase = whole !== undefined && daysEmployed !== undefined && daysOfPeriod !== undefined;
  const { workOrderId, workOrderNumber } = line;
  return {
    lineNo: line.lineNo,
    kind: line.kind,
    entryKind: line.entryKind,
    awardId: line.awardId,
    appeal: line.appealState,
    amount: line.amount,
    earnedOn: line.earnedOn,
    isReversal: line.isReversal,
    workOrder: workOrderId === null || workOrderNumber === null ? null : { id: workOrderId, number: workOrderNumber },
    base: isBase ? { whole, daysEmployed, daysOfPeriod } : null,
    origin,
    again,
    why: line.entryExplanation === null ? (why ?? null) : explanationOf(line.entryExplanation),
  };
}
