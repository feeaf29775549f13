import type { Sql } from '../store.ts';

/** Where work comes from: a place of sale or a group. */
export type StoreChoice = Readonly<{ id: string; name: string; kind: string }>;

export async function storesByName(sql: Sql): Promise<StoreChoice[]> {
  return sql.all<StoreChoice>('SELECT id, name, kind FROM stores ORDER BY name LIMIT 1000');
}
