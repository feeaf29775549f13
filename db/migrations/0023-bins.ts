import type { Knex } from 'knex';

/** What lies in a bin is found by the bin: there are far fewer of them than of parts. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('stock_places', (t) => t.index(['bin', 'part_id', 'warehouse_id']));
}
