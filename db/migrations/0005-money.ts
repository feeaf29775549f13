import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

/** Settlements and the ledger of money taken from and given back to customers. */
export async function up(knex: Knex, tools: SchemaTools): Promise<void> {
  await knex.schema.createTable('settlements', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('number').notNullable().unique();
    t.text('work_order_id').notNullable().references('work_orders.id');
    t.bigInteger('labour').notNullable();
    t.bigInteger('parts').notNullable();
    t.bigInteger('travel').notNullable();
    t.bigInteger('discount').notNullable();
    t.bigInteger('total').notNullable(); // labour + parts + travel − discount
    t.bigInteger('received_before').notNullable(); // deposits and payments taken before
    t.bigInteger('due').notNullable(); // total − received before; negative: given back
    t.text('settled_on').notNullable();
    t.bigInteger('at').notNullable();
    t.text('employee_id').notNullable();
    t.text('reverses_id').unique(); // a settlement is reversed once
    t.index(['work_order_id']);
    t.index(['settled_on']);
  });
  await knex.schema.createTable('customer_entries', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('work_order_id').notNullable().references('work_orders.id');
    t.text('customer_id');
    t.text('kind').notNullable().checkIn(['deposit', 'payment', 'refund']);
    t.text('method').notNullable().checkIn(['cash', 'card', 'wechat', 'alipay', 'transfer']);
    t.bigInteger('amount').notNullable(); // received positive, given back negative
    t.text('entered_on').notNullable();
    t.bigInteger('at').notNullable();
    t.text('employee_id').notNullable();
    t.text('settlement_id');
    t.text('reverses_id').unique(); // money is given back once
    t.index(['work_order_id']);
    t.index(['entered_on']);
  });
  for (const table of ['settlements', 'customer_entries']) {
    await tools.captureChanges(table);
    await tools.appendOnly(table);
  }
}
