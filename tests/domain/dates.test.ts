import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  businessDate,
  businessDates,
  compactDate,
  daysBetween,
  daysIn,
  isRealDate,
  isTimeZone,
  startOfBusinessDate,
} from '#domain/dates.ts';

const HOUR = 3_600_000;

describe('the business date', () => {
  test('17:30 UTC is the next day in Shanghai and the same day in London', () => {
    const at = Date.UTC(2026, 2, 15, 17, 30);
    expect(businessDate(at, 'Asia/Shanghai')).toBe('2026-03-16');
    expect(businessDate(at, 'Europe/London')).toBe('2026-03-15');
  });

  test.each([
    ['2026-03-16', 'Asia/Shanghai', '2026-03-15T16:00:00Z'],
    ['2026-07-01', 'Europe/London', '2026-06-30T23:00:00Z'],
    ['2026-03-29', 'Europe/London', '2026-03-29T00:00:00Z'],
    ['2026-03-30', 'Europe/London', '2026-03-29T23:00:00Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
    ['2026-01-01', 'Pacific/Kiritimati', '2025-12-31T10:00:00Z'],
    ['2026-01-01', 'Etc/GMT+12', '2026-01-01T12:00:00Z'],
  ])('%s in %s begins at %s', (date, timeZone, start) => {
    expect(new Date(startOfBusinessDate(date, timeZone)).toISOString()).toBe(start.replace('Z', '.000Z'));
  });

  test('a date begins with its first millisecond, in every zone and at every change of clocks', () => {
    const zones = ['Asia/Shanghai', 'Europe/London', 'America/St_Johns', 'Africa/Cairo', 'Australia/Lord_Howe'];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 4000 }), (timeZone, days) => {
        const date = addDays('2015-01-01', days);
        const start = startOfBusinessDate(date, timeZone);
        expect(businessDate(start, timeZone)).toBe(date);
        expect(businessDate(start - 1, timeZone) < date).toBe(true);
        expect(startOfBusinessDate(addDays(date, 1), timeZone) - start).toBeGreaterThanOrEqual(23 * HOUR);
      }),
    );
  });

  test('many instants of a zone have the dates that each has by itself, also beside a change of clocks and a day left out', () => {
    const zones = ['Asia/Shanghai', 'Europe/London', 'Africa/Cairo', 'Australia/Lord_Howe', 'Pacific/Apia'];
    const days = fc.array(fc.integer({ min: -800, max: 800 }), { maxLength: 5 });
    fc.assert(
      // Apia has no 30 December 2011; the others change their clocks within the time.
      fc.property(fc.constantFrom(...zones), days, fc.integer({ min: -1, max: 24 * HOUR }), (timeZone, some, rest) => {
        const dateOf = businessDates(timeZone);
        for (const day of [0, ...some]) {
          const starts = startOfBusinessDate(addDays('2011-12-30', day), timeZone);
          for (const at of [starts - 1, starts, starts + rest]) expect(dateOf(at)).toBe(businessDate(at, timeZone));
        }
      }),
    );
  });

  test('a zone that does not exist is refused', () => {
    expect(isTimeZone('Asia/Shanghai')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
    expect(() => businessDate(0, 'Mars/Olympus')).toThrow(RangeError);
  });
});

describe('the calendar', () => {
  test.each(['2025-02-28', '2024-02-29', '2000-02-29', '2026-12-31'])('%s exists', (date) => {
    expect(isRealDate(date)).toBe(true);
  });

  test.each([
    '2025-02-30',
    '2025-02-29',
    '1900-02-29',
    '2025-13-01',
    '2025-00-10',
    '2025-1-1',
    '25-01-01',
    '',
    '2025-01-01T00:00',
  ])('%j does not exist', (date) => {
    expect(isRealDate(date)).toBe(false);
  });

  test('days are counted over months and leap years', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2026-02-20', '2026-03-10')).toBe(18);
    expect(() => addDays('2025-02-30', 1)).toThrow(RangeError);
  });

  test('a period has its first and its last day', () => {
    const march = { from: '2026-03-01', to: '2026-03-31' };
    expect(daysIn(march)).toBe(31);
    expect(daysIn({ from: '2026-03-02', to: '2026-03-01' })).toBe(0);
  });

  test('a human number carries the date as 260315', () => {
    expect(compactDate('2026-03-15')).toBe('260315');
  });
});
