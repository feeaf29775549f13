import { selectIn } from '../bulk.ts';
import type { Sql } from '../store.ts';

/** Where work comes from: a place of sale or a group. */
export type StoreChoice = Readonly<{ id: string; name: string; kind: string }>;

const CHOSEN_FROM = 1000;

/** Of these units, by name. */
export async function storesOf(sql: Sql, unitIds: readonly string[]): Promise<StoreChoice[]> {
  const stores = await selectIn<StoreChoice>(sql, 'SELECT id, name, kind FROM stores WHERE unit_id IN', unitIds);
  return stores.toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(0, CHOSEN_FROM);
}

/** The place of sale itself, or else one of its name. */
export async function storeLike(
  sql: Sql,
  { id, name }: Readonly<{ id: string | null; name: string }>,
): Promise<string | null> {
  const row = await sql.first<{ id: string }>(
    'SELECT id FROM stores WHERE id = ? OR name = ? ORDER BY CASE WHEN id = ? THEN 0 ELSE 1 END, id LIMIT 1',
    [id, name, id],
  );
  return row?.id ?? null;
}
