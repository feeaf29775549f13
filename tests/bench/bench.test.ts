import { expect, test } from 'vitest';
import { isReached, jsonOf, percentile, tableOf } from './lib/bench.ts';

const slow = { name: 'through the door', figure: 0.42, unit: 'ratio', bar: { atLeast: 0.5 } };
const quick = { name: 'raw', figure: 1334.2, unit: 'tx/s' };

test('a missed bar is seen, in both directions', () => {
  expect(isReached(slow)).toBe(false);
  expect(isReached({ ...slow, figure: 0.5 })).toBe(true);
  expect(isReached({ ...slow, bar: { atMost: 0.4 } })).toBe(false);
  expect(isReached(quick)).toBe(true);
  expect(isReached({ ...quick, figure: Number.NaN })).toBe(false);
});

test('the table is aligned and says which bar is missed', () => {
  expect(tableOf([quick, slow])).toBe(
    [
      'name              figure  unit   bar    ok',
      '----------------  ------  -----  -----  --',
      'raw                1,334  tx/s',
      'through the door    0.42  ratio  ≥ 0.5  NO',
    ].join('\n'),
  );
});

test('machines get the same as JSON', () => {
  expect(JSON.parse(jsonOf('intake', [quick, slow]))).toEqual({
    title: 'intake',
    ok: false,
    figures: [
      { ...quick, ok: true },
      { ...slow, ok: false },
    ],
  });
});

test('percentiles are samples', () => {
  expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3);
  expect(percentile([5, 1, 4, 2, 3], 0.99)).toBe(5);
});
