import type { SqlValue } from '#db/store.ts';
import type { TestDialect } from './databases.ts';
import { openTestStation, type TestStation } from './station.ts';

/** Two stations of one company, each with a database of its own; nothing goes from one to the other unless it is carried. */
export async function openTwoUnits(
  dialect: TestDialect,
): Promise<Readonly<{ a: TestStation; b: TestStation; close(): Promise<void> }>> {
  const a = await openTestStation(dialect);
  const b = await openTestStation(dialect, { code: 'RC01', name: '大区维修中心' });
  await carry(a, b);
  await carry(b, a);
  return { a, b, close: async () => void (await Promise.all([a.close(), b.close()])) };
}

/** Parents first. */
const TABLES = ['units', 'contracts', 'stores', 'warehouses', 'parts', 'requests', 'answers'] as const;

/** What synchronising does: rows of the one unit come to the other's database as they are, as often as it likes. */
export async function carry(from: TestStation, to: TestStation): Promise<void> {
  for (const table of TABLES) {
    const whose = table === 'units' ? 'id' : 'unit_id';
    const rows = await from.rows<Record<string, SqlValue>>(`SELECT * FROM ${table} WHERE ${whose} = ?`, [
      from.station.unitId,
    ]);
    await to.store.replicate({ origin: 'carried', log: 'keep', references: 'trusted' }, async (trx) => {
      for (const row of rows) {
        const columns = Object.keys(row).map((key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
        const sets = columns.map((column) => `${column} = excluded.${column}`).join(', ');
        await trx.run(
          `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
           ON CONFLICT (id) DO UPDATE SET ${sets}`,
          Object.values(row),
        );
      }
    });
  }
}

export async function exchange(a: TestStation, b: TestStation): Promise<void> {
  await carry(a, b);
  await carry(b, a);
}
