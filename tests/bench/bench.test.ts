import { expect, test } from 'vitest';
import { isMet, measured, table } from './lib/bench.ts';

const slow = { name: 'through the door', figure: 0.42, unit: 'ratio', atLeast: 0.5 };
const quick = { name: 'raw', figure: 1334.2, unit: 'tx/s' };

test('a missed bar is seen, in both directions', () => {
  expect(isMet(slow)).toBe(false);
  expect(isMet({ ...slow, figure: 0.5 })).toBe(true);
  expect(isMet({ ...quick, atMost: 1000 })).toBe(false);
  expect(isMet(quick)).toBe(true);
  expect(isMet({ ...quick, figure: Number.NaN })).toBe(false);
});

test('the table is aligned and says which bar is missed', () => {
  const rows = [quick, slow].map((row) => ({ ...row, ok: isMet(row) }));
  expect(table('intake', rows)).toBe(
    [
      'intake            figure  unit   bar    ok',
      'raw                1,334  tx/s',
      'through the door   0.420  ratio  ≥ 0.5  MISSED',
    ].join('\n'),
  );
});

test('throughput, median and p99 come from the single times', () => {
  expect(measured([5, 1, 4, 2, 8])).toEqual({ perSecond: 250, p99: 8, median: 4 });
});
