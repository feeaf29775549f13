import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

/** Customers, their devices, places of sale, and the dictionaries that grow with use. */
export async function up(knex: Knex, tools: SchemaTools): Promise<void> {
  await customers(knex);
  await devices(knex);
  await knex.schema.createTable('stores', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('name').notNullable().unique();
    t.text('kind').notNullable().checkIn(['store', 'dealer', 'mall', 'group', 'community']);
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
  });
  await knex.schema.createTable('dictionary_entries', (t) => {
    t.text('id').notNullable().primary();
    t.text('dictionary').notNullable();
    t.text('value').notNullable();
    t.text('search_text').notNullable();
    t.bigInteger('uses').notNullable();
    t.unique(['dictionary', 'value']);
  });
  for (const table of ['customers', 'devices', 'stores']) await tools.captureChanges(table);
  await tools.captureChanges('dictionary_entries', ['value']); // how often a value was used is each station's own count
}

async function customers(knex: Knex): Promise<void> {
  await knex.schema.createTable('customers', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('kind').notNullable().checkIn(['person', 'dealer', 'hypermarket', 'group']);
    t.text('name').notNullable();
    t.text('phone').notNullable();
    t.text('second_phone').notNullable();
    t.text('address').notNullable();
    t.text('note').notNullable();
    t.text('search_text').notNullable(); // lower-case name, phones, address: what a fragment is looked for in
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
    t.index(['phone']);
    // Covering: looking for a fragment scans this narrow index, not the table.
    t.index(['search_text', 'id'], 'customers_search');
  });
}

async function devices(knex: Knex): Promise<void> {
  await knex.schema.createTable('devices', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('customer_id').references('customers.id'); // null: an anonymous walk-in's
    t.text('category').notNullable();
    t.text('brand').notNullable();
    t.text('model').notNullable();
    t.text('serial').notNullable();
    t.bigInteger('made_year');
    t.text('bought_on');
    t.text('place_of_purchase').notNullable();
    t.text('warranty_end_on');
    t.text('note').notNullable();
    t.text('search_text').notNullable(); // lower-case serial, brand, model, place of purchase
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
    t.index(['customer_id']);
    t.index(['search_text', 'customer_id', 'id'], 'devices_search');
  });
}
