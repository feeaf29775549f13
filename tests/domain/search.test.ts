import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalizeSearch, phoneDigits } from '#domain/search.ts';

test('full-width, upper-case and widely spaced text is found by its plain form', () => {
  expect(normalizeSearch('  ＡＢＣ　１２３\n Müller ')).toBe('abc 123 müller');
  expect(normalizeSearch('修途 ＳＨ０１')).toBe('修途 sh01');
});

test('normalising twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(normalizeSearch(normalizeSearch(text))).toBe(normalizeSearch(text));
    }),
  );
});

test('a phone number is its digits, however it is written', () => {
  expect(phoneDigits('+86 138-0013 8000')).toBe('8613800138000');
  expect(phoneDigits('（０２１）６２８８ ００００')).toBe('02162880000');
});
