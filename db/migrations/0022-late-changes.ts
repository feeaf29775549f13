import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

/**
 * What is reckoned by the month is worked out again when orders of a closed period change: whose month it is is noted in a table, a
 * line of a later payslip says for which period it is, a tier's by which rule, and a payslip keeps the grade and the unit it was calculated with.
 */
export async function up(knex: Knex, tools: SchemaTools): Promise<void> {
  await knex.schema.createTable('late_changes', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('period_id').notNullable().references('pay_periods.id'); // whose payslips were made
    t.text('employee_id').notNullable().references('employees.id');
    t.text('noted_on').notNullable(); // business date: of the period that it falls in
    t.text('taken_in_id').references('pay_periods.id'); // the period in which the month was worked out again; null: it waits
    t.index(['period_id']);
    t.index(['taken_in_id']);
  });
  await knex.raw(
    'CREATE INDEX late_changes_waiting ON late_changes (employee_id, period_id) WHERE taken_in_id IS NULL',
  );
  await tools.captureFor('late_changes', 'unit');
  await tools.writtenByOwnUnit('late_changes');
  await knex.schema.alterTable('payslip_lines', (t) => {
    t.text('for_period_id'); // of an adjustment of no entry: the period whose month was worked out again
    t.text('adjusts').checkIn(['tier', 'satisfaction-month']); // and what of it
    t.text('rule_id'); // of a tier; an entry's stands with the entry
  });
  await knex.raw(
    'CREATE INDEX payslip_lines_for_period ON payslip_lines (for_period_id) WHERE for_period_id IS NOT NULL',
  );
  await grades(knex, tools);
}

/**
 * What is known of payslips made before is what people are now. At the central server those of the stations come from there: every
 * row has its one writer.
 */
async function grades(knex: Knex, tools: SchemaTools): Promise<void> {
  await knex.schema.alterTable('payslips', (t) => {
    t.text('grade').notNullable().defaultTo('');
    t.text('home_unit_id').notNullable().defaultTo(''); // the person's own, which rules may ask for
  });
  await tools.allow('payslips', 'UPDATE');
  await knex.raw(
    `UPDATE payslips SET grade = (SELECT e.grade FROM employees e WHERE e.id = employee_id),
       home_unit_id = (SELECT e.unit_id FROM employees e WHERE e.id = employee_id)
     WHERE unit_id = (SELECT unit_id FROM installation)`,
  );
  await tools.refuseHere(
    'payslips',
    'UPDATE',
    `EXISTS (SELECT 1 FROM pay_periods p WHERE p.id = OLD.period_id AND p.state IN ('reviewed', 'locked', 'paid'))`,
  );
}
