import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

/**
 * What lies where is asked for parts that were found by their words, thousands at a time: a balance is found by its part first,
 * and a part's bin stands in the index it is found by. No move has more to write for it.
 */
export async function up(knex: Knex, tools: SchemaTools): Promise<void> {
  await knex.schema.alterTable('stock_balances', (t) => t.dropIndex(['part_id']));
  await tools.setKey('stock_balances', ['part_id', 'warehouse_id']);
  await knex.schema.alterTable('stock_balances', (t) => void t.index(['warehouse_id']));
  await knex.schema.alterTable('stock_places', (t) => {
    t.dropIndex(['part_id']);
    t.index(['part_id', 'warehouse_id', 'bin']);
  });
}
