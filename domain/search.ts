/**
 * The form in which text is stored in search columns and in which a fragment is looked for: full-width and half-width
 * alike (NFKC), lower case, single spaces. Composed again after lower-casing, so that doing it twice changes nothing.
 */
export function normalizeSearch(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/g, ' ').trim();
}

/** The digits of a phone number, full-width ones too, without spaces, dashes and the plus sign. */
export function phoneDigits(text: string): string {
  return text.normalize('NFKC').replace(/[^0-9]/g, '');
}
