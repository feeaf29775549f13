import { decimalText } from '#domain/money.ts';
import type { Explanation } from '#domain/payroll/explanation.ts';
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
  if (line.commission === null) return [];
  const order = { number: line.workOrder?.number ?? '', on: line.earnedOn ?? '' };
  const amount = format.money(line.amount);
  return [
    t(line.isReversal ? 'payroll.explain.orderReversed' : 'payroll.explain.order', order),
    ...explainCommission(words, line.commission, line.isReversal ? 0 - line.amount : line.amount),
    t(line.isReversal ? 'payroll.explain.resultReversed' : 'payroll.explain.result', { amount }),
    ...explainOrigin(t, line.origin),
  ];
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
      subject: subjectOf(t, why),
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

function subjectOf(t: Translate, { component, lineNo, subject }: Explanation): string {
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
