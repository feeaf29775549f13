import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

/**
 * What every further kind of stock document needs: parts that come back from an issue or go back to their supplier,
 * differences of a count, old parts that come in; serial and batch numbers beside the moves; answers that say more than yes.
 */
export async function up(knex: Knex, tools: SchemaTools): Promise<void> {
  await tools.setChoices('stock_documents', 'kind', [
    'receipt',
    'issue',
    'material',
    'reversal',
    'return',
    'supplier-return',
    'count',
    'recovery',
  ]);
  await tools.setChoices('requests', 'kind', ['referral', 'sale', 'transfer', 'requisition']);
  await knex.schema.alterTable('stock_documents', (t) => {
    t.text('purchase_id'); // the order that was delivered
    t.text('returns_id'); // the issue or receipt whose parts go back
    t.text('recipient_id'); // the employee or unit that `recipient` names
  });
  for (const column of ['purchase_id', 'returns_id', 'recipient_id'])
    await knex.raw(`CREATE INDEX stock_documents_${column} ON stock_documents (${column}) WHERE ${column} IS NOT NULL`);
  await knex.schema.alterTable('stock_moves', (t) => {
    t.text('purchase_line_id'); // of the order, that was delivered
    t.text('returns_move_id'); // the move whose parts go back
  });
  for (const column of ['purchase_line_id', 'returns_move_id'])
    await knex.raw(`CREATE INDEX stock_moves_${column} ON stock_moves (${column}) WHERE ${column} IS NOT NULL`);
  await knex.schema.alterTable('answers', (t) => {
    t.text('content').notNullable().defaultTo(''); // JSON, by the request's kind: what was granted, what was counted
  });
  await lots(knex, tools);
}

/** A lot is one piece with its serial number, or any quantity of a batch. What lies where is the sum of its moves. */
async function lots(knex: Knex, tools: SchemaTools): Promise<void> {
  await knex.schema.alterTable('parts', (t) => {
    t.text('tracking').notNullable().defaultTo('none'); // none, batch, serial
  });
  await knex.schema.createTable('lot_moves', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('move_id').notNullable().references('stock_moves.id');
    t.text('warehouse_id').notNullable();
    t.text('part_id').notNullable();
    t.text('lot').notNullable(); // serial or batch number
    t.bigInteger('quantity').notNullable(); // thousandths, signed as the move's
    t.bigInteger('at').notNullable();
    t.unique(['move_id', 'lot']);
    t.index(['part_id', 'lot']);
    t.check('quantity <> 0');
  });
  await tools.captureFor('lot_moves', 'unit');
  await tools.appendOnly('lot_moves');
  await tools.forgettable('lot_moves');
  await tools.writtenByOwnUnit('lot_moves');
  await tools.movedByOwnUnit('lot_moves', 'warehouse_id', 'warehouses');
}
