/** The one-time code with which a station comes: 12 signs in groups of four, none that looks like another. */

const SIGNS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 12;
const CODE = new RegExp(`^[${SIGNS}]{${LENGTH}}$`);
const GROUP = 4;

/** How long a code is good for, ms. */
export const CODE_LIFETIME = 48 * 60 * 60_000;

/** The code that a random number stands for: 59 bits of it. @param hex at least 32 hex digits of chance */
export function enrolmentCodeOf(hex: string): string {
  let rest = BigInt(`0x${hex}`);
  let code = '';
  for (let i = 0; i < LENGTH; i++) {
    code += SIGNS[Number(rest % BigInt(SIGNS.length))] ?? '';
    rest /= BigInt(SIGNS.length);
  }
  return formatEnrolmentCode(code);
}

/** As it is kept and compared: signs only, upper case, whatever was typed between them. */
export const normaliseEnrolmentCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, '');

export const isEnrolmentCode = (typed: string): boolean => CODE.test(normaliseEnrolmentCode(typed));

/** `7KQF-2M9D-XWPT` */
export const formatEnrolmentCode = (typed: string): string => inGroups(normaliseEnrolmentCode(typed)).join('-');

/** A certificate's fingerprint in groups of four signs, as it is read out and compared. */
export const fingerprintGroups = (fingerprint: string): string[] =>
  inGroups(fingerprint.replaceAll(/[^0-9A-Za-z]/g, '').toUpperCase());

export const isSameFingerprint = (one: string, other: string): boolean =>
  fingerprintGroups(one).join('') === fingerprintGroups(other).join('');

function inGroups(signs: string): string[] {
  return Array.from({ length: Math.ceil(signs.length / GROUP) }, (_, i) => signs.slice(i * GROUP, (i + 1) * GROUP));
}
