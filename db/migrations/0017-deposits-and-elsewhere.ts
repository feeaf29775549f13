import type { Knex } from 'knex';

/**
 * What an old part that did not come back costs a deposit: the entry says for which decision about the debt it stands. What a
 * station asked its server about stock that it doesn't hold, and what it was answered.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('deposit_entries', (t) => {
    t.text('old_part_entry_id'); // the charge of an old part, here taken from the deposit or given back
  });
  await knex.raw(
    'CREATE INDEX deposit_entries_old_part ON deposit_entries (old_part_entry_id) WHERE old_part_entry_id IS NOT NULL',
  );
  await knex.schema.createTable('stock_questions', (t) => {
    t.text('part_id').notNullable().primary();
    t.bigInteger('asked_at').notNullable(); // ms UTC, the last time
    t.bigInteger('answered_at'); // before asked_at: the last question is still open
    t.text('answer').notNullable(); // JSON: where it lies; empty: none yet
  });
}
