import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

/**
 * Many databases, one company. Every synchronised row says whose it is (`unit_id`): the database that serves the unit
 * writes it and no other does. The change log says for whom each change is; a server knows its stations, a station its server.
 */
export async function up(knex: Knex, tools: SchemaTools): Promise<void> {
  await rowsSayWhose(knex, tools);
  await sharedRowsHaveClocks(knex);
  await changeLog(knex);
  await station(knex);
  await server(knex);
  await refusals(knex);
  await attachments(knex);
  await capture(tools);
  await writers(tools);
  await locksHere(tools);
  // The balances of another database's warehouses follow from its moves.
  await tools.afterReplicated('stock_moves', [
    `INSERT INTO stock_balances (warehouse_id, part_id, quantity, value, moves)
     VALUES (NEW.warehouse_id, NEW.part_id, 0, 0, 0) ON CONFLICT (warehouse_id, part_id) DO NOTHING`,
    `UPDATE stock_balances SET quantity = quantity + NEW.quantity, value = value + NEW.value, moves = moves + 1
     WHERE warehouse_id = NEW.warehouse_id AND part_id = NEW.part_id`,
  ]);
}

/** What schema 6 wrote to the change log. */
const CAPTURED =
  `units employees employee_roles attachments customers devices stores dictionary_entries suppliers warehouses
  parts stock_documents stock_moves work_types work_orders work_order_states work_order_technicians
  work_order_labour work_order_parts settlements customer_entries commission_rules pay_entries pay_periods
  payslips payslip_lines`.split(/\s+/);

const OWN_UNIT = "COALESCE((SELECT unit_id FROM installation), '')";

/** Tables whose rows said whose they are only through their parent, and how to find it. */
const CHILDREN: ReadonlyArray<readonly [table: string, unitOfRow: string]> = [
  ['employee_roles', '(SELECT p.unit_id FROM employees p WHERE p.id = employee_id)'],
  ['credentials', '(SELECT p.unit_id FROM employees p WHERE p.id = employee_id)'],
  ['work_order_technicians', '(SELECT p.unit_id FROM work_orders p WHERE p.id = work_order_id)'],
  ['work_order_labour', '(SELECT p.unit_id FROM work_orders p WHERE p.id = work_order_id)'],
  ['work_order_parts', '(SELECT p.unit_id FROM work_orders p WHERE p.id = work_order_id)'],
  ['payslip_lines', '(SELECT p.unit_id FROM payslips p WHERE p.id = payslip_id)'],
  ['dictionary_entries', OWN_UNIT],
  ['suppliers', OWN_UNIT],
  ['parts', OWN_UNIT],
  ['work_types', OWN_UNIT],
  ['commission_rules', OWN_UNIT],
];

const LOCKED = [
  ['commission_rules', 'UPDATE'],
  ['pay_periods', 'UPDATE'],
  ['pay_periods', 'DELETE'],
  ['payslips', 'INSERT'],
  ['payslips', 'UPDATE'],
  ['payslips', 'DELETE'],
  ['payslip_lines', 'INSERT'],
  ['payslip_lines', 'UPDATE'],
  ['payslip_lines', 'DELETE'],
] as const;

async function rowsSayWhose(knex: Knex, tools: SchemaTools): Promise<void> {
  for (const table of CAPTURED) await tools.releaseChanges(table);
  for (const [table, verb] of LOCKED) await tools.allow(table, verb);
  for (const [table, unitOfRow] of CHILDREN) {
    await knex.schema.alterTable(table, (t) => void t.text('unit_id').notNullable().defaultTo(''));
    await knex.raw(`UPDATE ${table} SET unit_id = ${unitOfRow}`);
  }
  // A name or code is taken within a unit; two that can't ask each other may both take it.
  await knex.schema.alterTable('dictionary_entries', (t) => {
    t.dropUnique(['dictionary', 'value']);
    t.unique(['dictionary', 'value', 'unit_id']);
  });
  for (const [table, column] of [
    ['suppliers', 'name'],
    ['stores', 'name'],
    ['warehouses', 'code'],
  ] as const) {
    await knex.schema.alterTable(table, (t) => {
      t.dropUnique([column]);
      t.unique(['unit_id', column]);
    });
  }
  await knex.schema.alterTable('stores', (t) => {
    t.text('phone').notNullable().defaultTo('');
    t.text('address').notNullable().defaultTo('');
  });
  await knex.schema.alterTable('units', (t) => {
    t.text('region_id'); // the unit whose subtree sees one another's customers and work; null: itself
    t.boolean('is_active').notNullable().defaultTo(1);
  });
  await knex.schema.alterTable('installation', (t) => {
    t.text('role').notNullable().defaultTo('station'); // station, central
    t.text('last_clock').notNullable().defaultTo(''); // of the hybrid logical clock: it never goes back
  });
}

async function sharedRowsHaveClocks(knex: Knex): Promise<void> {
  for (const table of ['customers', 'devices'])
    await knex.schema.alterTable(table, (t) => {
      t.text('clocks').notNullable().defaultTo('{}'); // JSON: field → hybrid logical clock of its value; `*` the rest's
    });
  // What a field of a shared row was before somebody else's value came, or would have been had it come in time.
  await knex.schema.createTable('field_history', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable(); // the row's
    t.text('table_name').notNullable();
    t.text('row_id').notNullable();
    t.text('field').notNullable();
    t.text('lost_value').notNullable(); // JSON
    t.text('lost_clock').notNullable();
    t.text('kept_value').notNullable(); // JSON
    t.text('kept_clock').notNullable();
    t.bigInteger('at').notNullable();
    t.index(['row_id']);
  });
}

async function changeLog(knex: Knex): Promise<void> {
  await knex.schema.dropTable('change_log'); // nobody has read it yet
  await knex.schema.createTable('change_log', (t) => {
    t.bigIncrements('seq');
    t.bigInteger('turn').notNullable(); // on PostgreSQL the transaction: what commits later is read later
    t.text('table_name').notNullable();
    t.text('row_id').notNullable(); // of several rows that came together: JSON, an array of their ids
    t.bigInteger('row_count').notNullable().defaultTo(1);
    t.text('kind').notNullable().checkIn(['insert', 'update', 'delete']);
    t.text('audience').notNullable();
    t.text('origin').notNullable(); // the station it came from; empty: done here
    t.index(['audience', 'turn', 'seq']);
  });
  // Who reads all of it reads by turn; on SQLite every turn is 0, and the key has that order.
  if (knex.client.dialect === 'postgresql') await knex.raw('CREATE INDEX change_log_turn ON change_log (turn, seq)');
  // How far the log had come at what time, so that what is old enough can be left out.
  await knex.schema.createTable('log_marks', (t) => {
    t.bigInteger('at').notNullable().primary();
    t.bigInteger('turn').notNullable();
    t.bigInteger('seq').notNullable();
  });
  // One row; PostgreSQL keeps the same in a setting of the transaction.
  await knex.schema.createTable('sync_session', (t) => {
    t.bigInteger('id').notNullable().primary();
    t.text('origin').notNullable();
    t.bigInteger('is_logged').notNullable();
    t.check('id = 1');
  });
  await knex('sync_session').insert({ id: 1, origin: '', is_logged: 1 });
}

/** At a station: its server, and how far it has come with it. */
async function station(knex: Knex): Promise<void> {
  await knex.schema.createTable('server_link', (t) => {
    t.bigInteger('id').notNullable().primary();
    t.text('address').notNullable(); // https://host:port
    t.text('fingerprint'); // SHA-256 of the certificate; null: vouched for by a public authority
    t.text('certificate'); // PEM of the pinned certificate
    t.text('station_id').notNullable();
    t.text('token').notNullable();
    t.text('server_database_id').notNullable();
    t.text('state').notNullable().checkIn(['active', 'suspended', 'revoked', 'cloned', 'outdated', 'rebuilding']);
    t.bigInteger('pushed_seq').notNullable(); // everything of the change log up to here has arrived
    t.text('pushed_digest').notNullable();
    t.text('pull_cursor').notNullable();
    t.text('scope').notNullable(); // hash of the units seen: another one wants a new snapshot
    t.bigInteger('last_attempt_at');
    t.bigInteger('last_success_at');
    t.text('last_error').notNullable(); // code; empty: none
    t.text('last_error_detail').notNullable(); // JSON
    t.bigInteger('wanted_at'); // "synchronise now" was asked for
    t.bigInteger('clock_offset').notNullable(); // ms that the server's clock is ahead of ours
    t.bigInteger('enrolled_at').notNullable();
    t.check('id = 1');
  });
}

/** At the server: its stations, and the codes with which they come. */
async function server(knex: Knex): Promise<void> {
  await knex.schema.createTable('stations', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable().references('units.id');
    t.text('name').notNullable();
    t.text('token_hash').notNullable().unique();
    t.text('database_id').notNullable();
    t.text('state').notNullable().checkIn(['active', 'suspended', 'revoked', 'replaced']);
    t.bigInteger('pushed_seq').notNullable();
    t.text('pushed_digest').notNullable();
    t.text('pull_cursor').notNullable(); // what it said it has
    t.text('program_version').notNullable();
    t.bigInteger('schema_version').notNullable();
    t.bigInteger('database_size').notNullable(); // bytes
    t.bigInteger('pending_count').notNullable();
    t.bigInteger('pending_since'); // when the oldest of what waits was seen to wait
    t.bigInteger('refused_count').notNullable();
    t.bigInteger('clock_skew').notNullable(); // ms that its clock is ahead of ours
    t.text('problem').notNullable(); // code; empty: none
    t.text('announced').notNullable(); // JSON: documents it said it has and will send
    t.bigInteger('enrolled_at').notNullable();
    t.bigInteger('last_seen_at');
    t.bigInteger('last_success_at');
    t.bigInteger('version').notNullable();
    t.index(['unit_id']);
  });
  await knex.schema.createTable('enrolment_codes', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable().references('units.id');
    t.text('code_hash').notNullable().unique();
    t.text('made_by_id').notNullable();
    t.bigInteger('made_at').notNullable();
    t.bigInteger('expires_at').notNullable();
    t.bigInteger('used_at');
    t.text('station_id');
  });
  // Work on a timetable is done by whoever holds the lease: once, however many processes there are.
  await knex.schema.createTable('leases', (t) => {
    t.text('name').notNullable().primary();
    t.text('holder').notNullable();
    t.bigInteger('until').notNullable();
  });
}

/** Rows that could not be taken in: at the server by station, at a station what the server refused (`out`) or sent (`in`). */
async function refusals(knex: Knex): Promise<void> {
  await knex.schema.createTable('sync_refusals', (t) => {
    t.text('id').notNullable().primary();
    t.text('station_id').notNullable();
    t.text('direction').notNullable().checkIn(['in', 'out']);
    t.text('table_name').notNullable();
    t.text('row_id').notNullable();
    t.text('code').notNullable();
    t.text('detail').notNullable(); // JSON
    t.text('content').notNullable(); // JSON of the row as it came; empty at its own station
    t.bigInteger('at').notNullable();
    t.bigInteger('attempts').notNullable();
    t.unique(['station_id', 'direction', 'table_name', 'row_id']);
  });
}

/** Contents of attachments travel in pieces, apart from the rows. */
async function attachments(knex: Knex): Promise<void> {
  await knex.schema.createTable('attachment_pieces', (t) => {
    t.text('sha256').notNullable();
    t.text('station_id').notNullable(); // who sends it; at a station empty: the server
    t.bigInteger('position').notNullable();
    t.binary('content').notNullable();
    t.primary(['sha256', 'station_id', 'position']);
  });
  // At a station: contents that are known to be at the server.
  await knex.schema.createTable('attachments_sent', (t) => {
    t.text('sha256').notNullable().primary();
  });
  // At a station: contents of other outlets that somebody here wants to see.
  await knex.schema.createTable('attachments_wanted', (t) => {
    t.text('sha256').notNullable().primary();
    t.bigInteger('at').notNullable();
  });
}

async function capture(tools: SchemaTools): Promise<void> {
  const company = [
    'units',
    'employees',
    'employee_roles',
    'work_types',
    'commission_rules',
    'parts',
    'suppliers',
    'stores',
    'warehouses',
  ];
  const region = [
    'customers',
    'devices',
    'field_history',
    'attachments',
    'work_orders',
    'work_order_states',
    'work_order_technicians',
    'work_order_labour',
    'work_order_parts',
  ];
  const unit = [
    'dictionary_entries',
    'stock_documents',
    'stock_moves',
    'settlements',
    'customer_entries',
    'pay_entries',
    'pay_periods',
    'payslips',
    'payslip_lines',
  ];
  for (const table of company) await tools.captureFor(table, 'company');
  for (const table of region) await tools.captureFor(table, 'region');
  for (const table of unit) await tools.captureFor(table, 'unit');
  await tools.captureFor('credentials', 'unit', 'employee_id');
}

const SHARED_FIELDS = {
  customers: ['kind', 'name', 'phone', 'second_phone', 'address', 'note'],
  devices: [
    'customer_id',
    'category',
    'brand',
    'model',
    'serial',
    'made_year',
    'bought_on',
    'place_of_purchase',
    'warranty_end_on',
    'note',
  ],
} as const;

async function writers(tools: SchemaTools): Promise<void> {
  for (const table of ['units', 'employees', 'employee_roles', 'work_types', 'commission_rules'])
    await tools.writtenByHeadOffice(table);
  const own = [
    'attachments',
    'stores',
    'dictionary_entries',
    'suppliers',
    'parts',
    'warehouses',
    'stock_documents',
    'stock_moves',
    'work_orders',
    'work_order_states',
    'work_order_technicians',
    'work_order_labour',
    'work_order_parts',
    'settlements',
    'customer_entries',
    'pay_entries',
    'pay_periods',
    'payslips',
    'payslip_lines',
  ];
  for (const table of own) await tools.writtenByOwnUnit(table);
  await tools.movedByOwnUnit('stock_moves', 'warehouse_id', 'warehouses');
  // No way of changing what the region shares may forget to say when.
  for (const [table, fields] of Object.entries(SHARED_FIELDS)) {
    const isOther = fields.map((field) => `NEW.${field} IS DISTINCT FROM OLD.${field}`).join(' OR ');
    await tools.refuseHere(table, 'UPDATE', `NEW.clocks = OLD.clocks AND (${isOther})`);
  }
}

/** The locks of pay, for what is done here: what comes from the database that pays was allowed there. */
async function locksHere(tools: SchemaTools): Promise<void> {
  const fixed = [
    'id',
    'code',
    'component',
    'rate_bp',
    'amount',
    'is_after_discount',
    'cap_amount',
    'valid_from',
    'when_employee',
    'when_work_type',
    'when_product_category',
    'when_grade',
    'when_warranty_class',
    'when_service_mode',
    'when_unit',
  ];
  const isChanged = fixed.map((column) => `NEW.${column} IS DISTINCT FROM OLD.${column}`).join(' OR ');
  await tools.refuseHere('commission_rules', 'UPDATE', isChanged);
  await tools.refuseHere(
    'pay_periods',
    'UPDATE',
    `OLD.state = 'paid' OR (OLD.state = 'locked' AND NEW.state <> 'paid')
     OR (OLD.state = 'locked' AND (NEW.from_on <> OLD.from_on OR NEW.to_on <> OLD.to_on))`,
  );
  await tools.refuseHere('pay_periods', 'DELETE', `OLD.state IN ('locked', 'paid')`);
  const ofLockedPeriod = (row: string) =>
    `EXISTS (SELECT 1 FROM pay_periods p WHERE p.id = ${row}.period_id AND p.state IN ('locked', 'paid'))`;
  const ofLockedPayslip = (row: string) =>
    `EXISTS (SELECT 1 FROM payslips s JOIN pay_periods p ON p.id = s.period_id
             WHERE s.id = ${row}.payslip_id AND p.state IN ('locked', 'paid'))`;
  for (const verb of ['INSERT', 'UPDATE', 'DELETE'] as const) {
    const row = verb === 'INSERT' ? 'NEW' : 'OLD';
    await tools.refuseHere('payslips', verb, ofLockedPeriod(row));
    await tools.refuseHere('payslip_lines', verb, ofLockedPayslip(row));
  }
}
