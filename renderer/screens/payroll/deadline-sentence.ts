import type { OutputOf } from '#operations/index.ts';
import type { Translate } from '#renderer/text/index.ts';
import type { Format } from '#renderer/ui/index.ts';
import { kindText, urgencyText } from '../work-orders/codes.ts';

export type DeadlineRule = OutputOf<'payroll.listDeadlineRules'>['rows'][number];

/** A deadline rule as one would say it: for what, how long, and what delay costs. */
export function deadlineSentence(t: Translate, format: Format, rule: DeadlineRule): string {
  const conditions = [
    rule.whenUrgency === null ? null : urgencyText(t, rule.whenUrgency),
    rule.whenServiceMode === null ? null : kindText(t, rule.whenServiceMode),
  ].filter((word) => word !== null);
  const figures = {
    who: conditions.length === 0 ? t('payroll.deadlines.allWork') : conditions.join(t('payroll.between')),
    limit: lengthText(t, rule.limitMinutes),
    grace: lengthText(t, rule.graceMinutes),
    unit: lengthText(t, rule.unitMinutes),
    amount: format.money(rule.amountPerUnit),
  };
  const cap = rule.capAmount === null ? '' : t('payroll.deadlines.upTo', { cap: format.money(rule.capAmount) });
  return t(`payroll.deadlines.${rule.graceMinutes === 0 ? 'sentence' : 'sentenceGrace'}`, figures) + cap;
}

/** 90 → `1 h 30 min`; of working time a day has no fixed length, so that hours go on beyond 24. */
function lengthText(t: Translate, total: number): string {
  const [hours, minutes] = [Math.floor(total / 60), total % 60];
  if (hours === 0) return t('payroll.deadlines.minutes', { minutes });
  return t(`payroll.deadlines.${minutes === 0 ? 'hours' : 'hoursMinutes'}`, { hours, minutes });
}
