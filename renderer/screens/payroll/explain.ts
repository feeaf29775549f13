import { decimalText } from '#domain/money.ts';
import {
  isOfCommission,
  type AnyExplanation,
  type Explanation,
  type OtherExplanation,
} from '#domain/payroll/explanation.ts';
import type { OutputOf } from '#operations/index.ts';
import type { Translate } from '#renderer/text/index.ts';
import type { Format } from '#renderer/ui/index.ts';

/** How an amount of pay came about, in sentences that can be reckoned again with a pencil. */

export type PayslipSheet = OutputOf<'payroll.payslip'>;
export type PayslipLine = PayslipSheet['lines'][number];

type Words = Readonly<{ t: Translate; format: Format; decimals: number }>;

/** Sentences one after the other, as the language joins them. */
export function inOneGo(t: Translate, sentences: readonly string[]): string {
  return sentences.reduce((before, after) => t('payroll.explain.followedBy', { before, after }));
}

/** Sentences for a line of a payslip. */
export function explainLine(words: Words, line: PayslipLine): string[] {
  const { t, format } = words;
  if (line.base !== null) return [explainBase(words, line.base, line.amount)];
  if (line.kind === 'carried-in') return [t('payroll.explain.carriedIn', { amount: format.money(line.amount) })];
  if (line.why === null) return [];
  if (line.again !== null) return explainAgain(words, line, line.why, line.again);
  const order = { number: line.workOrder?.number ?? '', on: line.earnedOn ?? '' };
  const amount = format.money(line.amount);
  const ofOrder = t(line.isReversal ? 'payroll.explain.orderReversed' : 'payroll.explain.order', order);
  return [
    ...(line.workOrder === null ? [] : [ofOrder]),
    ...explainAny(words, line.why, line.isReversal ? 0 - line.amount : line.amount),
    t(line.isReversal ? 'payroll.explain.resultReversed' : 'payroll.explain.result', { amount }),
    ...explainOrigin(t, line.origin),
  ];
}

/** What an earlier month pays now, and what was paid for it. */
function explainAgain(
  words: Words,
  { entryKind, amount }: PayslipLine,
  why: AnyExplanation,
  { from, to, now, paid }: NonNullable<PayslipLine['again']>,
): string[] {
  const { t, format } = words;
  const of = entryKind === 'tier' ? 'tier' : 'satisfaction-month';
  const money = { now: format.money(now), paid: format.money(paid), amount: format.money(amount) };
  return [
    t(`payroll.explain.again.${of}`, { from, to }),
    ...explainAny(words, why, now),
    t('payroll.explain.again.difference', money),
  ];
}

/** In a word what a line is for. */
export function whatOf(t: Translate, { again, entryKind, why }: PayslipLine): string {
  if (again !== null && entryKind !== null) return `${t(`payroll.lineKinds.${entryKind}`)} ${again.from} – ${again.to}`;
  return why === null ? '' : subjectOf(t, why);
}

/** In a word what an amount is for. */
export function subjectOf(t: Translate, why: AnyExplanation): string {
  if (isOfCommission(why)) return why.subject || t('payroll.explain.job');
  const { component, rule, subject } = why;
  if (component === 'satisfaction') return t(`payroll.followUps.${subject as 'satisfied'}`);
  return component === 'reward' || component === 'penalty' ? subject : rule || subject;
}

/** Of commission and of everything else: from what it was computed to the amount. */
export function explainAny(words: Words, why: AnyExplanation, amount: number): string[] {
  return isOfCommission(why) ? explainCommission(words, why, amount) : explainOther(words, why);
}

function explainOther(words: Words, why: OtherExplanation): string[] {
  return [
    whatFor(words, why),
    ...delaySentences(words, why),
    ...tierSentences(words, why),
    ...shareSentences(words, why),
  ];
}

function whatFor(
  { t, format }: Words,
  { component, rule, subject, reason, base, share, rateBp }: OtherExplanation,
): string {
  switch (component) {
    case 'satisfaction':
      return t('payroll.explain.satisfaction', { result: t(`payroll.followUps.${subject as 'satisfied'}`) });
    case 'satisfaction-month':
      if (reason === '') return t('payroll.explain.noPoints', { answers: subject });
      return t('payroll.explain.points', {
        answers: subject,
        score: base,
        threshold: reason,
        points: share,
        each: format.money(rateBp ?? 0),
      });
    case 'clawback':
      return t('payroll.explain.clawback', { number: rule });
    case 'deadline':
      return t('payroll.explain.deadline', { rule });
    case 'tier':
      return rule === '' ? t('payroll.explain.noTier') : t('payroll.explain.tier', { rule });
    default:
      return t('payroll.explain.award', { rule, name: subject, reason });
  }
}

function delaySentences({ t, format }: Words, { delay, base, capAmount }: OtherExplanation): string[] {
  if (!delay) return [];
  const units = Math.ceil(delay.lateMinutes / delay.unitMinutes);
  const isCapped = capAmount !== null && units * delay.amountPerUnit > capAmount;
  return [
    t('payroll.explain.late-work', {
      due: format.dateTime(delay.dueAt),
      done: format.dateTime(delay.doneAt),
      limit: delay.limitMinutes,
      grace: delay.graceMinutes,
      late: delay.lateMinutes,
    }),
    t('payroll.explain.lateUnits', {
      units,
      minutes: delay.unitMinutes,
      each: format.money(delay.amountPerUnit),
      amount: format.money(units * delay.amountPerUnit),
    }),
    ...(isCapped ? [t('payroll.explain.capped', { cap: format.money(0 - base) })] : []),
  ];
}

function tierSentences({ t, format }: Words, { tiers, base, capAmount }: OtherExplanation): string[] {
  if (!tiers) return [];
  const measured = tiers.measure === 'orders' ? String(base) : format.money(base);
  const from = (value: number) => (tiers.measure === 'orders' ? String(value) : format.money(value));
  const steps = tiers.steps.map(({ from: value, rateBp, amount }) =>
    t('payroll.explain.tierStep', {
      from: from(value),
      pays: rateBp === undefined ? format.money(amount ?? 0) : format.percent(rateBp),
    }),
  );
  return [
    t(`payroll.explain.measures.${tiers.measure}`, { measured }),
    ...(steps.length === 0 ? [] : [t(`payroll.explain.${tiers.mode}`, { steps: steps.join(t('payroll.between')) })]),
    ...(capAmount === null ? [] : [t('payroll.explain.capped', { cap: format.money(capAmount) })]),
  ];
}

/** Whose part it is, and the rate it was taken at. */
function shareSentences({ t, format }: Words, { component, base, shareBp, share, rateBp }: OtherExplanation): string[] {
  if (component === 'tier' || component === 'satisfaction-month') return [];
  const shared =
    shareBp === null || shareBp === 10_000
      ? []
      : [
          t('payroll.explain.share', {
            share: format.percent(shareBp),
            base: format.money(base),
            amount: format.money(share),
          }),
        ];
  const rated =
    rateBp === null ? [] : [t('payroll.explain.ownRate', { share: format.money(share), rate: format.percent(rateBp) })];
  return [...shared, ...rated];
}

function explainBase({ t, format }: Words, base: NonNullable<PayslipLine['base']>, amount: number): string {
  const { whole, daysEmployed, daysOfPeriod } = base;
  if (daysEmployed === daysOfPeriod) return t('payroll.explain.baseWhole', { amount: format.money(amount) });
  const figures = {
    whole: format.money(whole),
    employed: daysEmployed,
    days: daysOfPeriod,
    amount: format.money(amount),
  };
  return t('payroll.explain.base', figures);
}

function explainOrigin(t: Translate, origin: PayslipLine['origin']): string[] {
  if (origin === null) return [];
  const { earnedOn, paidFrom, paidTo } = origin;
  return paidFrom === null || paidTo === null
    ? [t('payroll.explain.late', { on: earnedOn })]
    : [t('payroll.explain.wasPaid', { from: paidFrom, to: paidTo })];
}

/** From the base to the amount: what, by which rule, of what, whose share, at which rate, how rounded. */
export function explainCommission(words: Words, why: Explanation, amount: number): string[] {
  const { t, format } = words;
  return [
    t('payroll.explain.rule', {
      subject: pieceOf(t, why),
      rule: why.rule,
      component: t(`payroll.components.${why.component}`),
    }),
    baseSentence(words, why),
    why.shareBp === 10_000
      ? t('payroll.explain.shareAll')
      : t('payroll.explain.share', {
          share: format.percent(why.shareBp),
          base: format.money(why.base),
          amount: format.money(why.share),
        }),
    ...rateSentences(words, why, amount),
  ];
}

function pieceOf(t: Translate, { component, lineNo, subject }: Explanation): string {
  if (lineNo === null) return t('payroll.explain.job');
  const isPart = component === 'part_sales' || component === 'part_margin';
  return t(isPart ? 'payroll.explain.partsLine' : 'payroll.explain.labourLine', { line: lineNo, subject });
}

function baseSentence({ t, format }: Words, why: Explanation): string {
  const { figures, component } = why;
  const base = format.money(why.base);
  if (figures === null) {
    const unitAmount = format.money(why.unitAmount ?? 0);
    if (why.units === null) return t('payroll.explain.baseJob', { unitAmount });
    return t('payroll.explain.baseUnits', { units: format.quantity(why.units), unitAmount, base });
  }
  const money = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, format.money(value)]));
  const sentence = t(`payroll.explain.${baseKey(why)}`, { ...money, base });
  const isCut = why.base === 0 && (component === 'labour_profit' || component === 'part_margin');
  return isCut ? `${sentence}${t('payroll.explain.notBelowZero')}` : sentence;
}

/** Only what the customer pays is smaller after a discount: profit of labour isn't. */
function baseKey({ component, discount }: Explanation) {
  const isAfter = discount === 'after';
  switch (component) {
    case 'labour':
      return isAfter ? 'baseFeeAfter' : 'baseFee';
    case 'part_sales':
      return isAfter ? 'baseSalesAfter' : 'baseSales';
    case 'part_margin':
      return isAfter ? 'baseMarginAfter' : 'baseMargin';
    default:
      return 'baseProfit';
  }
}

function rateSentences({ t, format, decimals }: Words, why: Explanation, amount: number): string[] {
  const cap =
    why.capped && why.capAmount !== null ? [t('payroll.explain.capped', { cap: format.money(why.capAmount) })] : [];
  if (why.rateBp === null) return cap;
  // Share × rate is exact in ten-thousandths of a fen; shown without the zeros behind the last digit that counts.
  const exact = decimalText(why.share * why.rateBp, decimals + 4).replace(/0{1,4}$/, '');
  const rounded = format.money((why.share * why.rateBp + why.rounding) / 10_000);
  const figures = { share: format.money(why.share), rate: format.percent(why.rateBp), exact, amount: rounded };
  const key = why.rounding === 0 ? 'payroll.explain.rate' : 'payroll.explain.rateRounded';
  return [t(key, figures), ...(amount === 0 ? [] : cap)];
}
