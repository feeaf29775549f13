import { describe, expect, test } from 'vitest';
import { createTranslator } from '#renderer/text/index.ts';
import { deadlineSentence, type DeadlineRule } from '#renderer/screens/payroll/deadline-sentence.ts';
import { ruleSentence } from '#renderer/screens/payroll/rule-sentence.ts';
import { type RuleInput, saidOf, sent } from '#renderer/screens/payroll/rule-values.ts';
import { sentTerms, termsSentences, valuesOf } from '#renderer/screens/payroll/terms-values.ts';
import { createFormat } from '#renderer/ui/format.ts';

const ZH = createTranslator('zh-CN');
const EN = createTranslator('en');
const formatOf = (language: 'zh-CN' | 'en') => createFormat({ language, timeZone: 'Asia/Shanghai', currency: 'CNY' });

const CHOICES = {
  employees: [{ id: 'e', number: 'T01', name: '小明' }],
  workTypes: [{ id: 'w', name: '大修' }],
  units: [],
  categories: [],
  grades: ['A'],
};

const TIER: RuleInput = {
  code: 'T1',
  component: 'monthly_tier',
  measure: 'labour_base',
  mode: 'progressive',
  tiers: [
    { from: 500_000, rateBp: 800 },
    { from: 0, rateBp: 500 },
  ],
  conditions: { grade: 'A' },
  validFrom: '2026-01-01',
};

describe('rules of pay read as sentences', () => {
  test('a monthly tier names its measure and its tiers by size, a draft as a published one', () => {
    expect(ruleSentence(ZH, formatOf('zh-CN'), saidOf(TIER, CHOICES))).toBe(
      'A 级：另按当月人工费，分段计算：¥0.00 起 5%、¥5,000.00 起 8%',
    );
    expect(ruleSentence(EN, formatOf('en'), saidOf(TIER, CHOICES))).toBe(
      'Grade A: on top, by labour fees of the month, each part at its bracket: from ¥0.00 5%, from ¥5,000.00 8%',
    );
  });

  test('a tier by orders counts them and is for everybody where nothing is chosen', () => {
    const byOrders: RuleInput = { ...TIER, measure: 'orders', tiers: [{ from: 30, amount: 20_000 }], conditions: {} };
    expect(ruleSentence(EN, formatOf('en'), saidOf(sent(byOrders), CHOICES))).toBe(
      'Everybody: on top, by orders of the month, the highest step reached: from 30 ¥200.00',
    );
  });

  test('what does not belong to the way a rule pays is not sent', () => {
    expect(sent({ ...TIER, component: 'labour', rateBp: 3000, amount: 5 })).toEqual({
      code: 'T1',
      component: 'labour',
      rateBp: 3000,
      amount: null,
      conditions: { grade: 'A' },
      validFrom: '2026-01-01',
    });
    const ofWork = { grade: 'A', workTypeId: 'w', serviceMode: 'repair' } as const;
    expect(sent({ ...TIER, conditions: ofWork }).conditions).toEqual({ grade: 'A' });
  });

  const DEADLINE: DeadlineRule = {
    id: 'd',
    unitId: 'u',
    code: 'D1',
    whenUrgency: 'urgent',
    whenServiceMode: 'repair',
    limitMinutes: 510,
    graceMinutes: 30,
    unitMinutes: 60,
    amountPerUnit: 500,
    capAmount: 5000,
    validFrom: '2026-01-01',
    validTo: null,
    version: 1,
    createdAt: 0,
  };

  test('a deadline names its work, the time allowed and what delay costs', () => {
    expect(deadlineSentence(EN, formatOf('en'), DEADLINE)).toBe(
      'Urgent, Repair: 8 h 30 min of working time and 30 min of grace, then every 1 h begun costs ¥5.00, at most ¥50.00 an order',
    );
    const anyWork = { ...DEADLINE, whenUrgency: null, whenServiceMode: null, graceMinutes: 0, capAmount: null };
    expect(deadlineSentence(EN, formatOf('en'), anyWork)).toBe(
      'All work: 8 h 30 min of working time, then every 1 h begun costs ¥5.00',
    );
  });

  test('terms without anything say so', () => {
    const none = { workingHours: null, satisfaction: null, rework: null, deductionCapBp: null, off: [] };
    expect(termsSentences(EN, formatOf('en'), none)).toEqual([
      'Every minute is a working minute.',
      'Satisfaction changes nothing.',
      'Rework changes nothing.',
      'Deductions have no limit.',
    ]);
  });

  test('terms go through the form as they were', () => {
    const terms = {
      workingHours: { days: [1, 6], from: 540, to: 1440 },
      satisfaction: { perOrder: { dissatisfied: -1000 }, monthly: { threshold: 80, pointAmount: 200 } },
      rework: { days: 30, clawbackBp: 5000 },
      deductionCapBp: 2000,
      off: ['clawback' as const],
    };
    expect(sentTerms(valuesOf(terms, '2026-03-01'))).toEqual({ ...terms, validFrom: '2026-03-01' });
    expect(termsSentences(ZH, formatOf('zh-CN'), terms)[0]).toBe(
      '工作时间为周一、周六 09:00 至 24:00，按各单位当地时间。',
    );
  });

  test('of two figures that belong together one alone is sent, so that the other is asked for', () => {
    const values = valuesOf(undefined, '2026-03-01');
    expect(sentTerms(values)).toMatchObject({ satisfaction: null, rework: null });
    expect(sentTerms({ ...values, rework: { days: 30, clawbackBp: null } }).rework).toEqual({ days: 30 });
  });
});
