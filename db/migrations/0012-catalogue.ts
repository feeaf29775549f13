import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

/**
 * What a part fits, by what it is scanned, who supplies it and what it costs whom; whose a warehouse is; where a part lies in
 * it and how much of it should; what is kept back for somebody.
 */
export async function up(knex: Knex, tools: SchemaTools): Promise<void> {
  await parts(knex);
  await warehouses(knex);
  await childLists(knex);
  await places(knex);
  await reservations(knex);
  for (const table of ['part_models', 'part_barcodes', 'part_suppliers', 'part_prices'])
    await tools.captureFor(table, 'company');
  for (const table of ['stock_places', 'reservations']) await tools.captureFor(table, 'unit');
  for (const table of ['part_models', 'part_barcodes', 'part_suppliers', 'part_prices', 'stock_places', 'reservations'])
    await tools.writtenByOwnUnit(table);
  for (const table of ['stock_places', 'reservations']) await tools.movedByOwnUnit(table, 'warehouse_id', 'warehouses');
}

async function parts(knex: Knex): Promise<void> {
  await knex.schema.alterTable('parts', (t) => {
    t.text('category').notNullable().defaultTo('');
    t.boolean('is_old_returned').notNullable().defaultTo(0); // the old part has to come back
    t.bigInteger('old_due_days').notNullable().defaultTo(0); // within so many days of the issue
    t.bigInteger('old_amount').notNullable().defaultTo(0); // fen for one: what is owed until it has
    t.text('merged_into_id'); // the part that stands for this one now
  });
  await knex.raw('CREATE INDEX parts_merged_into_id ON parts (merged_into_id) WHERE merged_into_id IS NOT NULL');
  // What is filtered by is read from here, in the order in which it is shown, without the rest of the row.
  await knex.raw('CREATE INDEX parts_words ON parts (number, name, barcode, id)');
}

async function warehouses(knex: Knex): Promise<void> {
  await knex.schema.alterTable('warehouses', (t) => {
    t.text('holder_id'); // the technician whose stock lies there
    t.boolean('is_active').notNullable().defaultTo(1);
  });
}

/** Saved whole with their part, and of its unit. */
async function childLists(knex: Knex): Promise<void> {
  const ofPart = (t: Knex.CreateTableBuilder) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('part_id').notNullable().references('parts.id');
    t.bigInteger('line_no').notNullable();
    t.index(['part_id']);
  };
  await knex.schema.createTable('part_models', (t) => {
    ofPart(t);
    t.text('brand').notNullable();
    t.text('model').notNullable();
  });
  await knex.schema.createTable('part_barcodes', (t) => {
    ofPart(t);
    t.text('barcode').notNullable();
    t.index(['barcode']);
  });
  await knex.schema.createTable('part_suppliers', (t) => {
    ofPart(t);
    t.text('supplier_id').notNullable().references('suppliers.id');
    t.text('supplier_number').notNullable(); // the supplier's own for the part
    t.bigInteger('price').notNullable(); // fen for one
    t.bigInteger('lead_days').notNullable();
    t.boolean('is_preferred').notNullable();
  });
  await knex.schema.createTable('part_prices', (t) => {
    ofPart(t);
    t.text('level').notNullable(); // kind of the unit that sells; empty: any
    t.text('customer_class').notNullable(); // empty: any
    t.bigInteger('price').notNullable(); // fen for one
  });
}

async function places(knex: Knex): Promise<void> {
  await knex.schema.createTable('stock_places', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('warehouse_id').notNullable().references('warehouses.id');
    t.text('part_id').notNullable().references('parts.id');
    t.text('bin').notNullable();
    t.bigInteger('min_quantity').notNullable(); // thousandths; 0: nobody is warned
    t.bigInteger('max_quantity').notNullable(); // thousandths; 0: none
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
    t.unique(['warehouse_id', 'part_id']);
    t.index(['part_id']);
  });
}

async function reservations(knex: Knex): Promise<void> {
  await knex.schema.createTable('reservations', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('warehouse_id').notNullable().references('warehouses.id');
    t.text('part_id').notNullable().references('parts.id');
    t.bigInteger('quantity').notNullable(); // thousandths still kept back
    t.text('work_order_id'); // for which
    t.text('reserved_for').notNullable(); // or for whom, in words: a customer's pre-order
    t.text('until_on').notNullable(); // the last day on which it counts
    t.text('state').notNullable().checkIn(['open', 'used', 'released']);
    t.text('employee_id').notNullable();
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
    t.index(['part_id']);
    t.index(['work_order_id']);
    t.check('quantity > 0');
  });
  await knex.raw("CREATE INDEX reservations_open ON reservations (warehouse_id, part_id) WHERE state = 'open'");
}
