import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

/** Work orders with their state history, technicians, labour and material. */
export async function up(knex: Knex, tools: SchemaTools): Promise<void> {
  await workTypes(knex);
  await workOrders(knex);
  await history(knex);
  await job(knex);
  const tracked = [
    'work_types',
    'work_orders',
    'work_order_states',
    'work_order_technicians',
    'work_order_labour',
    'work_order_parts',
  ];
  for (const table of tracked) await tools.captureChanges(table);
  await tools.appendOnly('work_order_states');
}

async function workTypes(knex: Knex): Promise<void> {
  await knex.schema.createTable('work_types', (t) => {
    t.text('id').notNullable().primary();
    t.text('code').notNullable().unique();
    t.text('name').notNullable();
    t.bigInteger('standard_fee').notNullable();
    t.bigInteger('standard_minutes').notNullable();
    t.boolean('is_active').notNullable();
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
  });
}

async function workOrders(knex: Knex): Promise<void> {
  await knex.schema.createTable('work_orders', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('number').notNullable().unique();
    t.text('customer_id').references('customers.id'); // null: an anonymous walk-in
    t.text('device_id').notNullable().references('devices.id');
    t.text('store_id').references('stores.id'); // where the work comes from
    t.text('origin_key').unique(); // of an imported row: makes the import safe to run twice
    t.text('mode').notNullable().checkIn(['carry-in', 'on-site']);
    t.text('kind').notNullable();
    t.text('channel').notNullable();
    t.text('urgency').notNullable().checkIn(['normal', 'urgent']);
    t.text('warranty_class').notNullable().checkIn(['in', 'out', 'vendor']);
    t.text('symptom').notNullable();
    t.text('appearance').notNullable();
    t.text('accessories').notNullable();
    t.text('visit_address').notNullable();
    t.bigInteger('estimate').notNullable();
    t.bigInteger('promised_at');
    t.text('state').notNullable();
    t.text('state_reason').notNullable();
    t.text('received_on').notNullable();
    t.bigInteger('received_at').notNullable();
    t.text('received_by_id').notNullable();
    t.text('technician_id').references('employees.id'); // to whom it is dispatched
    t.bigInteger('appointed_at');
    t.bigInteger('started_at');
    t.bigInteger('completed_at');
    t.text('completed_on');
    t.text('fault').notNullable();
    t.text('cause').notNullable();
    t.text('action').notNullable();
    t.bigInteger('travel_fee').notNullable();
    t.bigInteger('discount').notNullable();
    t.text('audited_on');
    t.text('audited_by_id');
    t.text('audit_note').notNullable();
    t.text('settlement_id'); // the settlement in force
    t.bigInteger('picked_up_at');
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
    t.index(['state', 'promised_at']);
    t.index(['received_on']);
    t.index(['audited_on']);
    t.index(['customer_id']);
    t.index(['device_id']);
    t.index(['technician_id', 'state']);
  });
}

async function history(knex: Knex): Promise<void> {
  await knex.schema.createTable('work_order_states', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('work_order_id').notNullable().references('work_orders.id');
    t.bigInteger('step').notNullable(); // 1 is the registration
    t.text('from_state').notNullable();
    t.text('to_state').notNullable();
    t.text('reason').notNullable();
    t.text('employee_id').notNullable();
    t.bigInteger('at').notNullable();
    t.unique(['work_order_id', 'step']);
  });
}

async function job(knex: Knex): Promise<void> {
  await knex.schema.createTable('work_order_technicians', (t) => {
    t.text('id').notNullable().primary();
    t.text('work_order_id').notNullable().references('work_orders.id');
    t.text('employee_id').notNullable().references('employees.id');
    t.bigInteger('share_bp').notNullable();
    t.unique(['work_order_id', 'employee_id']);
    t.index(['employee_id']);
  });
  await knex.schema.createTable('work_order_labour', (t) => {
    t.text('id').notNullable().primary();
    t.text('work_order_id').notNullable().references('work_orders.id');
    t.bigInteger('line_no').notNullable();
    t.text('work_type_id').notNullable().references('work_types.id');
    t.bigInteger('fee').notNullable();
    t.bigInteger('labour_cost').notNullable();
    t.bigInteger('units').notNullable();
    t.unique(['work_order_id', 'line_no']);
  });
  await knex.schema.createTable('work_order_parts', (t) => {
    t.text('id').notNullable().primary();
    t.text('work_order_id').notNullable().references('work_orders.id');
    t.bigInteger('line_no').notNullable();
    t.text('warehouse_id').notNullable().references('warehouses.id');
    t.text('part_id').notNullable().references('parts.id');
    t.bigInteger('quantity').notNullable().checkPositive();
    t.bigInteger('price').notNullable(); // fen for one
    t.bigInteger('cost').notNullable(); // fen of the whole line, what its moves took out
    t.text('charge').notNullable().checkIn(['customer', 'warranty', 'vendor', 'free']);
    t.unique(['work_order_id', 'line_no']);
  });
}
