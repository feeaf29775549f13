import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

// What changes a debt, and what only becomes of pieces that came back.
const ENTRY_KINDS = [
  'owed',
  'returned',
  'forgiven',
  'charged',
  'undone',
  'accepted',
  'rejected',
  'scrapped',
  'sent',
  'credited',
];

/** Old parts that must come back: who owes which until when, and what became of them. Who a part was sold to, by class. */
export async function up(knex: Knex, tools: SchemaTools): Promise<void> {
  await knex.schema.alterTable('stock_documents', (t) => {
    t.text('customer_class'); // of a counter sale
  });
  // Where is this number, whatever part it is of.
  await knex.raw('CREATE INDEX lot_moves_lot ON lot_moves (lot)');
  await knex.schema.createTable('old_parts', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable(); // to which it is owed
    t.text('to_unit_id').notNullable(); // which owes it, or whose employee does
    t.text('number').notNullable().unique();
    t.text('part_id').notNullable().references('parts.id');
    t.bigInteger('quantity').notNullable(); // thousandths
    t.bigInteger('unit_amount').notNullable(); // fen for one that does not come back
    t.text('employee_id'); // who owes it; null: the unit
    t.text('work_order_id');
    t.text('document_id').notNullable(); // the issue or material list with which the new one left
    t.text('move_id').notNullable().unique(); // its move: a part is owed once
    t.text('work_order_part_id'); // its line on the material list
    t.text('owed_on').notNullable();
    t.text('due_on').notNullable();
    t.bigInteger('at').notNullable();
    for (const column of ['to_unit_id', 'employee_id', 'document_id', 'work_order_part_id', 'due_on'])
      t.index([column]);
    t.check('quantity > 0');
    t.check('unit_amount >= 0');
  });
  await knex.schema.createTable('old_part_entries', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('to_unit_id').notNullable();
    t.text('old_part_id').notNullable().references('old_parts.id');
    t.text('kind').notNullable().checkIn(ENTRY_KINDS);
    t.bigInteger('quantity').notNullable(); // thousandths by which the debt grows or, below 0, shrinks
    t.bigInteger('pieces').notNullable(); // thousandths the entry is about
    t.bigInteger('amount').notNullable(); // fen by which the debt grows or shrinks
    t.bigInteger('credit').notNullable(); // fen that the maker pays
    t.text('reason').notNullable();
    t.text('document_id'); // with which it came in or left
    t.text('undoes_id').unique(); // the decision that is taken back
    t.text('entered_on').notNullable();
    t.bigInteger('at').notNullable();
    t.text('employee_id').notNullable(); // who did it
    for (const column of ['old_part_id', 'document_id', 'entered_on']) t.index([column]);
    t.check('pieces > 0');
  });
  for (const table of ['old_parts', 'old_part_entries']) {
    await tools.captureFor(table, 'parties');
    await tools.appendOnly(table);
    await tools.forgettable(table);
    await tools.writtenByOwnUnit(table);
  }
}
