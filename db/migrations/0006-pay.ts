import type { Knex } from 'knex';
import type { SchemaTools } from './migration.ts';

/** Commission rules, the ledger of pay entries, pay periods and their payslips. */
export async function up(knex: Knex, tools: SchemaTools): Promise<void> {
  await rules(knex);
  await entries(knex);
  await periods(knex);
  for (const table of ['commission_rules', 'pay_entries', 'pay_periods', 'payslips', 'payslip_lines']) {
    await tools.captureChanges(table);
  }
  await tools.appendOnly('pay_entries');
  await locks(tools);
}

async function rules(knex: Knex): Promise<void> {
  await knex.schema.createTable('commission_rules', (t) => {
    t.text('id').notNullable().primary();
    t.text('code').notNullable().unique();
    t.text('component')
      .notNullable()
      .checkIn(['labour', 'labour_profit', 'per_unit', 'part_sales', 'part_margin', 'per_job']);
    t.bigInteger('rate_bp'); // basis points, of all but per_unit and per_job
    t.bigInteger('amount'); // fen, of per_unit and per_job
    t.boolean('is_after_discount').notNullable();
    t.bigInteger('cap_amount'); // fen, of one entry
    t.text('valid_from').notNullable();
    t.text('valid_to');
    for (const condition of [
      'employee',
      'work_type',
      'product_category',
      'grade',
      'warranty_class',
      'service_mode',
      'unit',
    ]) {
      t.text(`when_${condition}`);
    }
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
  });
}

async function entries(knex: Knex): Promise<void> {
  await knex.schema.createTable('pay_entries', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('work_order_id').notNullable().references('work_orders.id');
    t.text('employee_id').notNullable().references('employees.id');
    t.text('family').notNullable().checkIn(['labour', 'parts', 'job']);
    t.text('rule_id').notNullable().references('commission_rules.id');
    t.bigInteger('amount').notNullable();
    t.text('explanation').notNullable(); // JSON: line, base, share, rate, rounding
    t.text('earned_on').notNullable(); // business date of the audit, or of its reversal
    t.bigInteger('at').notNullable();
    t.text('reverses_id').unique();
    t.index(['work_order_id']);
    t.index(['employee_id', 'earned_on']);
    t.index(['earned_on']);
  });
}

async function periods(knex: Knex): Promise<void> {
  await knex.schema.createTable('pay_periods', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('from_on').notNullable();
    t.text('to_on').notNullable();
    t.text('state').notNullable().checkIn(['open', 'calculated', 'locked', 'paid']);
    t.bigInteger('version').notNullable();
    t.bigInteger('created_at').notNullable();
    t.unique(['unit_id', 'from_on']);
  });
  await knex.schema.createTable('payslips', (t) => {
    t.text('id').notNullable().primary();
    t.text('unit_id').notNullable();
    t.text('period_id').notNullable().references('pay_periods.id');
    t.text('employee_id').notNullable().references('employees.id');
    t.bigInteger('base_pay').notNullable();
    t.bigInteger('commission').notNullable();
    t.bigInteger('net').notNullable();
    t.bigInteger('calculated_at').notNullable();
    t.unique(['period_id', 'employee_id']);
  });
  await knex.schema.createTable('payslip_lines', (t) => {
    t.text('id').notNullable().primary();
    t.text('payslip_id').notNullable().references('payslips.id');
    t.bigInteger('line_no').notNullable();
    t.text('kind')
      .notNullable()
      .checkIn(['base-salary', 'position-pay', 'grade-allowance', 'commission', 'adjustment']);
    t.text('pay_entry_id').unique(); // an entry is paid once
    t.bigInteger('amount').notNullable();
    t.text('explanation').notNullable();
    t.unique(['payslip_id', 'line_no']);
  });
}

/** What was published or locked stays as it is, whatever an operation would do. */
async function locks(tools: SchemaTools): Promise<void> {
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
  await tools.refuse('commission_rules', 'UPDATE', isChanged);
  await tools.refuse(
    'pay_periods',
    'UPDATE',
    `OLD.state = 'paid' OR (OLD.state = 'locked' AND NEW.state <> 'paid')
     OR (OLD.state = 'locked' AND (NEW.from_on <> OLD.from_on OR NEW.to_on <> OLD.to_on))`,
  );
  await tools.refuse('pay_periods', 'DELETE', `OLD.state IN ('locked', 'paid')`);
  const ofLockedPeriod = (row: string) =>
    `EXISTS (SELECT 1 FROM pay_periods p WHERE p.id = ${row}.period_id AND p.state IN ('locked', 'paid'))`;
  const ofLockedPayslip = (row: string) =>
    `EXISTS (SELECT 1 FROM payslips s JOIN pay_periods p ON p.id = s.period_id
             WHERE s.id = ${row}.payslip_id AND p.state IN ('locked', 'paid'))`;
  for (const verb of ['INSERT', 'UPDATE', 'DELETE'] as const) {
    const row = verb === 'INSERT' ? 'NEW' : 'OLD';
    await tools.refuse('payslips', verb, ofLockedPeriod(row));
    await tools.refuse('payslip_lines', verb, ofLockedPayslip(row));
  }
}
