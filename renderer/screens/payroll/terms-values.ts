import type { InputOf, OutputOf } from '#operations/index.ts';
import type { Translate } from '#renderer/text/index.ts';
import { type Format, timeOfDayText } from '#renderer/ui/format.ts';

/** Terms of pay between the form, what is sent, and what is said of them. */

export type Published = OutputOf<'payroll.terms'>['rows'][number];
type Terms = Published['terms'];
type Input = InputOf<'payroll.publishTerms'>;

export const SWITCHES = ['deadline', 'dissatisfied', 'clawback', 'old-parts'] as const satisfies Terms['off'];
/** In the sequence of the week: the first is day 1. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const ANSWERS = ['very_satisfied', 'satisfied', 'dissatisfied'] as const;

type Figure = number | null | undefined;
type Hours = NonNullable<Input['workingHours']>;

/** As what is sent, so that faults find their fields; what is left empty is none. */
export type TermsValues = Readonly<{
  validFrom: string;
  hours: 'any' | 'fixed';
  workingHours: Hours;
  satisfaction: Readonly<{
    perOrder?: Readonly<Partial<Record<(typeof ANSWERS)[number], Figure>>>;
    monthly?: Readonly<{ threshold?: Figure; pointAmount?: Figure }>;
  }>;
  rework: Readonly<{ days?: Figure; clawbackBp?: Figure }>;
  deductionCapBp: Figure;
  /** Deductions that the system makes. */
  made: (typeof SWITCHES)[number][];
}>;

const OFFICE_HOURS: Hours = { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 18 * 60 };

/** The form begins with the terms there are. */
export function valuesOf(terms: Terms | undefined, validFrom: string): TermsValues {
  const { workingHours = null, satisfaction = null, rework = null, deductionCapBp, off = [] } = terms ?? {};
  return {
    validFrom,
    hours: terms !== undefined && workingHours === null ? 'any' : 'fixed',
    workingHours: workingHours ? { ...workingHours, days: [...workingHours.days] } : OFFICE_HOURS,
    satisfaction: { perOrder: satisfaction?.perOrder ?? {}, monthly: satisfaction?.monthly ?? {} },
    rework: rework ?? {},
    deductionCapBp,
    made: SWITCHES.filter((one) => !off.includes(one)),
  };
}

export function sentTerms({ hours, workingHours, made, ...values }: TermsValues): Input {
  const { days, from, to } = workingHours;
  return {
    validFrom: values.validFrom,
    workingHours: hours === 'any' ? null : { days, from, to },
    satisfaction: satisfactionSent(values.satisfaction),
    rework: bothOrNone<NonNullable<Input['rework']>>(values.rework),
    deductionCapBp: values.deductionCapBp ?? null,
    off: SWITCHES.filter((one) => !made.includes(one)),
  };
}

function satisfactionSent({ perOrder = {}, monthly = {} }: TermsValues['satisfaction']): Input['satisfaction'] {
  const answers = Object.entries(perOrder).filter(([, amount]) => isThere(amount));
  const sent = bothOrNone<NonNullable<NonNullable<Input['satisfaction']>['monthly']>>(monthly);
  return answers.length === 0 && sent === null ? null : { perOrder: Object.fromEntries(answers), monthly: sent };
}

/** Figures that belong together; one alone is sent as it is, and the other asked for. */
function bothOrNone<T extends object>(figures: Readonly<Partial<Record<keyof T, Figure>>>): T | null {
  const there = Object.entries(figures).filter(([, figure]) => isThere(figure as Figure));
  return there.length === 0 ? null : (Object.fromEntries(there) as T);
}

const isThere = (figure: Figure): boolean => figure !== null && figure !== undefined;

/** Terms as one would say them, a sentence for each of them. */
export function termsSentences(t: Translate, format: Format, terms: Terms): string[] {
  const { workingHours, rework, deductionCapBp, off } = terms;
  return [
    workingHours === null ? t('payroll.terms.sentences.anyHours') : hoursSentence(t, workingHours),
    ...satisfactionSentences(t, format, terms.satisfaction),
    rework === null
      ? t('payroll.terms.sentences.noRework')
      : t('payroll.terms.sentences.rework', { days: rework.days, rate: format.percent(rework.clawbackBp) }),
    deductionCapBp === null
      ? t('payroll.terms.sentences.noCap')
      : t('payroll.terms.sentences.cap', { rate: format.percent(deductionCapBp) }),
    ...(off.length === 0 ? [] : [offSentence(t, off)]),
  ];
}

function hoursSentence(t: Translate, { days, from, to }: NonNullable<Terms['workingHours']>): string {
  const names = WEEKDAYS.filter((_, index) => days.includes(index + 1))
    .map((name) => t(`payroll.terms.weekdays.${name}`))
    .join(t('payroll.between'));
  return t('payroll.terms.sentences.hours', { days: names, from: timeOfDayText(from), to: timeOfDayText(to) });
}

function satisfactionSentences(t: Translate, format: Format, satisfaction: Terms['satisfaction']): string[] {
  const answers = ANSWERS.flatMap((answer) => {
    const amount = satisfaction?.perOrder[answer] ?? 0;
    if (amount === 0) return [];
    const words = { answer: t(`payroll.followUps.${answer}`), amount: format.money(amount) };
    return [t('payroll.terms.sentences.answer', words)];
  });
  const monthly = satisfaction?.monthly ?? null;
  if (answers.length === 0 && monthly === null) return [t('payroll.terms.sentences.noSatisfaction')];
  const { threshold = 0, pointAmount = 0 } = monthly ?? {};
  return [
    ...(answers.length === 0
      ? []
      : [t('payroll.terms.sentences.perOrder', { answers: answers.join(t('payroll.between')) })]),
    ...(monthly === null
      ? []
      : [t('payroll.terms.sentences.monthly', { threshold, amount: format.money(pointAmount) })]),
  ];
}

function offSentence(t: Translate, off: Terms['off']): string {
  const names = off.map((one) => t(`payroll.terms.switchNames.${one}`));
  return t('payroll.terms.sentences.off', { switches: names.join(t('payroll.between')) });
}
