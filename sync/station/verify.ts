import { z } from 'zod';
import { checksumsOf, rowHashes } from '#db/sync/checksums.ts';
import { SYNCED_TABLES, type SyncedTable } from '#db/sync/tables.ts';
import type { Store } from '#db/store.ts';
import { ask, type Line } from './line.ts';

const answer = z.object({
  different: z.array(
    z.object({
      after: z.string(),
      upTo: z.string().nullable(),
      rows: z.array(z.tuple([z.string(), z.string()])),
    }),
  ),
});

/** `missing-here`: only the server has the row; `missing-there`: only the station; `different`: both, with other contents. */
export type RowDifference = Readonly<{
  table: string;
  rowId: string;
  kind: 'missing-here' | 'missing-there' | 'different';
}>;

export type Verified = Readonly<{ tables: number; rows: number; differences: readonly RowDifference[] }>;

/**
 * Compares all that this station has with what the server says it should have, and names every row that differs. Both are
 * compared as they are: what still waits to be sent or fetched shows as a difference.
 * @throws DomainError as the line does
 */
export async function verify(
  store: Store,
  line: Line,
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<Verified> {
  const differences: RowDifference[] = [];
  let rows = 0;
  for (const [index, table] of SYNCED_TABLES.entries()) {
    const ranges = await store.read((sql) => checksumsOf(sql, table, null));
    for (const { count } of ranges) rows += count;
    const { different } = await ask(line, 'verify', JSON.stringify({ table: table.name, ranges }), answer);
    for (const { rows: theirs, ...range } of different) {
      const ours = await store.read((sql) => rowHashes(sql, table, range, null, Number.MAX_SAFE_INTEGER));
      differences.push(...differencesOf(table, new Map(ours), new Map(theirs)));
    }
    onProgress(index + 1, SYNCED_TABLES.length);
  }
  return { tables: SYNCED_TABLES.length, rows, differences };
}

function differencesOf(
  { name: table }: SyncedTable,
  ours: ReadonlyMap<string, string>,
  theirs: ReadonlyMap<string, string>,
): RowDifference[] {
  const differences: RowDifference[] = [];
  for (const [rowId, hash] of ours) {
    const other = theirs.get(rowId);
    if (other === undefined) differences.push({ table, rowId, kind: 'missing-there' });
    else if (other !== hash) differences.push({ table, rowId, kind: 'different' });
  }
  for (const rowId of theirs.keys()) if (!ours.has(rowId)) differences.push({ table, rowId, kind: 'missing-here' });
  return differences;
}
