import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

/**
 * Orders to suppliers, from the request to the last delivery. What has come of a line is not kept here: it is the sum of the
 * stock moves that name it, so that a receipt that is reversed is outstanding again by itself.
 */
export async function up(knex: Knex, tools: SchemaTools): Promise<void> {
  await knex.schema.createTable('purchases', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('number').notNullable().unique();
    t.text('supplier_id').notNullable().references('suppliers.id');
    t.text('warehouse_id').notNullable().references('warehouses.id');
    t.text('state').notNullable().checkIn(['requested', 'approved', 'ordered', 'closed', 'refused', 'cancelled']);
    t.text('wished_on');
    t.text('note').notNullable();
    t.text('requested_on').notNullable();
    t.text('requested_by').notNullable(); // employee
    t.text('ordered_on');
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
    t.index(['state']);
    t.index(['supplier_id']);
  });
  await knex.schema.createTable('purchase_lines', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('purchase_id').notNullable().references('purchases.id');
    t.bigInteger('line_no').notNullable();
    t.text('part_id').notNullable().references('parts.id');
    t.bigInteger('quantity').notNullable(); // thousandths
    t.bigInteger('price').notNullable(); // fen for one, as agreed; what was paid stands in the receipts
    t.check('quantity > 0');
    t.index(['purchase_id']);
    t.index(['part_id']);
  });
  // Who did what, when and why; of a receipt, of more than was ordered or of its reversal, with the stock document.
  await knex.schema.createTable('purchase_steps', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('purchase_id').notNullable().references('purchases.id');
    t.text('step')
      .notNullable()
      .checkIn([
        'requested',
        'changed',
        'approved',
        'refused',
        'ordered',
        'received',
        'reversed',
        'closed',
        'cancelled',
      ]);
    t.text('reason').notNullable();
    t.text('stock_document_id');
    t.bigInteger('at').notNullable();
    t.text('employee_id').notNullable();
    t.index(['purchase_id']);
  });
  for (const table of ['purchases', 'purchase_lines', 'purchase_steps']) await tools.captureFor(table, 'unit');
  await tools.appendOnly('purchase_steps');
  await tools.forgettable('purchase_steps');
  for (const table of ['purchases', 'purchase_lines', 'purchase_steps']) await tools.writtenByOwnUnit(table);
}
