import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asTried, contest, overlaps, vainRules, type World } from '#domain/payroll/contest.ts';
import { chooserOf, COMMISSION_WEIGHTS, ranked } from '#domain/payroll/matching.ts';
import type { PayConditions, RateRule } from '#domain/payroll/types.ts';

const givenRule = (id: string, conditions: PayConditions = {}, changes: Partial<RateRule> = {}): RateRule => ({
  id,
  component: 'labour',
  rateBp: 3000,
  discount: 'before',
  conditions,
  validFrom: '2026-01-01',
  validTo: null,
  capAmount: null,
  ...changes,
});

const WORLD: World = {
  employees: [
    { number: 'T01', grade: 'A', unit: 'SH01' },
    { number: 'T02', grade: 'B', unit: 'SH01' },
  ],
  closed: { warrantyClass: ['in', 'out', 'vendor'], serviceMode: ['repair', 'installation'] },
};
const TODAY = '2026-03-01';

const inTurn = (rules: readonly RateRule[]) => ranked(rules, COMMISSION_WEIGHTS);
const vain = (...rules: RateRule[]) =>
  vainRules('labour', inTurn(rules), WORLD, TODAY).map(({ rule, why, by }) => [rule.id, why, by.map(({ id }) => id)]);
const pairs = (...rules: RateRule[]) =>
  overlaps(inTurn(rules)).map(({ winner, loser, from, to }) => [winner.id, loser.id, from, to]);

describe('which rule pays, and why not another', () => {
  const FACTS = { employee: 'T01', grade: 'A', unit: 'SH01', workType: 'major', serviceMode: 'repair' };
  const asked = (...rules: RateRule[]) => {
    const { winner, others } = contest(inTurn(rules), COMMISSION_WEIGHTS, FACTS, TODAY);
    return { winner: winner?.id, others: others.map(({ rule, loss }) => [rule.id, loss]) };
  };

  test('the more specific wins; of equal ones the later, and of those the greater id', () => {
    expect(
      asked(
        givenRule('general'),
        givenRule('grade-1', { grade: 'A' }),
        givenRule('grade-2', { grade: 'A' }),
        givenRule('old', { grade: 'A' }, { validFrom: '2025-01-01' }),
      ),
    ).toEqual({
      winner: 'grade-2',
      others: [
        ['grade-1', { why: 'smaller-id' }],
        ['old', { why: 'earlier' }],
        ['general', { why: 'less-specific' }],
      ],
    });
  });

  test('what one thing alone keeps out is named with it; what differs in two things is not', () => {
    expect(
      asked(
        givenRule('minor', { workType: 'minor' }),
        givenRule('next', {}, { validFrom: '2026-04-01' }),
        givenRule('ended', {}, { validTo: '2026-02-28' }),
        givenRule('far', { workType: 'minor', grade: 'B' }),
      ),
    ).toEqual({
      winner: undefined,
      others: [
        ['minor', { why: 'condition', condition: 'workType' }],
        ['next', { why: 'not-yet' }],
        ['ended', { why: 'ended' }],
      ],
    });
  });
});

describe('overlaps', () => {
  test('two rules for the same work overlap while both are in force, and the later one pays', () => {
    const first = givenRule('first', { grade: 'A' }, { validTo: '2026-06-30' });
    const second = givenRule('second', { grade: 'A' }, { validFrom: '2026-04-01' });
    expect(pairs(first, second)).toEqual([['second', 'first', '2026-04-01', '2026-06-30']]);
  });

  test('one that begins when the other has ended does not overlap, nor do rules for other work', () => {
    const first = givenRule('first', {}, { validTo: '2026-03-31' });
    expect(pairs(first, givenRule('second', {}, { validFrom: '2026-04-01' }))).toEqual([]);
    expect(pairs(first, givenRule('graded', { grade: 'A' }))).toEqual([]);
    expect(pairs(givenRule('a', { grade: 'A' }), givenRule('b', { grade: 'B' }))).toEqual([]);
  });

  test('a condition left out is the same as one of null', () => {
    expect(pairs(givenRule('a', { grade: 'A', unit: null }), givenRule('b', { grade: 'A' }))).toHaveLength(1);
  });
});

describe('rules that never pay', () => {
  test('a rule outdone on every day by others for the same work', () => {
    const old = givenRule('old', {}, { validFrom: '2025-01-01', validTo: '2026-12-31' });
    const half = givenRule('half', {}, { validTo: '2026-06-30' });
    expect(vain(old, half)).toEqual([]);
    const rest = givenRule('rest', {}, { validFrom: '2026-07-01' });
    expect(vain(old, half, rest)).toEqual([['old', 'outdone', ['half', 'rest']]]);
  });

  test('a general rule where every kind of warranty has its own', () => {
    const general = givenRule('general');
    const [out, vendor] = [
      givenRule('out', { warrantyClass: 'out' }),
      givenRule('vendor', { warrantyClass: 'vendor' }),
    ];
    expect(vain(general, out, vendor)).toEqual([]);
    const covered = vain(general, out, vendor, givenRule('in', { warrantyClass: 'in' }));
    expect(covered).toEqual([['general', 'outdone', ['in', 'out', 'vendor']]]);
  });

  test('a rule for one person is outdone by none for his grade, as the person weighs more', () => {
    expect(vain(givenRule('person', { employee: 'T01' }), givenRule('grade', { grade: 'A' }))).toEqual([]);
  });

  test('one for a person of another grade or unit, or a grade that nobody has', () => {
    expect(
      vain(
        givenRule('fits', { employee: 'T01', grade: 'A' }),
        givenRule('grade', { employee: 'T01', grade: 'B' }),
        givenRule('nobody', { grade: 'C' }),
      ),
    ).toEqual([
      ['grade', 'nobody', []],
      ['nobody', 'nobody', []],
    ]);
  });

  test('one of parts or jobs for a work type, which only labour has', () => {
    const rules = inTurn([givenRule('typed', { workType: 'major' })]);
    expect(vainRules('parts', rules, WORLD, TODAY)).toMatchObject([{ why: 'no-work-type' }]);
    expect(vainRules('labour', rules, WORLD, TODAY)).toEqual([]);
  });

  test('what has ended is not looked at, and what happened before today does not count', () => {
    const ended = givenRule('ended', {}, { validTo: '2026-02-28' });
    expect(vain(ended, givenRule('later', {}, { validFrom: '2026-01-02' }))).toEqual([]);
    const before = givenRule('before', {}, { validFrom: '2025-01-01' });
    expect(vain(before, givenRule('now', {}, { validFrom: TODAY }))).toEqual([['before', 'outdone', ['now']]]);
  });

  test('whatever rules there are: none said never to pay pays for any work, and every other pays for some', () => {
    const value = <T extends string>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: null });
    const day = fc.constantFrom('2026-03-01', '2026-03-02', '2026-03-03');
    const drawn = fc.record({
      employee: value('T01', 'T02'),
      grade: value('A', 'B'),
      warrantyClass: value('in', 'out', 'vendor'),
      serviceMode: value('repair', 'installation'),
      workType: value('major'),
      validFrom: day,
      validTo: fc.option(day, { nil: null }),
    });
    // People still to come, as a general rule may be there for them.
    const toCome = ['A', 'B', 'C'].map((grade) => ({ number: 'T99', grade, unit: 'SH01' }));
    const works = [...WORLD.employees, ...toCome].flatMap(({ number: employee, grade, unit }) =>
      ['in', 'out', 'vendor'].flatMap((warrantyClass) =>
        ['repair', 'installation'].flatMap((serviceMode) =>
          ['major', 'unheard-of'].flatMap((workType) =>
            ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'].map((on) => ({
              on,
              facts: { employee, grade, unit, warrantyClass, serviceMode, workType },
            })),
          ),
        ),
      ),
    );
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 2, maxLength: 12 }), (many) => {
        const rules = inTurn(
          many
            .filter(({ validFrom, validTo }) => validTo === null || validFrom <= validTo)
            .map(({ validFrom, validTo, ...conditions }, index) =>
              givenRule(`r${index}`, conditions, { validFrom, validTo }),
            ),
        );
        const choose = chooserOf(rules);
        const winners = new Set(works.map(({ on, facts }) => choose(facts, on)?.id));
        const never = new Set(vainRules('labour', rules, WORLD, TODAY).map(({ rule }) => rule.id));
        expect(rules.filter(({ id }) => winners.has(id) === never.has(id)).map(({ id }) => id)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a change that is tried', () => {
  test('a draft pays instead of the rule for the same work, beside those for other work; an ended one is gone', () => {
    const tried = asTried(
      [givenRule('same', { grade: 'A' }), givenRule('other', { grade: 'B' }), givenRule('gone')],
      new Set(['gone']),
      [givenRule('draft', { grade: 'A' })],
    );
    expect(tried.map(({ id }) => id)).toEqual(['other', 'draft']);
  });
});
