import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

/** Parts, warehouses and the append-only stock ledger with moving average cost per warehouse. */
export async function up(knex: Knex, tools: SchemaTools): Promise<void> {
  await catalogue(knex);
  await documents(knex);
  await ledger(knex);
  for (const table of ['suppliers', 'warehouses', 'parts', 'stock_documents', 'stock_moves'])
    await tools.captureChanges(table);
  await tools.appendOnly('stock_documents');
  await tools.appendOnly('stock_moves');
}

async function catalogue(knex: Knex): Promise<void> {
  await knex.schema.createTable('suppliers', (t) => {
    t.text('id').notNullable().primary();
    t.text('name').notNullable().unique();
    t.text('phone').notNullable();
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
  });
  await knex.schema.createTable('warehouses', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable().references('units.id');
    t.text('code').notNullable().unique();
    t.text('name').notNullable();
    t.text('kind').notNullable();
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
  });
  await knex.schema.createTable('parts', (t) => {
    t.text('id').notNullable().primary();
    t.text('number').notNullable().unique();
    t.text('name').notNullable();
    t.text('measure').notNullable(); // what one is: piece, metre, …
    t.text('barcode').notNullable();
    t.bigInteger('sale_price').notNullable(); // fen for one
    t.boolean('is_active').notNullable();
    t.text('search_text').notNullable();
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
    t.index(['barcode']);
  });
}

async function documents(knex: Knex): Promise<void> {
  await knex.schema.createTable('stock_documents', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('number').notNullable().unique();
    t.text('kind').notNullable().checkIn(['receipt', 'issue', 'material', 'reversal']);
    t.text('issue_kind'); // of an issue: one of the six kinds
    t.text('warehouse_id').references('warehouses.id'); // null: a material list that draws from several
    t.text('supplier_id').references('suppliers.id');
    t.text('work_order_id');
    t.text('recipient').notNullable();
    t.text('note').notNullable();
    t.text('moved_on').notNullable();
    t.bigInteger('at').notNullable();
    t.text('employee_id').notNullable();
    t.text('reverses_id').unique(); // a document is reversed once
    t.index(['moved_on']);
    t.index(['work_order_id']);
  });
}

async function ledger(knex: Knex): Promise<void> {
  await knex.schema.createTable('stock_moves', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('document_id').notNullable().references('stock_documents.id');
    t.bigInteger('line_no').notNullable();
    t.text('warehouse_id').notNullable();
    t.text('part_id').notNullable().references('parts.id');
    t.bigInteger('quantity').notNullable(); // thousandths; in positive, out negative
    t.bigInteger('value').notNullable(); // fen at cost, signed as the quantity
    t.bigInteger('price').notNullable(); // fen for one: bought or sold at
    t.text('moved_on').notNullable();
    t.bigInteger('at').notNullable();
    t.text('work_order_part_id');
    t.bigInteger('move_no').notNullable(); // 1, 2, 3 … of this part in this warehouse: the order in which the average moved
    t.unique(['part_id', 'warehouse_id', 'move_no']); // so that none can be missing unseen
    t.index(['document_id']);
    t.index(['moved_on']);
    t.index(['work_order_part_id']);
    t.check('quantity <> 0');
    t.check('(quantity > 0 and value >= 0) or (quantity < 0 and value <= 0)');
  });
  // The sum of the moves, kept in the same transaction; the database refuses less than nothing.
  await knex.schema.createTable('stock_balances', (t) => {
    t.text('warehouse_id').notNullable();
    t.text('part_id').notNullable();
    t.bigInteger('quantity').notNullable();
    t.bigInteger('value').notNullable();
    t.bigInteger('moves').notNullable(); // how many there were: the number of the last one
    t.primary(['warehouse_id', 'part_id']);
    t.index(['part_id']);
    t.check('quantity >= 0');
    t.check('value >= 0');
    t.check('quantity > 0 or value = 0');
  });
}
