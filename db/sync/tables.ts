import type { Audience } from '../migrations/migration.ts';

/**
 * Every table that is synchronised: who sees its rows, and who writes them. Parents stand before their children, the order in
 * which rows are put in. A table that is neither here nor among LOCAL_TABLES fails a test.
 */
export type SyncedTable = Readonly<{
  name: string;
  audience: Audience;
  /**
   * `head-office`: written at head office only. `unit`: by the database that serves the row's unit. `shared`: anywhere in the
   * region, merged field by field. `latest`: anywhere, and the later one wins.
   */
  writer: 'head-office' | 'unit' | 'shared' | 'latest';
  key: string;
  /** The database refuses change, so a row that is there already is left as it is. */
  isAppendOnly: boolean;
  /** What follows from a row (see afterReplicated) may be refused, and then the row is, too. */
  hasConsequences: boolean;
  /** Columns that those outside the unit and the ones above it don't see, and what they see instead. */
  cut: Readonly<Record<string, 0>>;
}>;

type Options = Partial<Pick<SyncedTable, 'key' | 'isAppendOnly' | 'hasConsequences' | 'cut'>>;

const table = (
  name: string,
  audience: Audience,
  writer: SyncedTable['writer'],
  { key = 'id', isAppendOnly = false, hasConsequences = false, cut = {} }: Options = {},
): SyncedTable => ({ name, audience, writer, key, isAppendOnly, hasConsequences, cut });

const LEDGER = { isAppendOnly: true };
const PAY_OF_OTHERS = { cut: { base_salary: 0, position_pay: 0, grade_allowance: 0 } } as const;

export const SYNCED_TABLES: readonly SyncedTable[] = [
  table('units', 'company', 'head-office'),
  table('departments', 'company', 'head-office'),
  table('employees', 'company', 'head-office', PAY_OF_OTHERS),
  table('employee_roles', 'company', 'head-office'),
  table('credentials', 'unit', 'latest', { key: 'employee_id' }),
  table('contracts', 'company', 'head-office'),
  table('contract_events', 'company', 'head-office', LEDGER),
  table('work_types', 'company', 'head-office'),
  table('commission_rules', 'company', 'head-office'),
  table('deadline_rules', 'company', 'head-office'),
  table('pay_terms', 'company', 'head-office', LEDGER),
  table('pay_items', 'company', 'head-office'),
  table('suppliers', 'company', 'unit'),
  table('stores', 'company', 'unit'),
  table('warehouses', 'company', 'unit'),
  table('parts', 'company', 'unit'),
  table('part_models', 'company', 'unit'),
  table('part_barcodes', 'company', 'unit'),
  table('part_suppliers', 'company', 'unit'),
  table('part_prices', 'company', 'unit'),
  table('stock_places', 'unit', 'unit'),
  table('reservations', 'unit', 'unit'),
  table('dictionary_entries', 'unit', 'unit'),
  table('customers', 'region', 'shared'),
  table('devices', 'region', 'shared'),
  table('field_history', 'region', 'head-office'),
  table('attachments', 'region', 'unit'),
  table('work_orders', 'region', 'unit'),
  table('work_order_states', 'region', 'unit', LEDGER),
  table('work_order_technicians', 'region', 'unit'),
  table('work_order_labour', 'region', 'unit'),
  table('work_order_parts', 'region', 'unit'),
  table('requests', 'parties', 'unit'),
  table('answers', 'parties', 'unit'),
  table('purchases', 'unit', 'unit'),
  table('purchase_lines', 'unit', 'unit'),
  table('purchase_steps', 'unit', 'unit', LEDGER),
  table('transfer_closures', 'parties', 'unit', LEDGER),
  table('deposit_entries', 'parties', 'unit', LEDGER),
  table('stock_documents', 'unit', 'unit', LEDGER),
  table('stock_moves', 'unit', 'unit', { ...LEDGER, hasConsequences: true }),
  table('lot_moves', 'unit', 'unit', LEDGER),
  table('stock_counts', 'unit', 'unit'),
  table('stock_count_lines', 'unit', 'unit'),
  table('old_parts', 'parties', 'unit', LEDGER),
  table('old_part_entries', 'parties', 'unit', LEDGER),
  table('settlements', 'unit', 'unit', LEDGER),
  table('customer_entries', 'unit', 'unit', LEDGER),
  table('pay_awards', 'unit', 'unit'),
  table('pay_appeals', 'unit', 'unit'),
  table('pay_entries', 'unit', 'unit', LEDGER),
  table('pay_periods', 'unit', 'unit'),
  table('late_changes', 'unit', 'unit'),
  table('payslips', 'unit', 'unit'),
  table('payslip_lines', 'unit', 'unit'),
];

/** Tables that stay where they are, and why nobody else needs them. */
export const LOCAL_TABLES: Readonly<Record<string, string>> = {
  attachment_contents: 'travel apart, by hash',
  attachment_pieces: 'on their way',
  attachments_sent: 'of this station',
  attachments_wanted: 'of this station',
  audit_log: 'each database keeps its own chain',
  change_log: 'what is synchronised comes from it',
  commands: 'a command is retried where it was sent',
  enrolment_codes: 'of the server',
  installation: 'which unit this database serves',
  leases: 'of the server',
  log_marks: 'of this change log',
  log_readers: 'of this change log',
  pcs: 'of this station',
  schema_version: 'of this database',
  sequences: 'human numbers carry the unit',
  server_link: 'of this station',
  sessions: 'of this service',
  stations: 'of the server',
  stock_balances: 'follow from the moves',
  stock_questions: 'of this station',
  sync_refusals: 'each side keeps its own',
  sync_session: 'of this database',
  webhook_deliveries: 'of this server',
  webhooks: 'of this server',
};

const BY_NAME = new Map(SYNCED_TABLES.map((one) => [one.name, one]));

export const syncedTable = (name: string): SyncedTable | undefined => BY_NAME.get(name);

/** Tables of documents that carry a human number of the unit's own. */
export const NUMBERED = [
  'work_orders',
  'stock_documents',
  'settlements',
  'requests',
  'purchases',
  'stock_counts',
  'deposit_entries',
  'old_parts',
] as const;
