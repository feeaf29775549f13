import type { Transaction } from '../store.ts';
import { turnOf } from './log.ts';
import { logLeft } from './parted.ts';
import { holdStations } from './stations.ts';
import { SYNCED_TABLES } from './tables.ts';

/**
 * At a station whose server lost what it had: every row this database writes is logged anew, parents first, and so sent again;
 * also what the region shares, whoever wrote it, since nobody else may have it still.
 */
export async function logOwnRowsAgain(trx: Transaction): Promise<void> {
  for (const { name, key, writer } of SYNCED_TABLES) {
    if (writer === 'head-office') continue;
    const which = writer === 'shared' ? '1 = 1' : 'unit_id = (SELECT unit_id FROM installation)';
    await trx.run(
      `INSERT INTO change_log (turn, table_name, row_id, kind, audience, origin)
       SELECT 0, '${name}', ${key}, 'update', '', '' FROM ${name} WHERE ${which} ORDER BY ${key}`,
    );
  }
}

/**
 * At the server, after units went from one region to another: those who stay behind are told that the units' customers and work
 * are gone, those who are there already, that they have come. The units' own stations take new snapshots.
 */
export async function logMovedUnits(
  trx: Transaction,
  unitIds: readonly string[],
  { from, to }: Readonly<{ from: string; to: string }>,
): Promise<void> {
  // What a station is just sending is logged for the old region, and not seen from here before it is there.
  await holdStations(trx);
  await logLeft(trx, unitIds, from);
  for (const { name, key, audience } of SYNCED_TABLES) {
    if (audience !== 'region') continue;
    const source = { name, key, column: 'unit_id', unitIds };
    await logRows(trx, source, 'delete', `'r:${from}'`);
    await logRows(trx, source, 'update', `'r:${to}'`);
  }
}

/** At the server, after units came under another one: what only they and those above them see is told to the new ones. */
export async function logUnitsSeenAnew(trx: Transaction, unitIds: readonly string[]): Promise<void> {
  await holdStations(trx);
  for (const { name, key, audience, cut } of SYNCED_TABLES) {
    const source = { name, key, column: 'unit_id', unitIds };
    if (audience === 'unit' || audience === 'parties') await logRows(trx, source, 'update', `'u:' || unit_id`);
    if (audience === 'parties') await logRows(trx, { ...source, column: 'to_unit_id' }, 'update', `'u:' || to_unit_id`);
    // Everyone has these, but only now the ones above see all of them.
    if (Object.keys(cut).length > 0) await logRows(trx, source, 'update', `'*'`);
  }
}

type Source = Readonly<{ name: string; key: string; column: string; unitIds: readonly string[] }>;

async function logRows(
  trx: Transaction,
  { name, key, column, unitIds }: Source,
  kind: 'update' | 'delete',
  audience: string,
): Promise<void> {
  await trx.run(
    `INSERT INTO change_log (turn, table_name, row_id, kind, audience, origin)
     SELECT ${turnOf(trx)}, '${name}', ${key}, '${kind}', ${audience}, '' FROM ${name}
     WHERE ${column} IN (${unitIds.map(() => '?').join(', ')}) ORDER BY ${key}`,
    unitIds,
  );
}
