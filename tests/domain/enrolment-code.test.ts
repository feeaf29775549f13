import { expect, test } from 'vitest';
import {
  enrolmentCodeOf,
  fingerprintGroups,
  formatEnrolmentCode,
  isEnrolmentCode,
  isSameFingerprint,
  normaliseEnrolmentCode,
} from '#domain/sync/enrolment-code.ts';

const HEX = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

test('a code is twelve signs in groups of four, none that looks like another', () => {
  const code = enrolmentCodeOf(HEX);
  expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){2}$/);
  expect(enrolmentCodeOf(`${HEX.slice(0, -1)}9`)).not.toBe(code);
});

test.each([
  ['7KQF-2M9D-XWPT', true],
  ['7kqf2m9dxwpt', true],
  [' 7KQF – 2M9D — XWPT ', true],
  ['７ＫＱＦ－２Ｍ９Ｄ－ＸＷＰＴ', true],
  ['7KQF-2M9D-XWP', false],
  ['7KQF-2M9D-XWPTT', false],
  ['7KQF-2M9D-XWP0', false],
  ['', false],
])('%s is a code: %s', (typed, isCode) => {
  expect(isEnrolmentCode(typed)).toBe(isCode);
  if (isCode) expect(normaliseEnrolmentCode(typed)).toBe('7KQF2M9DXWPT');
});

test('however it was typed, a code reads the same', () => {
  expect(formatEnrolmentCode('7kqf 2m9d xwpt')).toBe('7KQF-2M9D-XWPT');
});

test('a fingerprint is compared in groups, with or without its colons', () => {
  expect(fingerprintGroups('ab:cd:ef:01:23')).toEqual(['ABCD', 'EF01', '23']);
  expect(isSameFingerprint('AB:CD:EF', 'abcdef')).toBe(true);
  expect(isSameFingerprint('AB:CD:EF', 'abcdee')).toBe(false);
});
