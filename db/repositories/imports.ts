import { selectIn } from '../bulk.ts';
import type { Sql, Transaction } from '../store.ts';
import { takeFromSequence } from './sequences.ts';

/** What imports need beside the repositories of the documents they make. */

/**
 * Imports of a kind take turns until the end of their transaction: on PostgreSQL two at once would each find the other's
 * rows missing. (The row of the sequence is what is locked.)
 */
export async function takeTurnAt(trx: Transaction, kind: string): Promise<void> {
  await takeFromSequence(trx, `import:${kind}`, 1);
}

/** Of these keys, those whose work order is here already. */
export async function knownOriginKeys(sql: Sql, keys: readonly string[]): Promise<Set<string>> {
  const select = 'SELECT origin_key FROM work_orders WHERE origin_key IN';
  return new Set((await selectIn<{ originKey: string }>(sql, select, keys)).map((row) => row.originKey));
}

/** Ids of the stores of these names, by name; those missing are made, of kind `community`. */
export async function communityStores(
  trx: Transaction,
  names: readonly string[],
  origin: Readonly<{ unitId: string; createdAt: number; newId: () => string }>,
): Promise<Map<string, string>> {
  const known = await storeIds(trx, names);
  const missing = names.filter((name) => !known.has(name));
  for (const name of missing) {
    await trx.run(
      `INSERT INTO stores (id, unit_id, name, kind, version, created_at) VALUES (?, ?, ?, 'community', 1, ?) ON CONFLICT (unit_id, name) DO NOTHING`,
      [origin.newId(), origin.unitId, name, origin.createdAt],
    );
  }
  return missing.length === 0 ? known : storeIds(trx, names);
}

async function storeIds(sql: Sql, names: readonly string[]): Promise<Map<string, string>> {
  const rows = await selectIn<{ id: string; name: string }>(sql, 'SELECT id, name FROM stores WHERE name IN', names);
  return new Map(rows.map((row) => [row.name, row.id]));
}
