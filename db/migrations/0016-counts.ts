import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

/** Stock counts: who counted what when, what the books said at that moment, and what a second person made of it. */
export async function up(knex: Knex, tools: SchemaTools): Promise<void> {
  await counts(knex);
  await lines(knex);
  for (const table of ['stock_counts', 'stock_count_lines']) {
    await tools.captureFor(table, 'unit');
    await tools.writtenByOwnUnit(table);
  }
}

async function counts(knex: Knex): Promise<void> {
  await knex.schema.createTable('stock_counts', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('number').notNullable().unique();
    t.text('warehouse_id').notNullable().references('warehouses.id');
    t.text('scope_kind').notNullable().checkIn(['warehouse', 'class', 'bin']);
    t.text('scope_text').notNullable(); // of a class: a fragment of numbers and names
    t.bigInteger('threshold_value'); // fen: a difference above it is counted again; null: whatever it is worth
    t.bigInteger('threshold_share_bp'); // of what was expected
    t.text('state').notNullable().checkIn(['counting', 'recounting', 'counted', 'posted', 'cancelled']);
    t.text('note').notNullable();
    t.text('counter_ids').notNullable(); // JSON: everyone who counted a line; none of them confirms
    t.text('uncounted').notNullable().checkIn(['', 'zero', 'leave']); // what became of parts that nobody counted
    t.text('started_by_id').notNullable();
    t.text('started_on').notNullable();
    t.bigInteger('closed_at'); // the last time that counting ended
    t.text('ended_by_id'); // who confirmed or cancelled it
    t.bigInteger('ended_at');
    t.text('ended_reason').notNullable(); // of a cancellation
    t.text('stock_document_id'); // the posting of the differences; null: there were none
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
    t.index(['warehouse_id', 'state']);
    t.index(['unit_id']);
  });
}

/** `counted…` is the first count, `recounted…` the second one, which stands where there is one. */
async function lines(knex: Knex): Promise<void> {
  await knex.schema.createTable('stock_count_lines', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('count_id').notNullable().references('stock_counts.id');
    t.bigInteger('line_no').notNullable();
    t.text('part_id').notNullable().references('parts.id');
    t.text('lot').notNullable(); // serial or batch number of a tracked part, else ''
    t.bigInteger('counted').notNullable(); // thousandths
    t.bigInteger('counted_expected').notNullable(); // what the books said when it was counted
    t.bigInteger('counted_moves_from').notNullable(); // how many moves there were by its first scan …
    t.bigInteger('counted_moves_to').notNullable(); // … and by its last: others, and it is not sure what was counted
    t.text('counted_by_id').notNullable();
    t.bigInteger('counted_at').notNullable();
    t.boolean('is_to_recount').notNullable();
    t.bigInteger('recounted');
    t.bigInteger('recounted_expected');
    t.bigInteger('recounted_moves_from');
    t.bigInteger('recounted_moves_to');
    t.text('recounted_by_id');
    t.bigInteger('recounted_at');
    t.text('reason').notNullable(); // of the difference
    t.bigInteger('value'); // fen, signed: what the difference was posted with
    t.unique(['count_id', 'part_id', 'lot']);
    t.unique(['count_id', 'line_no']);
    t.index(['part_id']);
    t.check('counted >= 0');
    t.check('recounted is null or recounted >= 0');
  });
}
