import { applyRate, WHOLE_BP } from '../money.ts';
import { orderFigures, type LabourFigures, type PartFigures } from './bases.ts';
import type { PayComponent, PayEntry, PayOrder, PayRule, TierMeasure } from './types.ts';

/**
 * Everything an entry was computed from, kept with it for good: whoever holds it can compute the amount again by hand, also
 * after the order, the rule or the names have changed.
 */
export type Explanation = Readonly<{
  rule: string;
  component: PayComponent;
  discount: 'before' | 'after';
  /** What was worked or sold: name of work type or part; empty for the job as a whole. */
  subject: string;
  /** From 1; null for the job as a whole. */
  lineNo: number | null;
  /** What the base was made of; null for a fixed amount. */
  figures: LabourFigures | PartFigures | null;
  base: number;
  shareBp: number;
  share: number;
  rateBp: number | null;
  unitAmount: number | null;
  units: number | null;
  capAmount: number | null;
  capped: boolean;
  /** What rounding added, in ten-thousandths of a fen: between −5000 and 5000. */
  rounding: number;
}>;

/** Of what isn't commission. */
export type OtherExplanation = Readonly<{
  component: 'deadline' | 'reward' | 'penalty' | 'satisfaction' | 'clawback' | 'tier' | 'satisfaction-month';
  /** Code of the rule, of the reward or penalty; number of the order whose work was done again; empty: there is none. */
  rule: string;
  /** Name of the reward or penalty; what the customer said. */
  subject: string;
  /** Why it was given. */
  reason: string;
  base: number;
  shareBp: number | null;
  share: number;
  rateBp: number | null;
  capAmount: number | null;
  delay: DelayExplained | null;
  /** Of a monthly tier, as the rule says them. */
  tiers: Readonly<{ measure: TierMeasure; mode: 'progressive' | 'step'; steps: readonly TierStep[] }> | null;
}>;

/** Instants in ms UTC, times in working minutes. */
export type DelayExplained = Readonly<{
  dueAt: number;
  doneAt: number;
  lateMinutes: number;
  limitMinutes: number;
  graceMinutes: number;
  unitMinutes: number;
  amountPerUnit: number;
}>;

export type TierStep = Readonly<{ from: number; rateBp?: number; amount?: number }>;

export type AnyExplanation = Explanation | OtherExplanation;

export const isOfCommission = (one: AnyExplanation): one is Explanation => 'figures' in one;

/** @param subject name of what was worked or sold; empty for the job as a whole */
export function explain(
  entry: PayEntry,
  order: PayOrder,
  rule: PayRule & Readonly<{ code: string }>,
  subject: string,
): Explanation {
  const { component, line, base, shareBp, share, rateBp, unitAmount, units, capped } = entry;
  const earned = rateBp === null ? share : applyRate(share, rateBp);
  return {
    rule: rule.code,
    component,
    discount: 'discount' in rule ? rule.discount : 'before',
    subject,
    lineNo: line === null ? null : line + 1,
    figures: rateBp === null ? null : figuresOf(entry, order),
    base,
    shareBp,
    share,
    rateBp,
    unitAmount,
    units,
    capAmount: rule.capAmount,
    capped,
    rounding: rateBp === null ? 0 : earned * WHOLE_BP - share * rateBp,
  };
}

function figuresOf({ family, line }: PayEntry, order: PayOrder): LabourFigures | PartFigures | null {
  const figures = orderFigures(order);
  return line === null ? null : ((family === 'labour' ? figures.labour : figures.parts)[line] ?? null);
}
