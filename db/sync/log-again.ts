import type { Transaction } from '../store.ts';
import { SYNCED_TABLES } from './tables.ts';

/** At a station whose server lost what it had: every row this database writes is logged anew, parents first, and so sent again. */
export async function logOwnRowsAgain(trx: Transaction): Promise<void> {
  for (const { name, key, writer } of SYNCED_TABLES) {
    if (writer === 'head-office') continue;
    await trx.run(
      `INSERT INTO change_log (turn, table_name, row_id, kind, audience, origin)
       SELECT 0, '${name}', ${key}, 'update', '', '' FROM ${name} WHERE unit_id = (SELECT unit_id FROM installation) ORDER BY ${key}`,
    );
  }
}
