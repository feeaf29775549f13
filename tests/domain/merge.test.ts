import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundedClock, clockOf, isClock, nextClock, readingOf } from '#domain/clock.ts';
import { mergeRows, type SharedRow } from '#domain/sync/merge.ts';

const NOW = 1_773_536_400_000;
const LIMITS = { now: NOW, tolerance: 300_000 };
const NODES = ['aaaa', 'bbbb', 'cccc'];

const clock = fc
  .record({
    ago: fc.integer({ min: 0, max: 3 }),
    counter: fc.integer({ min: 0, max: 1 }),
    node: fc.constantFrom(...NODES),
  })
  .map(({ ago, counter, node }) => clockOf(NOW - ago * 1000, counter, node));

/** A row somebody has: two fields with values of a few and clocks of a few, so that they meet. */
const version: fc.Arbitrary<SharedRow> = fc
  .record({
    name: fc.constantFrom('王', '李'),
    phone: fc.constantFrom('1', '2', ''),
    all: clock,
    ofPhone: fc.option(clock),
    version: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ name, phone, all, ofPhone, version: seen }) => ({
    id: 'c',
    unit_id: 'u',
    name,
    phone,
    version: seen,
    clocks: JSON.stringify({ '*': all, ...(ofPhone === null ? {} : { phone: ofPhone }) }),
  }));

const merge = (a: SharedRow, b: SharedRow): SharedRow => mergeRows(a, b, LIMITS).row;
const values = ({ name, phone }: SharedRow) => ({ name, phone });

describe('rows that a region shares', () => {
  const check = (property: fc.IProperty<unknown>) => fc.assert(property, { numRuns: 500 });

  test('merge to the same whichever comes first', () => {
    check(
      fc.property(version, version, (a, b) => {
        expect(values(merge(a, b))).toEqual(values(merge(b, a)));
      }),
    );
  });

  test('merge to the same in whatever order three of them meet', () => {
    check(
      fc.property(version, version, version, (a, b, c) => {
        const one = values(merge(merge(a, b), c));
        expect(values(merge(a, merge(b, c)))).toEqual(one);
        expect(values(merge(merge(c, a), b))).toEqual(one);
      }),
    );
  });

  test('merged again, change no more', () => {
    check(
      fc.property(version, version, (a, b) => {
        const once = merge(a, b);
        expect(mergeRows(once, b, LIMITS)).toMatchObject({ isChanged: false });
        expect(values(merge(once, a))).toEqual(values(once));
      }),
    );
  });

  test('keep every value that did not stand, if another database set it', () => {
    check(
      fc.property(version, version, (a, b) => {
        const { row, overwritten } = mergeRows(a, b, LIMITS);
        for (const { field, lost, kept } of overwritten) {
          expect(row[field]).toBe(kept);
          expect([a[field], b[field]]).toContain(lost);
          expect(lost).not.toBe(kept);
        }
      }),
    );
  });
});

describe('the hybrid logical clock', () => {
  test('goes on when the wall clock is set back, and sorts as it was read', () => {
    check(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 50 }), (jumps) => {
        let now = NOW;
        let last = '';
        for (const jump of jumps) {
          now += jump;
          const next = nextClock(last, now, 'aaaa');
          expect(next > last).toBe(true);
          expect(isClock(next)).toBe(true);
          last = next;
        }
      }),
    );
  });

  const check = (property: fc.IProperty<unknown>) => fc.assert(property, { numRuns: 200 });

  test('of a PC that is a year ahead counts as now', () => {
    const ahead = clockOf(NOW + 365 * 86_400_000, 0, 'bbbb');
    expect(readingOf(boundedClock(ahead, NOW, 300_000)).at).toBe(NOW);
    const alittle = clockOf(NOW + 1000, 0, 'bbbb');
    expect(boundedClock(alittle, NOW, 300_000)).toBe(alittle);
  });
});
