import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

/**
 * Requisitions through the levels, the deposits that stand for them, and transfers that don't arrive as they left: what was
 * counted stands in the receiver's answer, what is decided about the difference in rows of the shipper's own.
 */
export async function up(knex: Knex, tools: SchemaTools): Promise<void> {
  await knex.schema.alterTable('requests', (t) => {
    t.text('for_request_id'); // the requisition that a transfer serves
    t.bigInteger('closed_at'); // of a transfer: all its differences are decided, or it was taken back
  });
  await knex.raw('CREATE INDEX requests_for ON requests (for_request_id) WHERE for_request_id IS NOT NULL');
  await knex.schema.alterTable('stock_documents', (t) => {
    t.text('closes_id'); // the closure with which parts of a transfer came back
  });
  await knex.raw('DROP INDEX stock_documents_request');
  // As before, a transfer leaves once and comes in once; what comes back of it does so once for each decision.
  await knex.raw(
    `CREATE UNIQUE INDEX stock_documents_request ON stock_documents (request_id, kind)
     WHERE request_id IS NOT NULL AND closes_id IS NULL`,
  );
  await knex.raw(
    'CREATE UNIQUE INDEX stock_documents_closes ON stock_documents (closes_id) WHERE closes_id IS NOT NULL',
  );
  await closures(knex, tools);
  await deposits(knex, tools);
}

async function closures(knex: Knex, tools: SchemaTools): Promise<void> {
  await knex.schema.createTable('transfer_closures', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable(); // the shipper, who decides
    t.text('to_unit_id').notNullable(); // the receiver
    t.text('request_id').notNullable(); // the transfer
    t.bigInteger('line_no').notNullable(); // of the transfer, from 1
    t.text('kind').notNullable().checkIn(['shortage', 'damage', 'surplus']);
    t.text('decision').notNullable().checkIn(['found-here', 'written-off', 'charged', 'returned', 'sent-after']);
    t.bigInteger('quantity').notNullable(); // thousandths
    t.bigInteger('value').notNullable(); // fen that were in transit and no longer are; 0 of a surplus
    t.bigInteger('charge').notNullable(); // fen of the deposit's charge that concern it, credited or not
    t.text('lots').notNullable(); // JSON
    t.text('reason').notNullable();
    t.text('stock_document_id'); // with which it came back
    t.text('transfer_id'); // that was sent after
    t.text('closed_on').notNullable();
    t.bigInteger('at').notNullable();
    t.text('employee_id').notNullable();
    t.index(['request_id']);
    t.check('quantity > 0');
  });
  await ledger('transfer_closures', tools);
}

async function deposits(knex: Knex, tools: SchemaTools): Promise<void> {
  await knex.schema.createTable('deposit_entries', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable(); // who holds the deposit
    t.text('to_unit_id').notNullable(); // whose it is: an outlet, or the unit itself for one of its technicians
    t.text('technician_id');
    t.text('number').notNullable().unique();
    t.text('kind').notNullable().checkIn(['pay-in', 'pay-out', 'charge', 'credit', 'correction']);
    t.bigInteger('amount').notNullable(); // fen, signed: what it adds to what is held
    t.text('request_id'); // the transfer that was shipped, or came back
    t.text('document_id');
    t.text('reverses_id').unique();
    t.text('reason').notNullable();
    t.text('booked_on').notNullable();
    t.bigInteger('at').notNullable();
    t.text('employee_id').notNullable();
    t.index(['unit_id', 'to_unit_id']);
    t.index(['to_unit_id']);
    t.check('amount <> 0');
  });
  await knex.raw('CREATE INDEX deposit_entries_request ON deposit_entries (request_id) WHERE request_id IS NOT NULL');
  await ledger('deposit_entries', tools);
}

async function ledger(table: string, tools: SchemaTools): Promise<void> {
  await tools.captureFor(table, 'parties');
  await tools.appendOnly(table);
  await tools.forgettable(table);
  await tools.writtenByOwnUnit(table);
}
