import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

const ENTRY_KINDS = ['commission', 'deadline', 'reward', 'penalty', 'satisfaction', 'clawback'];
const LINE_KINDS = [
  'base-salary',
  'position-pay',
  'grade-allowance',
  'adjustment',
  'tier',
  'satisfaction-month',
  'carried-in',
  ...ENTRY_KINDS,
];

/**
 * Pay beside commission: tiers, deadlines, rewards and penalties, what customers said, work done again, what may be taken at
 * most. Who is rewarded or punished, and appeals against it.
 */
export async function up(knex: Knex, tools: SchemaTools): Promise<void> {
  await rules(knex, tools);
  await entries(knex, tools);
  await terms(knex);
  await awards(knex);
  for (const table of ['pay_terms', 'deadline_rules', 'pay_items']) {
    await tools.captureFor(table, 'company');
    await tools.writtenByHeadOffice(table);
  }
  for (const table of ['pay_awards', 'pay_appeals']) {
    await tools.captureFor(table, 'unit');
    await tools.writtenByOwnUnit(table);
  }
  await tools.appendOnly('pay_terms');
  await locks(tools);
}

async function rules(knex: Knex, tools: SchemaTools): Promise<void> {
  await tools.setChoices('commission_rules', 'component', [
    'labour',
    'labour_profit',
    'per_unit',
    'part_sales',
    'part_margin',
    'per_job',
    'monthly_tier',
  ]);
  await knex.schema.alterTable('commission_rules', (t) => {
    t.text('measure'); // of a monthly tier: labour_base, orders
    t.text('tiers'); // JSON: mode, and tiers with from and rate or amount
  });
  await knex.schema.createTable('deadline_rules', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('code').notNullable().unique();
    t.text('when_urgency');
    t.text('when_service_mode');
    t.bigInteger('limit_minutes').notNullable(); // working minutes, as the others
    t.bigInteger('grace_minutes').notNullable();
    t.bigInteger('unit_minutes').notNullable();
    t.bigInteger('amount_per_unit').notNullable(); // fen for each unit begun
    t.bigInteger('cap_amount'); // fen
    t.text('valid_from').notNullable();
    t.text('valid_to');
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
    t.check('limit_minutes >= 0 AND grace_minutes >= 0 AND unit_minutes > 0 AND amount_per_unit > 0');
  });
}

async function entries(knex: Knex, tools: SchemaTools): Promise<void> {
  for (const column of ['work_order_id', 'family', 'rule_id']) await tools.setOptional('pay_entries', column);
  await knex.schema.alterTable('pay_entries', (t) => {
    t.text('kind').notNullable().defaultTo('commission').checkIn(ENTRY_KINDS);
    t.text('award_id'); // the reward or penalty it comes from
    t.text('work_type_id'); // of commission on labour
    t.index(['award_id']);
  });
  await tools.setChoices('payslip_lines', 'kind', LINE_KINDS);
  await tools.setChoices('pay_periods', 'state', ['open', 'calculated', 'reviewed', 'locked', 'paid']);
  await knex.schema.alterTable('pay_periods', (t) => {
    t.text('basis').notNullable().defaultTo(''); // the rules, terms and people it was calculated by, as a digest
  });
  await knex.schema.alterTable('payslips', (t) => {
    // Fen, as they change the pay; net is the sum of all but what is carried out.
    for (const column of ['tiers', 'rewards', 'satisfaction', 'penalties', 'deadline', 'clawback'])
      t.bigInteger(column).notNullable().defaultTo(0);
    t.bigInteger('carried_in').notNullable().defaultTo(0); // deductions left over from the period before
    t.bigInteger('deductions').notNullable().defaultTo(0); // taken, at most the limit; 0 or less
    t.bigInteger('carried_out').notNullable().defaultTo(0); // deductions above the limit, left to the next period
  });
  await knex.schema.alterTable('work_orders', (t) => {
    t.text('follow_up'); // very_satisfied, satisfied, dissatisfied
    t.text('rework_of_id'); // the order whose work is done again
  });
  await knex.raw('CREATE INDEX work_orders_rework_of ON work_orders (rework_of_id) WHERE rework_of_id IS NOT NULL');
}

async function terms(knex: Knex): Promise<void> {
  await knex.schema.createTable('pay_terms', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('valid_from').notNullable(); // from the period on that begins then or later
    t.text('body').notNullable(); // JSON: working hours, satisfaction, rework, limit of deductions, what is switched off
    t.text('employee_id').notNullable(); // who published them
    t.bigInteger('created_at').notNullable();
    t.index(['valid_from']);
  });
  await knex.schema.createTable('pay_items', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('code').notNullable().unique();
    t.text('name').notNullable();
    t.text('category').notNullable();
    t.text('kind').notNullable().checkIn(['reward', 'penalty']);
    t.bigInteger('amount'); // fen
    t.bigInteger('rate_bp'); // of the own commission on the order; either this or the amount
    t.boolean('is_active').notNullable();
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
    t.check('(amount IS NULL) <> (rate_bp IS NULL)');
    t.check('COALESCE(amount, rate_bp) > 0');
  });
}

async function awards(knex: Knex): Promise<void> {
  await knex.schema.createTable('pay_awards', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('item_id').notNullable().references('pay_items.id');
    t.text('work_order_id').references('work_orders.id');
    t.text('employee_id').references('employees.id'); // null: the order's technicians together
    t.bigInteger('amount'); // fen, instead of the item's; above 0
    t.text('given_on').notNullable(); // business date: without an order, of the period it falls in
    t.text('reason').notNullable();
    t.text('attachment_id'); // evidence
    t.text('source').notNullable().checkIn(['hand', 'import', 'old-part']);
    t.text('source_id'); // of the old part
    t.text('state').notNullable().checkIn(['standing', 'withdrawn']);
    t.text('withdrawn_reason').notNullable();
    t.text('given_by_id').notNullable();
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
    t.check('work_order_id IS NOT NULL OR employee_id IS NOT NULL');
    t.check('amount > 0');
    t.index(['work_order_id']);
    t.index(['employee_id']);
    t.index(['given_on']);
  });
  await knex.raw('CREATE UNIQUE INDEX pay_awards_source ON pay_awards (source_id) WHERE source_id IS NOT NULL');
  await knex.schema.createTable('pay_appeals', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('employee_id').notNullable().references('employees.id');
    t.text('kind').notNullable().checkIn(['deadline', 'penalty', 'satisfaction', 'clawback']);
    t.text('work_order_id').references('work_orders.id');
    t.text('award_id').references('pay_awards.id'); // of a penalty
    t.text('reason').notNullable();
    t.text('attachment_id');
    t.text('filed_on').notNullable();
    t.text('state').notNullable().checkIn(['open', 'granted', 'refused']);
    t.text('decision').notNullable(); // why
    t.text('decided_by_id');
    t.bigInteger('decided_at');
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
    t.index(['work_order_id']);
    t.index(['state']);
  });
  // Against one deduction a person appeals once.
  await knex.raw(
    `CREATE UNIQUE INDEX pay_appeals_one ON pay_appeals (employee_id, kind, COALESCE(work_order_id, ''), COALESCE(award_id, ''))`,
  );
}

/** What was published stays as it is: a deadline rule can only be ended. A reviewed period is calculated again after it is reopened. */
async function locks(tools: SchemaTools): Promise<void> {
  const fixed = [
    'id',
    'code',
    'when_urgency',
    'when_service_mode',
    'limit_minutes',
    'grace_minutes',
    'unit_minutes',
    'amount_per_unit',
    'cap_amount',
    'valid_from',
  ];
  await tools.refuseHere('deadline_rules', 'UPDATE', fixed.map(isChanged).join(' OR '));
  await tools.allow('commission_rules', 'UPDATE');
  const ofRules = [
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
    'measure',
    'tiers',
  ];
  await tools.refuseHere('commission_rules', 'UPDATE', ofRules.map(isChanged).join(' OR '));
  const ofReviewed = (row: string) =>
    `EXISTS (SELECT 1 FROM pay_periods p WHERE p.id = ${row}.period_id AND p.state IN ('reviewed', 'locked', 'paid'))`;
  const ofReviewedSlip = (row: string) =>
    `EXISTS (SELECT 1 FROM payslips s JOIN pay_periods p ON p.id = s.period_id
             WHERE s.id = ${row}.payslip_id AND p.state IN ('reviewed', 'locked', 'paid'))`;
  for (const verb of ['INSERT', 'UPDATE', 'DELETE'] as const) {
    const row = verb === 'INSERT' ? 'NEW' : 'OLD';
    for (const table of ['payslips', 'payslip_lines']) await tools.allow(table, verb);
    await tools.refuseHere('payslips', verb, ofReviewed(row));
    await tools.refuseHere('payslip_lines', verb, ofReviewedSlip(row));
  }
}

const isChanged = (column: string): string => `NEW.${column} IS DISTINCT FROM OLD.${column}`;
