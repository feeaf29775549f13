import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

/** Organisation, people, sessions, and what the one door writes: commands, audit log, change log. */
export async function up(knex: Knex, tools: SchemaTools): Promise<void> {
  await changeLog(knex);
  await organisation(knex);
  await people(knex);
  await door(knex);
  await attachments(knex);
  for (const table of ['units', 'employees', 'employee_roles', 'attachments']) await tools.captureChanges(table);
  await tools.appendOnly('audit_log');
}

async function changeLog(knex: Knex): Promise<void> {
  await knex.schema.createTable('change_log', (t) => {
    t.bigIncrements('seq');
    t.text('table_name').notNullable();
    t.text('row_id').notNullable();
    t.text('kind').notNullable().checkIn(['insert', 'update', 'delete']);
  });
}

async function organisation(knex: Knex): Promise<void> {
  await knex.schema.createTable('units', (t) => {
    t.text('id').notNullable().primary();
    t.text('parent_id').references('units.id');
    t.text('code').notNullable().unique();
    t.text('name').notNullable();
    t.text('kind').notNullable().checkIn(['head-office', 'region', 'province', 'outlet']);
    t.text('time_zone').notNullable();
    t.text('currency').notNullable();
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
  });
  // Which unit this database serves: one row.
  await knex.schema.createTable('installation', (t) => {
    t.bigInteger('id').notNullable().primary();
    t.text('unit_id').notNullable().references('units.id');
    t.text('database_id').notNullable();
    t.bigInteger('created_at').notNullable();
    t.check('id = 1');
  });
}

async function people(knex: Knex): Promise<void> {
  await knex.schema.createTable('employees', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable().references('units.id');
    t.text('number').notNullable().unique();
    t.text('name').notNullable();
    t.text('phone').notNullable();
    t.text('position').notNullable();
    t.text('grade').notNullable();
    t.bigInteger('base_salary').notNullable();
    t.bigInteger('position_pay').notNullable();
    t.bigInteger('grade_allowance').notNullable();
    t.text('joined_on');
    t.text('left_on');
    t.boolean('is_active').notNullable();
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
  });
  await knex.schema.createTable('employee_roles', (t) => {
    t.text('id').notNullable().primary();
    t.text('employee_id').notNullable().references('employees.id');
    t.text('role').notNullable();
    t.unique(['employee_id', 'role']);
  });
  // Kept apart from the archive: never synchronised, never listed.
  await knex.schema.createTable('credentials', (t) => {
    t.text('employee_id').notNullable().primary().references('employees.id');
    t.text('password_hash').notNullable();
    t.boolean('is_change_due').notNullable();
    t.bigInteger('changed_at').notNullable();
  });
  await knex.schema.createTable('sessions', (t) => {
    t.text('id').notNullable().primary();
    t.text('token_hash').notNullable().unique();
    t.text('employee_id').notNullable().references('employees.id');
    t.bigInteger('created_at').notNullable();
    t.bigInteger('expires_at').notNullable();
    t.bigInteger('ended_at');
    t.index(['employee_id']);
  });
}

async function door(knex: Knex): Promise<void> {
  await knex.schema.createTable('commands', (t) => {
    t.text('id').notNullable().primary();
    t.text('operation').notNullable();
    t.text('actor_id').notNullable();
    t.text('input_hash').notNullable();
    t.text('result').notNullable();
    t.bigInteger('at').notNullable();
  });
  await knex.schema.createTable('audit_log', (t) => {
    t.bigIncrements('seq');
    t.bigInteger('at').notNullable();
    t.text('actor_id').notNullable();
    t.text('actor_name').notNullable();
    t.text('command_id').notNullable();
    t.text('operation').notNullable();
    t.text('event').notNullable();
    t.text('entity').notNullable();
    t.text('entity_id').notNullable();
    t.text('change').notNullable();
    t.text('hash').notNullable(); // of this line and the hash of the line before: a line can't be changed or taken out unseen
    t.index(['entity_id', 'seq']);
    t.index(['operation', 'at']);
  });
  await knex.schema.createTable('sequences', (t) => {
    t.text('key').notNullable().primary();
    t.bigInteger('last').notNullable();
  });
}

async function attachments(knex: Knex): Promise<void> {
  await knex.schema.createTable('attachments', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('entity').notNullable();
    t.text('entity_id').notNullable();
    t.text('kind').notNullable().checkIn(['photo', 'signature', 'document']);
    t.text('name').notNullable();
    t.text('media_type').notNullable();
    t.bigInteger('size').notNullable();
    t.text('sha256').notNullable();
    t.text('created_by_id').notNullable();
    t.bigInteger('created_at').notNullable();
    t.index(['entity_id']);
  });
  await knex.schema.createTable('attachment_contents', (t) => {
    t.text('sha256').notNullable().primary();
    t.binary('content').notNullable();
  });
}
