import type { SqlValue, Store } from '#db/store.ts';
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

/** The same, the one an outlet below the other. */
export async function openOutletAndCentre(
  dialect: TestDialect,
): Promise<Readonly<{ outlet: TestStation; centre: TestStation; close(): Promise<void> }>> {
  const { a: outlet, b: centre, close } = await openTwoUnits(dialect);
  await putBelow(sideOf(outlet), centre.station.unitId);
  await carry(outlet, centre);
  return { outlet, centre, close };
}

/** As head office sets it up. */
export async function putBelow(side: Side, parentId: string): Promise<void> {
  await side.store.replicate({ origin: 'head-office', log: 'keep' }, (trx) =>
    trx.run('UPDATE units SET parent_id = ? WHERE id = ?', [parentId, side.unitId]),
  );
}

/** Parents first. */
const TABLES = [
  ...(['units', 'contracts', 'stores', 'warehouses', 'parts', 'requests', 'answers'] as const),
  ...(['transfer_closures', 'deposit_entries'] as const),
];
/** What the database lets nobody change. */
const LEDGERS: ReadonlySet<string> = new Set(['transfer_closures', 'deposit_entries']);

/** One unit's database, as it lies there. */
export type Side = Readonly<{ store: Store; unitId: string }>;

/** What synchronising does: rows of the one unit come to the other's database as they are, as often as it likes. */
export async function carryRows(from: Side, to: Store): Promise<void> {
  for (const table of TABLES) {
    const whose = table === 'units' ? 'id' : 'unit_id';
    const rows = await from.store.read((sql) =>
      sql.all<Record<string, SqlValue>>(`SELECT * FROM ${table} WHERE ${whose} = ?`, [from.unitId]),
    );
    await to.replicate({ origin: 'carried', log: 'keep' }, async (trx) => {
      for (const row of rows) {
        const columns = Object.keys(row).map((key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
        const sets = columns.map((column) => `${column} = excluded.${column}`).join(', ');
        await trx.run(
          `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
           ON CONFLICT (id) DO ${LEDGERS.has(table) ? 'NOTHING' : `UPDATE SET ${sets}`}`,
          Object.values(row),
        );
      }
    });
  }
}

const sideOf = ({ store, station }: TestStation): Side => ({ store, unitId: station.unitId });

export const carry = (from: TestStation, to: TestStation): Promise<void> => carryRows(sideOf(from), to.store);

export async function exchange(a: TestStation, b: TestStation): Promise<void> {
  await carry(a, b);
  await carry(b, a);
}
