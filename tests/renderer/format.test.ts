import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalText, minorDigits } from '#domain/money.ts';
import { createFormat, fixedFromText, instantOf } from '#renderer/ui/format.ts';

const shanghai = { timeZone: 'Asia/Shanghai', currency: 'CNY' } as const;

describe('figures', () => {
  test('the largest safe amount keeps its last fen', () => {
    const format = createFormat({ language: 'en', ...shanghai });
    expect(format.amount(Number.MAX_SAFE_INTEGER)).toBe('90,071,992,547,409.91');
    expect(format.money(-5)).toBe('-¥0.05');
  });

  test('quantities and rates show no zeros that say nothing', () => {
    const format = createFormat({ language: 'zh-CN', ...shanghai });
    expect([format.quantity(1500), format.quantity(1000), format.percent(1250)]).toEqual(['1.5', '1', '12.5%']);
  });

  test('a currency without small coins has no decimals', () => {
    expect(minorDigits('JPY')).toBe(0);
    expect(decimalText(1234, 0)).toBe('1234');
  });

  test.each([
    ['1,234.5', 123450],
    ['￥１２．３０', 1230],
    ['.5', 50],
    ['12.500', 1250],
    ['-3', -300],
    ['', null],
  ])('"%s" is read as %s fen', (text, value) => {
    expect(fixedFromText(text, 2)).toEqual({ value });
  });

  test.each([
    ['12.345', 'tooManyDecimals'],
    ['abc', 'notANumber'],
    ['-', 'notANumber'],
    ['1.2.3', 'notANumber'],
    ['99999999999999999', 'tooBig'],
  ])('"%s" is refused: %s', (text, fault) => {
    expect(fixedFromText(text, 2)).toEqual({ fault });
  });

  test('what is shown is read back as it was, for any amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e14, max: 1e14 }), fc.constantFrom(0, 2, 3), (value, decimals) => {
        expect(fixedFromText(decimalText(value, decimals), decimals)).toEqual({ value });
      }),
    );
  });
});

describe('instants on the clock of the station', () => {
  test('the clock of this computer does not matter', () => {
    const format = createFormat({ language: 'zh-CN', ...shanghai });
    expect(format.dateTime(Date.UTC(2026, 2, 14, 16, 5))).toBe('2026-03-15 00:05');
    expect(instantOf('2026-03-15', '00:05', 'Asia/Shanghai')).toBe(Date.UTC(2026, 2, 14, 16, 5));
  });

  test('nine in the morning is nine also on the days the clocks change', () => {
    expect(instantOf('2026-03-29', '09:00', 'Europe/London')).toBe(Date.UTC(2026, 2, 29, 8));
    expect(instantOf('2026-10-25', '09:00', 'Europe/London')).toBe(Date.UTC(2026, 9, 25, 9));
  });

  test('a day that does not exist has no instants', () => {
    expect(instantOf('2026-02-30', '09:00', 'Asia/Shanghai')).toBeUndefined();
  });
});
