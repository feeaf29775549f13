import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  workedBetween,
  workedBy,
  workingCalendar,
  type Span,
  type WorkingHours,
} from '#domain/payroll/working-time.ts';

const MINUTE = 60_000;
const SHANGHAI: WorkingHours = { timeZone: 'Asia/Shanghai', days: [1, 2, 3, 4, 5, 6, 7], from: 540, to: 1080 };
const at = (text: string) => Date.parse(text);

describe('working time', () => {
  const calendar = workingCalendar(SHANGHAI);
  const due = (from: string, minutes: number, pauses: readonly Span[] = []) => {
    const instant = workedBy(calendar, at(from), minutes * MINUTE, pauses);
    return instant === null ? null : new Date(instant).toISOString();
  };

  test('15 minutes from 17:55, with hours from 9 to 18, are over at 9:10 the next day', () => {
    expect(due('2026-03-03T09:55:00Z', 15)).toBe('2026-03-04T01:10:00.000Z');
  });

  test('what is over at closing time is over then, not when the next day opens', () => {
    expect(due('2026-03-03T09:55:00Z', 5)).toBe('2026-03-03T10:00:00.000Z');
  });

  test('before the day opens, nothing has been worked', () => {
    expect(due('2026-03-02T20:00:00Z', 1)).toBe('2026-03-03T01:01:00.000Z');
  });

  test('a promise of no time at all is due at once', () => {
    expect(due('2026-03-03T20:00:00Z', 0)).toBe('2026-03-03T20:00:00.000Z');
  });

  test('a pause is not worked, and puts off what is due', () => {
    const pause: Span = [at('2026-03-03T01:10:00Z'), at('2026-03-03T01:40:00Z')];
    expect(due('2026-03-03T01:00:00Z', 10, [pause])).toBe('2026-03-03T01:10:00.000Z');
    expect(due('2026-03-03T01:00:00Z', 11, [pause])).toBe('2026-03-03T01:41:00.000Z');
  });

  test('where nobody ever works, nothing is ever over', () => {
    const never = workingCalendar({ ...SHANGHAI, days: [] });
    expect(workedBy(never, 0, MINUTE, [])).toBeNull();
    expect(workedBetween(never, [0, 1e12], [])).toBe(0);
  });

  test('on the day when the clocks go forward an hour is missing, on the day they go back there is one more', () => {
    const berlin = workingCalendar({ timeZone: 'Europe/Berlin', days: [7], from: 0, to: 1440 });
    const hoursOn = (date: string) =>
      workedBetween(
        berlin,
        [at(`${date}T00:00:00Z`) - 12 * 60 * MINUTE, at(`${date}T00:00:00Z`) + 36 * 60 * MINUTE],
        [],
      ) /
      (60 * MINUTE);
    expect([hoursOn('2026-03-22'), hoursOn('2026-03-29'), hoursOn('2026-10-25')]).toEqual([24, 23, 25]);
  });

  test('agrees with counting minute by minute', () => {
    const minute = fc.integer({ min: 0, max: 6 * 1440 });
    const spans = fc.array(fc.tuple(minute, minute), { maxLength: 4 });
    const monday = at('2026-03-02T00:00:00Z');
    const instant = (offset: number) => monday + offset * MINUTE;
    fc.assert(
      fc.property(minute, minute, spans, fc.subarray([1, 2, 3, 4, 5, 6, 7]), (from, to, pauses, days) => {
        const hours = { ...SHANGHAI, days };
        const known = pauses.map(([a, b]): Span => [instant(Math.min(a, b)), instant(Math.max(a, b))]);
        const isWorked = (offset: number) => {
          const local = new Date(instant(offset) + 8 * 60 * MINUTE);
          const clock = local.getUTCHours() * 60 + local.getUTCMinutes();
          return (
            days.includes(local.getUTCDay() || 7) &&
            clock >= hours.from &&
            clock < hours.to &&
            !known.some(([a, b]) => instant(offset) >= a && instant(offset) < b)
          );
        };
        let counted = 0;
        for (let offset = from; offset < to; offset++) if (isWorked(offset)) counted++;
        const calendarOf = workingCalendar(hours);
        expect(workedBetween(calendarOf, [instant(from), instant(to)], known)).toBe(counted * MINUTE);
        if (counted === 0) return;
        const over = workedBy(calendarOf, instant(from), counted * MINUTE, known) ?? Number.NaN;
        expect(over).toBeLessThanOrEqual(instant(to));
        expect(workedBetween(calendarOf, [instant(from), over], known)).toBe(counted * MINUTE);
        expect(workedBetween(calendarOf, [instant(from), over - MINUTE], known)).toBe((counted - 1) * MINUTE);
      }),
    );
  });
});
