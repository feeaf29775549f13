import type { Knex } from 'knex';

/** Where the last batch began that a station sent before the one before it was answered. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('server_link', (t) => {
    t.bigInteger('sent_seq').notNullable().defaultTo(0);
    t.text('sent_digest').notNullable().defaultTo('');
  });
}
