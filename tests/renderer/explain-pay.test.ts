import { describe, expect, test } from 'vitest';
import type { Explanation } from '#domain/payroll/explanation.ts';
import { createTranslator } from '#renderer/text/index.ts';
import {
  explainCommission,
  explainLine,
  inOneGo,
  whatOf,
  type PayslipLine,
} from '#renderer/screens/payroll/explain.ts';
import { ruleSentence, type Rule } from '#renderer/screens/payroll/rule-sentence.ts';
import { createFormat } from '#renderer/ui/format.ts';

const wordsOf = (language: 'zh-CN' | 'en') => ({
  t: createTranslator(language),
  format: createFormat({ language, timeZone: 'Asia/Shanghai', currency: 'CNY' }),
  decimals: 2,
});

const explanation: Explanation = {
  rule: 'L30',
  component: 'labour',
  discount: 'before',
  subject: '大修',
  lineNo: 1,
  figures: { fee: 10_001, labourCost: 0, unchargedCost: 0, discount: 0 },
  base: 10_001,
  shareBp: 6667,
  share: 6668,
  rateBp: 3000,
  unitAmount: null,
  units: null,
  capAmount: null,
  capped: false,
  rounding: 2000 * 10_000 - 6668 * 3000,
};

const line: PayslipLine = {
  lineNo: 4,
  kind: 'commission',
  entryKind: 'commission',
  awardId: null,
  appeal: null,
  amount: 2000,
  earnedOn: '2026-03-15',
  isReversal: false,
  workOrder: { id: 'o', number: 'WO-SH01-260315-0001' },
  base: null,
  origin: null,
  again: null,
  why: explanation,
};

const rule: Rule = {
  id: 'r',
  unitId: 'u',
  code: 'L30',
  component: 'labour',
  rateBp: 3000,
  amount: null,
  isAfterDiscount: true,
  capAmount: 5000,
  validFrom: '2026-01-01',
  validTo: null,
  whenEmployee: null,
  whenWorkType: 'w',
  whenProductCategory: null,
  whenGrade: 'B',
  whenWarrantyClass: 'in',
  whenServiceMode: null,
  whenUnit: null,
  measure: null,
  tiers: null,
  version: 1,
  createdAt: 0,
  employeeName: null,
  workTypeName: '大修',
  unitName: null,
};

describe('a line of a payslip explains itself', () => {
  test('order, rule, base, share, rate and rounding, in Chinese and in English', () => {
    const zh = wordsOf('zh-CN');
    expect(inOneGo(zh.t, explainLine(zh, line))).toBe(
      '工单 WO-SH01-260315-0001，2026-03-15 审核。第 1 项人工“大修”，按规则 L30（人工费百分比）。基数：人工费 ¥100.01。' +
        '分成 66.67%，得 ¥100.01 中的 ¥66.68（分到分，余下的按最大余数）。¥66.68 × 30% = 20.004，四舍五入为 ¥20.00。合计 ¥20.00。',
    );
    const en = wordsOf('en');
    expect(inOneGo(en.t, explainLine(en, line))).toBe(
      'Work order WO-SH01-260315-0001, audited 2026-03-15. Labour line 1, “大修”, by rule L30 (percentage of labour). ' +
        'Base: labour fee ¥100.01. Share 66.67%: ¥66.68 of ¥100.01 (to the fen, left-over fen to the largest remainders). ' +
        '¥66.68 × 30% = 20.004, rounded to ¥20.00. That makes ¥20.00.',
    );
  });

  test('what is taken back names the period in which it was paid', () => {
    const en = wordsOf('en');
    const origin = { earnedOn: '2026-04-04', paidFrom: '2026-03-01', paidTo: '2026-03-31' };
    const reversal = { ...line, kind: 'adjustment', amount: -2000, isReversal: true, origin } as const;
    const sentences = explainLine(en, reversal);
    expect(sentences.slice(-2)).toEqual([
      'Taken back: -¥20.00.',
      'It was paid in the period 2026-03-01 to 2026-03-31, so it is adjusted now.',
    ]);
  });

  test('a month that was worked out again says what it was, what it pays now and what was paid', () => {
    const tier = {
      component: 'tier',
      rule: 'T1',
      subject: '',
      reason: '',
      base: 2,
      shareBp: null,
      share: 2,
      rateBp: null,
      capAmount: null,
      delay: null,
      tiers: { measure: 'orders', mode: 'step', steps: [{ from: 2, amount: 5000 }] },
    } as const;
    const again = { from: '2026-03-01', to: '2026-03-31', now: 5000, paid: 9000 };
    const late: PayslipLine = {
      ...line,
      kind: 'adjustment',
      entryKind: 'tier',
      amount: -4000,
      earnedOn: null,
      workOrder: null,
      again,
      why: tier,
    };
    const [zh, en] = [wordsOf('zh-CN'), wordsOf('en')];
    expect(whatOf(zh.t, late)).toBe('阶梯奖 2026-03-01 – 2026-03-31');
    expect(inOneGo(zh.t, explainLine(zh, late))).toBe(
      '2026-03-01 至 2026-03-31 的阶梯奖，因期内工单后来有变动而重新计算。按规则 T1（月度阶梯）。期内工单 2 张。' +
        '按达到的最高一档：2 起 ¥50.00。现应为 ¥50.00，此前已发 ¥90.00，本期调整 -¥40.00。',
    );
    expect(inOneGo(en.t, explainLine(en, late))).toBe(
      'The monthly tier of the period 2026-03-01 to 2026-03-31, worked out again because its orders changed later. ' +
        'By rule T1 (monthly tier). Orders of the period: 2. By the highest step reached: from 2 ¥50.00. ' +
        'It comes to ¥50.00 now; ¥90.00 was paid until now. The difference: -¥40.00.',
    );
    const none = { ...tier, rule: '', tiers: { ...tier.tiers, steps: [] } };
    expect(explainLine(en, { ...late, why: none }).slice(1, -1)).toEqual([
      'No monthly tier applies.',
      'Orders of the period: 2.',
    ]);
    const points = { ...tier, component: 'satisfaction-month', subject: '1/2', tiers: null } as const;
    expect(explainLine(en, { ...late, entryKind: 'satisfaction-month', why: points }).slice(0, -1)).toEqual([
      'The monthly satisfaction of the period 2026-03-01 to 2026-03-31, worked out again because its orders changed later.',
      'No points are paid for that period; very satisfied: 1/2.',
    ]);
  });

  test('a limit, a fixed sum for units and a margin that is cut at nothing are said', () => {
    const en = wordsOf('en');
    const capped = { ...explanation, capAmount: 1500, capped: true };
    expect(explainCommission(en, capped, 1500).at(-1)).toBe('At most ¥15.00 each.');
    const units = {
      ...explanation,
      component: 'per_unit',
      figures: null,
      rateBp: null,
      unitAmount: 500,
      units: 1500,
    } as const;
    expect(explainCommission(en, { ...units, base: 750 }, 500)[1]).toBe('1.5 units at ¥5.00 = ¥7.50.');
    const margin = {
      ...explanation,
      component: 'part_margin',
      figures: { sales: 100, cost: 200, discount: 0 },
      base: 0,
    } as const;
    expect(explainCommission(en, margin, 0)[1]).toContain('(not below zero)');
  });
});

test('a rule reads as a sentence in both languages', () => {
  const zh = wordsOf('zh-CN');
  const en = wordsOf('en');
  expect(ruleSentence(zh.t, zh.format, rule)).toBe('大修、B 级、保内：人工费（扣优惠后）的 30%，每笔最高 ¥50.00');
  expect(ruleSentence(en.t, en.format, rule)).toBe(
    '大修, Grade B, In warranty: 30% of the labour fee after discount, at most ¥50.00 each',
  );
});
