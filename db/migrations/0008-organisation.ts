import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

/** Departments and positions, and the contracts under which others run an outlet for the company (ORG-1, ORG-3). */
export async function up(knex: Knex, tools: SchemaTools): Promise<void> {
  await knex.schema.createTable('departments', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable().references('units.id');
    t.text('parent_id').references('departments.id');
    t.text('kind').notNullable().checkIn(['department', 'position']);
    t.text('name').notNullable();
    t.boolean('is_active').notNullable();
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
    t.unique(['unit_id', 'parent_id', 'kind', 'name']);
  });
  await knex.schema.alterTable('employees', (t) => {
    t.text('department_id'); // the department or position in the tree
  });
  await people(knex);
  await searchedByUnit(knex);
  await contracts(knex);
  for (const table of ['departments', 'contracts', 'contract_events']) {
    await tools.captureFor(table, 'company');
    await tools.writtenByHeadOffice(table);
  }
  await tools.appendOnly('contract_events');
  for (const table of LEDGERS) await tools.forgettable(table);
}

/** Ledgers whose rows go out of a station's sight when their unit moves to another region. */
const LEDGERS = [
  'work_order_states',
  'stock_documents',
  'stock_moves',
  'settlements',
  'customer_entries',
  'pay_entries',
];

/** Searching and counting stay within an index where only some units' rows are looked through; no index holds what is empty. */
async function searchedByUnit(knex: Knex): Promise<void> {
  await knex.schema.alterTable('work_orders', (t) => {
    t.dropIndex(['received_on']);
    t.dropIndex(['state', 'promised_at']);
    t.index(['received_on', 'unit_id']);
    t.index(['state', 'promised_at', 'unit_id']);
    t.dropIndex(['audited_on']);
    t.dropIndex(['technician_id', 'state']);
    t.dropUnique(['origin_key']);
  });
  // Nobody looks for orders that have none of these; each index costs every order that comes in.
  await knex.raw('CREATE INDEX work_orders_audited_on ON work_orders (audited_on) WHERE audited_on IS NOT NULL');
  await knex.raw(
    'CREATE INDEX work_orders_technician ON work_orders (technician_id, state) WHERE technician_id IS NOT NULL',
  );
  await knex.raw('CREATE UNIQUE INDEX work_orders_origin_key ON work_orders (origin_key) WHERE origin_key IS NOT NULL');
  await knex.schema.alterTable('customers', (t) => {
    t.dropIndex([], 'customers_search');
    t.index(['search_text', 'unit_id', 'id'], 'customers_search');
  });
  await knex.schema.alterTable('devices', (t) => {
    t.dropIndex([], 'devices_search');
    t.index(['search_text', 'unit_id', 'customer_id', 'id'], 'devices_search');
  });
}

/**
 * Everybody, for finding by id or number whom a row names, wherever he works now: lists read `employees`, of which one sees
 * one's own units'. A migration that makes that table anew has to drop this before, and make it again after.
 */
async function people(knex: Knex): Promise<void> {
  await knex.raw(`CREATE VIEW people AS SELECT id, unit_id, number, name, phone, position, grade, base_salary, position_pay,
    grade_allowance, joined_on, left_on, is_active, version, created_at, department_id FROM employees`);
}

/** A provider works as an outlet of the organisation: its installers are the outlet's employees. */
async function contracts(knex: Knex): Promise<void> {
  await knex.schema.createTable('contracts', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable().references('units.id'); // the outlet that the provider runs
    t.text('number').notNullable().unique();
    t.text('provider').notNullable();
    t.text('contact').notNullable();
    t.text('phone').notNullable();
    t.text('areas').notNullable(); // JSON: places served, as addresses name them
    t.text('kinds').notNullable(); // JSON: kinds of work taken
    t.text('from_on').notNullable();
    t.text('to_on');
    t.text('state').notNullable().checkIn(['active', 'suspended', 'ended']);
    t.bigInteger('rating').notNullable(); // points, from the events
    t.text('note').notNullable();
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
    t.index(['unit_id']);
  });
  await knex.schema.createTable('contract_events', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('contract_id').notNullable().references('contracts.id');
    t.text('kind').notNullable().checkIn(['reward', 'penalty', 'suspension', 'elimination', 'reinstatement']);
    t.text('happened_on').notNullable();
    t.bigInteger('points').notNullable(); // signed
    t.bigInteger('amount').notNullable(); // fen, signed
    t.text('reason').notNullable();
    t.text('evidence').notNullable(); // what shows it: a document, a complaint, a work order's number
    t.text('installer_id'); // whom of the provider's people it is about; null: the provider
    t.text('employee_id').notNullable();
    t.text('employee_name').notNullable();
    t.bigInteger('at').notNullable();
    t.index(['contract_id']);
  });
}
