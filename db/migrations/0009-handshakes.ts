import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

/**
 * Business between two units, one pattern for all of it: a request, which the unit that asks writes, and an answer, which the
 * unit that is asked writes. Either may be offline for days; nothing is ever written by both.
 */
export async function up(knex: Knex, tools: SchemaTools): Promise<void> {
  await knex.schema.createTable('requests', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable(); // who asks
    t.text('to_unit_id').notNullable(); // who is asked
    t.text('kind').notNullable().checkIn(['referral', 'sale', 'transfer']);
    t.text('number').notNullable().unique();
    t.text('subject').notNullable(); // what it is about in a line, for lists: customer and device, or the parts
    t.text('content').notNullable(); // JSON: all that the other side needs to know, whether or not it sees our rows
    t.text('note').notNullable();
    t.text('work_order_id'); // of ours, that is referred
    t.text('stock_document_id'); // of ours, with which the parts left
    t.text('replaces_id').unique(); // of ours, that was refused and is now asked of somebody else
    t.text('requested_on').notNullable();
    t.text('employee_id').notNullable();
    t.text('employee_name').notNullable();
    t.bigInteger('withdrawn_at'); // counts only if there is no answer
    t.text('withdrawn_reason').notNullable();
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
    t.index(['to_unit_id', 'kind']);
    t.index(['unit_id', 'kind']);
    t.index(['work_order_id']);
  });
  await knex.schema.createTable('answers', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable(); // who was asked
    t.text('to_unit_id').notNullable(); // who asked
    t.text('request_id').notNullable().unique(); // answered once
    t.text('decision').notNullable().checkIn(['accepted', 'refused']);
    t.text('reason').notNullable();
    t.text('work_order_id'); // of theirs, that came of it
    t.text('work_order_number').notNullable();
    t.text('stock_document_id'); // of theirs, with which the parts arrived
    t.text('outcome').notNullable(); // state of their work, when it has ended: done, unrepairable, cancelled
    t.text('outcome_note').notNullable();
    t.bigInteger('ended_at');
    t.text('answered_on').notNullable();
    t.text('employee_id').notNullable();
    t.text('employee_name').notNullable();
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
    t.index(['work_order_id']);
  });
  await knex.schema.alterTable('work_orders', (t) => {
    t.text('request_id'); // of another unit, that this work came of
  });
  await knex.schema.alterTable('stock_documents', (t) => {
    t.text('request_id'); // the transfer that parts left for, arrived with, or came back from
  });
  // Whatever is retried or restored: of one request comes one work order, and its parts leave once and come in once.
  await knex.raw('CREATE UNIQUE INDEX work_orders_request ON work_orders (request_id) WHERE request_id IS NOT NULL');
  await knex.raw(
    'CREATE UNIQUE INDEX stock_documents_request ON stock_documents (request_id, kind) WHERE request_id IS NOT NULL',
  );
  for (const table of ['requests', 'answers']) {
    await tools.captureFor(table, 'parties');
    await tools.writtenByOwnUnit(table);
  }
}
