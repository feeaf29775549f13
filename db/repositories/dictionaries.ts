import { normalizeSearch } from '#domain/search.ts';
import type { Sql, Transaction } from '../store.ts';

/** The fields whose values are kept and offered next time. */
export const DICTIONARIES = [
  'category',
  'brand',
  'model',
  'place-of-purchase',
  'symptom',
  'appearance',
  'accessories',
  'fault',
  'cause',
  'action',
  'position',
  'grade',
  'wait-reason',
  'escalate-reason',
  'give-up-reason',
  'reschedule-reason',
  'cancel-reason',
] as const;
export type DictionaryName = (typeof DICTIONARIES)[number];

const OWN_UNIT = "COALESCE((SELECT unit_id FROM installation), '')";

/** Keeps what was typed; a value already known is counted once more. */
export async function rememberValues(
  trx: Transaction,
  newId: () => string,
  values: Readonly<Partial<Record<DictionaryName, string>>>,
): Promise<void> {
  for (const dictionary of DICTIONARIES) {
    const value = values[dictionary];
    if (!value) continue;
    await trx.run(
      `INSERT INTO dictionary_entries (id, unit_id, dictionary, value, search_text, uses)
       VALUES (?, ${OWN_UNIT}, ?, ?, ?, 1) ON CONFLICT (dictionary, value, unit_id) DO UPDATE SET uses = dictionary_entries.uses + 1`,
      [newId(), dictionary, value, normalizeSearch(value)],
    );
  }
}

/** Keeps what came in bulk, each value with how often it came; in their order, so that two who do so don't block each other. */
export async function rememberMany(
  trx: Transaction,
  newId: () => string,
  dictionary: DictionaryName,
  uses: ReadonlyMap<string, number>,
): Promise<void> {
  for (const [value, count] of uses) {
    if (value === '') continue;
    await trx.run(
      `INSERT INTO dictionary_entries (id, unit_id, dictionary, value, search_text, uses)
       VALUES (?, ${OWN_UNIT}, ?, ?, ?, ?) ON CONFLICT (dictionary, value, unit_id) DO UPDATE SET uses = dictionary_entries.uses + excluded.uses`,
      [newId(), dictionary, value, normalizeSearch(value), count],
    );
  }
}

/** Values that contain the fragment, the most used first. */
export async function suggestValues(
  sql: Sql,
  dictionary: DictionaryName,
  fragment: string,
  limit: number,
): Promise<string[]> {
  const rows = await sql.all<{ value: string }>(
    `SELECT value FROM dictionary_entries WHERE dictionary = ? AND search_text LIKE ? ESCAPE '!'
     GROUP BY value ORDER BY SUM(uses) DESC, value LIMIT ?`,
    [dictionary, containing(fragment), limit],
  );
  return rows.map((row) => row.value);
}

/** A LIKE pattern for a fragment in the form of search columns; goes with `ESCAPE '!'`. */
export function containing(fragment: string): string {
  return containingAsTyped(normalizeSearch(fragment));
}

/** The same with nothing about the fragment changed. */
export function containingAsTyped(fragment: string): string {
  return `%${fragment.replace(/[!%_]/g, '!$&')}%`;
}
