import type { Knex } from 'knex';

/** A payslip says itself that it has to be made anew: nobody has to look through a month's work for those that do. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('payslips', (t) => {
    t.boolean('is_stale').notNullable().defaultTo(0);
  });
}
