import type { OutputOf } from '#operations/index.ts';
import type { Translate } from '#renderer/text/index.ts';
import type { Format } from '#renderer/ui/index.ts';
import { kindText } from '../work-orders/codes.ts';

export type Rule = OutputOf<'payroll.listRules'>['rows'][number];

/** A rule as one would say it: for whom and what, how much, and at most how much. */
export function ruleSentence(t: Translate, format: Format, rule: Rule): string {
  const conditions = conditionsOf(t, rule);
  const who = conditions.length === 0 ? t('payroll.allWork') : conditions.join(t('payroll.between'));
  const figures = {
    who,
    rate: format.percent(rule.rateBp ?? 0),
    amount: format.money(rule.amount ?? 0),
  };
  const cap = rule.capAmount === null ? '' : t('payroll.sentences.cap', { cap: format.money(rule.capAmount) });
  return t(`payroll.sentences.${sentenceOf(rule)}`, figures) + cap;
}

/** Profit of labour and fixed sums know no discount. */
function sentenceOf({ component, isAfterDiscount }: Rule) {
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

function conditionsOf(t: Translate, rule: Rule): string[] {
  const warranty = rule.whenWarrantyClass;
  return [
    rule.employeeName,
    rule.workTypeName,
    rule.whenProductCategory,
    rule.whenGrade === null ? null : t('payroll.gradeIs', { grade: rule.whenGrade }),
    warranty === 'in' || warranty === 'out' || warranty === 'vendor'
      ? t(`workOrderCodes.warrantyClass.${warranty}`)
      : warranty,
    rule.whenServiceMode === null ? null : kindText(t, rule.whenServiceMode),
    rule.unitName,
  ].filter((word) => word !== null);
}
