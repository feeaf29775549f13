import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

/** Who else comes through the door: other PCs of the station, and other systems that want to be told. None of it is synchronised. */
export async function up(knex: Knex, _tools: SchemaTools): Promise<void> {
  await knex.schema.createTable('pcs', (t) => {
    t.text('id').notNullable().primary();
    t.text('name').notNullable();
    t.text('code').notNullable(); // shown on both screens, so that the right one is approved
    t.text('token_hash').notNullable().unique();
    t.text('state').notNullable().checkIn(['waiting', 'approved', 'refused']);
    t.text('address').notNullable();
    t.bigInteger('asked_at').notNullable();
    t.text('decided_by_id');
    t.bigInteger('decided_at');
    t.bigInteger('last_seen_at');
  });
  await knex.schema.createTable('webhooks', (t) => {
    t.text('id').notNullable().primary();
    t.text('url').notNullable();
    t.text('secret').notNullable();
    t.text('events').notNullable(); // JSON
    t.boolean('is_active').notNullable();
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
  });
  await knex.schema.createTable('webhook_deliveries', (t) => {
    t.text('id').notNullable().primary();
    t.text('webhook_id').notNullable().references('webhooks.id');
    t.text('event').notNullable();
    t.text('payload').notNullable(); // JSON, as it is signed
    t.text('state').notNullable().checkIn(['waiting', 'delivered', 'given-up']);
    t.bigInteger('attempts').notNullable();
    t.bigInteger('next_at').notNullable();
    t.bigInteger('delivered_at');
    t.text('last_error').notNullable();
    t.bigInteger('created_at').notNullable();
    t.index(['webhook_id', 'state', 'next_at']);
    t.index(['created_at']);
  });
  // Several write at once on PostgreSQL: each lane of the audit log is a chain of hashes of its own.
  await knex.schema.alterTable('audit_log', (t) => {
    t.bigInteger('lane').notNullable().defaultTo(0);
    t.index(['lane', 'seq']);
  });
  // How far a reader of the change log has come.
  await knex.schema.createTable('log_readers', (t) => {
    t.text('name').notNullable().primary();
    t.bigInteger('turn').notNullable();
    t.bigInteger('seq').notNullable();
  });
}
