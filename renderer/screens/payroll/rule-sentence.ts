import type { OutputOf } from '#operations/index.ts';
import type { Translate } from '#renderer/text/index.ts';
import type { Format } from '#renderer/ui/index.ts';
import { kindText, warrantyText } from '../work-orders/codes.ts';
import { tiersOf } from './rule-values.ts';

export type Rule = OutputOf<'payroll.listRules'>['rows'][number];

/** What a sentence is made of; a draft has that much, too. */
export type SaidRule = Omit<Rule, 'id' | 'unitId' | 'code' | 'version' | 'createdAt' | 'validFrom' | 'validTo'>;

/** A rule as one would say it: for whom and what, how much, and at most how much. */
export function ruleSentence(t: Translate, format: Format, rule: SaidRule): string {
  const conditions = conditionsOf(t, rule);
  const all = t(rule.component === 'monthly_tier' ? 'payroll.tierRules.everybody' : 'payroll.allWork');
  const who = conditions.length === 0 ? all : conditions.join(t('payroll.between'));
  const cap = rule.capAmount === null ? '' : t('payroll.sentences.cap', { cap: format.money(rule.capAmount) });
  if (rule.component === 'monthly_tier') return tierSentence(t, format, rule, who) + cap;
  const figures = {
    who,
    rate: format.percent(rule.rateBp ?? 0),
    amount: format.money(rule.amount ?? 0),
  };
  return t(`payroll.sentences.${sentenceOf(rule)}`, figures) + cap;
}

function tierSentence(t: Translate, format: Format, rule: SaidRule, who: string): string {
  const measure = rule.measure ?? 'orders';
  const { mode, tiers } = tiersOf(rule.tiers);
  const steps = tiers.map(({ from, rateBp, amount }) =>
    t('payroll.tierRules.step', {
      from: measure === 'orders' ? format.count(from) : format.money(from),
      pays: mode === 'step' ? format.money(amount ?? 0) : format.percent(rateBp ?? 0),
    }),
  );
  return t('payroll.sentences.monthly_tier', {
    who,
    measure: t(`payroll.tierRules.measures.${measure}`),
    mode: t(`payroll.tierRules.modes.${mode}`),
    tiers: steps.join(t('payroll.between')),
  });
}

/** Profit of labour and fixed sums know no discount. */
function sentenceOf({ component, isAfterDiscount }: SaidRule) {
  if (!isAfterDiscount) return component;
  switch (component) {
    case 'labour':
      return 'labourAfter';
    case 'part_sales':
      return 'part_salesAfter';
    case 'part_margin':
      return 'part_marginAfter';
    default:
      return component;
  }
}

function conditionsOf(t: Translate, rule: SaidRule): string[] {
  return [
    rule.employeeName,
    rule.workTypeName,
    rule.whenProductCategory,
    rule.whenGrade === null ? null : t('payroll.gradeIs', { grade: rule.whenGrade }),
    rule.whenWarrantyClass === null ? null : warrantyText(t, rule.whenWarrantyClass),
    rule.whenServiceMode === null ? null : kindText(t, rule.whenServiceMode),
    rule.unitName,
  ].filter((word) => word !== null);
}
