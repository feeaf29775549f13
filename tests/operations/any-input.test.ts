import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DomainError } from '#domain/errors.ts';
import { ROLES } from '#domain/access/roles.ts';
import { firstBrokenAuditLine } from '#db/repositories/audit-log.ts';
import { operationNames, operations, type OperationName } from '#operations/index.ts';
import { DIALECTS, isAvailable } from '#tests/helpers/databases.ts';
import { givenDispatched, givenIntake, givenStarted } from '#tests/helpers/given-work.ts';
import { givenFinishedWork, givenRule, givenWorkType } from '#tests/helpers/finished-work.ts';
import { givenItem, givenTerms } from '#tests/helpers/given-pay.ts';
import { givenContract, givenDepartment, givenUnit } from '#tests/helpers/given-units.ts';
import { givenOldReturned, givenRecovered } from '#tests/helpers/old-parts.ts';
import { openTestStation, type TestStation } from '#tests/helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '#tests/helpers/stock.ts';
import { inputFor, isRowDrawn, isVersionDrawn, type RowDrawn } from './lib/any-input.ts';
import { ledgerFaults } from './lib/ledgers.ts';

/** `MENDWAY_RUNS` steps on each database, of a seed that is printed (or `MENDWAY_SEED`). */
const RUNS = Number(process.env['MENDWAY_RUNS'] ?? 3000);
const SEED = Number(process.env['MENDWAY_SEED'] ?? Date.now() % 1_000_000_000);
const HOUR = 3_600_000;

type Row = Readonly<{ kind: string; id: string; version: number | null; state: string | null }>;

const TABLES = {
  work_orders: 'version',
  customers: 'version',
  devices: 'version',
  parts: 'version',
  warehouses: 'version',
  suppliers: 'version',
  employees: 'version',
  work_types: 'version',
  stores: 'version',
  commission_rules: 'version',
  deadline_rules: 'version',
  pay_periods: 'version',
  units: 'version',
  requests: 'version',
  departments: 'version',
  contracts: 'version',
  purchases: 'version',
  purchase_lines: 'NULL',
  stock_counts: 'version',
  stock_documents: 'NULL',
  deposit_entries: 'NULL',
  attachments: 'NULL',
  stock_count_lines: 'NULL',
  work_order_parts: 'NULL',
  old_parts: 'NULL',
  old_part_entries: 'NULL',
  pay_items: 'version',
  pay_awards: 'version',
  pay_appeals: 'version',
  pay_entries: 'NULL',
} as const;

const WITH_STATE: readonly string[] = [
  'work_orders',
  'pay_periods',
  'purchases',
  'stock_counts',
  'pay_awards',
  'pay_appeals',
];

const ALL_ROWS = Object.entries(TABLES)
  .map(([table, version]) => {
    const state = WITH_STATE.includes(table) ? 'state' : 'NULL';
    return `SELECT '${table}' AS kind, id, CAST(${version} AS bigint) AS version, CAST(${state} AS text) AS state FROM ${table}`;
  })
  .join(' UNION ALL ')
  .concat(' ORDER BY 1, 2');

const TABLE_OF_KEY: Readonly<Record<string, keyof typeof TABLES>> = {
  workOrderId: 'work_orders',
  customerId: 'customers',
  partId: 'parts',
  warehouseId: 'warehouses',
  supplierId: 'suppliers',
  employeeId: 'employees',
  technicianId: 'employees',
  workTypeId: 'work_types',
  storeId: 'stores',
  documentId: 'stock_documents',
  periodId: 'pay_periods',
  unitId: 'units',
  toUnitId: 'units',
  fromWarehouseId: 'warehouses',
  toWarehouseId: 'warehouses',
  replacesId: 'requests',
  departmentId: 'departments',
  contractId: 'contracts',
  installerId: 'employees',
  lineIds: 'stock_count_lines',
  entryId: 'deposit_entries',
  holderId: 'units',
  recipientId: 'employees',
  itemId: 'pay_items',
  reworkOfId: 'work_orders',
};

/** What a plain `id` means, by where it stands. */
function tableOfId(operation: string, path: string): keyof typeof TABLES {
  if (operation.startsWith('purchases.')) return 'purchases';
  if (path.startsWith('customer')) return 'customers';
  if (path.startsWith('device')) return 'devices';
  if (operation.startsWith('oldParts.')) return 'old_parts';
  if (path.startsWith('lines')) return 'work_order_parts';
  const tables: Readonly<Record<string, keyof typeof TABLES>> = {
    'customers.get': 'customers',
    'customers.save': 'customers',
    'access.saveEmployee': 'employees',
    'attachments.content': 'attachments',
    'stock.document': 'stock_documents',
    'payroll.period': 'pay_periods',
    'payroll.endDeadlineRule': 'deadline_rules',
    'payroll.endRule': 'commission_rules',
    'payroll.saveItem': 'pay_items',
    'payroll.tryRules': 'commission_rules',
    'payroll.withdrawAward': 'pay_awards',
    'payroll.decideAppeal': 'pay_appeals',
    'organisation.contract': 'contracts',
    'organisation.saveContract': 'contracts',
    'organisation.saveDepartment': 'departments',
    'organisation.saveUnit': 'units',
    'setup.savePart': 'parts',
    'setup.saveStore': 'stores',
    'setup.saveSupplier': 'suppliers',
    'setup.saveWarehouse': 'warehouses',
    'setup.saveWorkType': 'work_types',
  };
  if (operation.startsWith('stockCounts.')) return 'stock_counts';
  if (/^(referrals|sales|transfers|requisitions)\./.test(operation)) return 'requests';
  return tables[operation] ?? 'work_orders';
}

/** Whose line a `lineId` is. */
const tableOfLine = (operation: string): keyof typeof TABLES =>
  operation.startsWith('stockCounts.') ? 'stock_count_lines' : 'purchase_lines';

/** Where a step leads anywhere: half of its draws are among these, so that work gets on. */
const FITTING: Readonly<Record<string, readonly string[]>> = {
  'dispatch.assign': ['registered'],
  'dispatch.withdraw': ['dispatched'],
  'workOrders.accept': ['dispatched'],
  'workOrders.appoint': ['accepted', 'appointed'],
  'workOrders.start': ['accepted', 'appointed'],
  'workOrders.resume': ['waiting-for-parts', 'escalated'],
  'jobs.complete': ['in-progress'],
  'jobs.saveMaterial': ['in-progress'],
  'audit.approve': ['done', 'unrepairable'],
  'audit.withdraw': ['audited'],
  'workOrders.notifyReady': ['audited'],
  'billing.settle': ['audited', 'ready-for-pick-up'],
  'billing.reverseSettlement': ['settled'],
  'workOrders.handOver': ['settled'],
  'purchases.save': ['requested'],
  'purchases.approve': ['requested'],
  'purchases.order': ['approved'],
  'purchases.receive': ['ordered'],
  'purchases.close': ['ordered'],
  'stockCounts.count': ['counting', 'recounting'],
  'stockCounts.close': ['counting', 'recounting'],
  'stockCounts.confirm': ['counted'],
  'stockCounts.sendBack': ['counted'],
  'payroll.calculate': ['open', 'calculated'],
  'payroll.reopen': ['calculated', 'reviewed'],
  'payroll.review': ['calculated'],
  'payroll.lock': ['reviewed'],
  'payroll.tryRules': ['calculated', 'reviewed', 'locked', 'paid'],
  'payroll.withdrawAward': ['standing'],
  'payroll.decideAppeal': ['open'],
  'payroll.giveAward': [],
  'payroll.appeal': [],
  'workOrders.setFollowUp': ['done', 'unrepairable', 'audited', 'settled'],
  'workOrders.setReworkOf': ['done', 'unrepairable', 'audited', 'settled'],
};

function rowsFor(operation: string, table: string | undefined, draw: number, rows: readonly Row[]): readonly Row[] {
  const among = table ? rows.filter((row) => row.kind === table) : rows;
  const states = draw % 2 === 0 ? FITTING[operation] : undefined;
  const fitting = states ? among.filter(({ state }) => state === null || states.includes(state)) : among;
  return fitting.length > 0 ? fitting : among;
}

/** Ids and versions as they are now, in the places where the step left them open. */
function resolved(value: unknown, operation: string, rows: readonly Row[], path = ''): unknown {
  const below = (key: string) => (path === '' ? key : `${path}.${key}`);
  if (isRowDrawn(value)) return idDrawn(value, operation, rows, path);
  if (isVersionDrawn(value)) return 1 + value.versionOff;
  if (Array.isArray(value)) return value.map((one, i) => resolved(one, operation, rows, below(String(i))));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const made = Object.fromEntries(entries.map(([key, one]) => [key, resolved(one, operation, rows, below(key))]));
  return { ...made, ...versionsOf(entries, made, rows) };
}

function idDrawn({ row, draw }: RowDrawn, operation: string, rows: readonly Row[], path: string): string {
  const table =
    (operation === 'payroll.appeal' ? ('pay_entries' as const) : undefined) ??
    TABLE_OF_KEY[row] ??
    (row === 'lineId' ? tableOfLine(operation) : row === 'id' ? tableOfId(operation, path) : undefined);
  const among = rowsFor(operation, table, draw, rows);
  return among.at(Math.floor(draw / 2) % Math.max(1, among.length))?.id ?? 'none';
}

/** A version goes with the id beside it. */
function versionsOf(entries: [string, unknown][], made: Record<string, unknown>, rows: readonly Row[]): object {
  const id = made['id'] ?? made['workOrderId'] ?? made['periodId'] ?? made['contractId'];
  const known = rows.find((row) => row.id === id)?.version ?? 1;
  return Object.fromEntries(
    entries.flatMap(([key, one]) => (isVersionDrawn(one) ? [[key, known + one.versionOff] as const] : [])),
  );
}

/** What a person reads off the screen before he types: shares of 100 %, the amount that is due. */
async function asSeen(station: TestStation, operation: OperationName, input: unknown): Promise<unknown> {
  if (typeof input !== 'object' || input === null) return input;
  const typed = input as Record<string, unknown>;
  if (operation === 'jobs.complete' && Array.isArray(typed['technicians'])) {
    const shares = typed['technicians'].map((one: object, i, all) => ({
      ...one,
      shareBp: Math.floor(10_000 / all.length) + (i === 0 ? 10_000 % all.length : 0),
    }));
    const { startedAt: _, completedAt: __, ...rest } = typed;
    return { ...rest, technicians: shares, discount: 0 };
  }
  const orderId = typed['id'] ?? typed['workOrderId'];
  if ((operation !== 'billing.settle' && operation !== 'billing.refundDeposit') || typeof orderId !== 'string')
    return input;
  try {
    const { due, received } = await station.run('billing.statement', { workOrderId: orderId });
    return operation === 'billing.settle'
      ? { ...typed, expectedDue: due, discount: undefined }
      : { ...typed, expectedReceived: received };
  } catch (error) {
    if (error instanceof DomainError) return input;
    throw error;
  }
}

async function givenCompany(station: TestStation): Promise<void> {
  const technician = await station.actorFor(['technician']);
  await station.run('access.setPassword', { employeeId: technician.employeeId, password: 'passw0rd' });
  const technicians = [{ employeeId: technician.employeeId, shareBp: 10_000 }];
  const workTypeId = await givenWorkType(station);
  await givenRule(station, { component: 'labour', rateBp: 3333, discount: 'after' });
  await givenRule(station, { component: 'part_margin', rateBp: 1250 });
  await givenRule(station, { component: 'per_job', amount: 777 });
  const warehouseId = await givenWarehouse(station);
  await givenRecovered(station);
  for (const number of ['P-1', 'P-2']) {
    const partId = await givenPart(station, number, { salePrice: 5000 });
    await givenReceipt(station, warehouseId, partId, 50_000, 333);
    if (number === 'P-2') await givenOldReturned(station, partId);
  }
  await givenIntake(station, { deposit: { amount: 500, method: 'cash' } });
  await givenIntake(station, { mode: 'on-site', visitAddress: '南京路 1 号' });
  await givenDispatched(station, technician);
  await givenStarted(station, technician);
  for (const state of ['done', 'unrepairable', 'done'] as const)
    await givenFinishedWork(station, { technicians, labour: [{ workTypeId, fee: 12_345 }], state, deposit: 100 });
  await givenItem(station, { code: 'A1', kind: 'reward', amount: 500 });
  await givenItem(station, { code: 'P1', kind: 'penalty', rateBp: 1000 });
  await givenTerms(station, {
    satisfaction: { perOrder: { very_satisfied: 300, dissatisfied: -1000 }, monthly: null },
    rework: { days: 30, clawbackBp: 5000 },
  });
  await station.run('payroll.openPeriod', { from: '2026-03-01', to: '2026-03-31' });
  await givenCount(station, warehouseId);
  await station.run('setup.saveStore', { fields: { name: '一店' } });
  await station.run('setup.saveSupplier', { fields: { name: '供应商' } });
  const { id: unitId } = await givenUnit(station, { code: 'HZ01' });
  await givenDepartment(station, { name: '售后部' });
  await givenContract(station, { unitId });
}

async function givenCount(station: TestStation, warehouseId: string): Promise<void> {
  const { id } = await station.run('stockCounts.start', { warehouseId, scopeKind: 'class', scopeText: 'P-' });
  const [part] = await station.rows<{ id: string }>("SELECT id FROM parts WHERE number = 'P-1'");
  await station.run('stockCounts.count', { id, partId: part?.id ?? '', way: 'set', quantity: 49_000 });
}

/** The columns of each list and report. */
async function columnsOf(station: TestStation): Promise<Map<string, string[]>> {
  const { reports } = await station.run('reports.list', {});
  const columns = new Map(reports.map(({ id, columns }) => [id, columns.map(({ key }) => key)]));
  const [count] = await station.rows<{ id: string }>('SELECT id FROM stock_counts');
  const [period] = await station.rows<{ id: string }>('SELECT id FROM pay_periods');
  for (const name of operationNames) {
    if (!('filters' in shapeOf(name)) || name.startsWith('reports.')) continue;
    const asked = askedOf(name, { countId: count?.id, periodId: period?.id });
    const listed = name.replace(/Sums$/, '') as OperationName; // sums are filtered by the columns of their list
    const { rows } = (await station.run(listed, asked)) as { rows: object[] };
    columns.set(name, Object.keys(rows[0] ?? {}));
  }
  return columns;
}

/** Which of two lists it is, and the lines of what. */
function askedOf(
  name: OperationName,
  { countId, periodId }: Readonly<Record<'countId' | 'periodId', string | undefined>>,
): object {
  if (name === 'payroll.listUnpaidWork') return { periodId, view: 'unaudited' };
  if (name === 'stockCounts.lines') return { id: countId };
  return 'box' in shapeOf(name) ? { box: 'in' } : {};
}

function shapeOf(name: OperationName): object {
  return 'shape' in operations[name].input ? operations[name].input.shape : {};
}

function stepFor(columns: ReadonlyMap<string, string[]>) {
  const asked = (name: OperationName, report?: string) =>
    inputFor(operations[name].input, { columns: columns.get(report ?? name) ?? [] }).map((input) => ({
      name,
      input: report !== undefined && typeof input === 'object' ? { ...input, id: report } : input,
    }));
  const reports = [...columns.keys()].filter((name) => !(name in operations));
  const inputs = [
    ...operationNames.filter((name) => name !== 'company.create').map((name) => asked(name)),
    ...reports.flatMap((id) => [asked('reports.run', id), asked('reports.export', id)]),
  ];
  return fc.record({
    asked: fc.oneof(
      ...inputs,
      ...Object.keys(FITTING).map((name) => ({ weight: 3, arbitrary: asked(name as OperationName) })),
    ),
    as: fc.constantFrom('everybody', 'everybody', 'everybody', 'command-line', 'technician'),
    hours: fc.constantFrom(0, 0, 0, 1, 20),
  });
}

describe.each(DIALECTS)('whatever is put in, on %s', (dialect) => {
  test.skipIf(!isAvailable(dialect))(
    `an operation answers or refuses in its own words, and every ledger adds up (seed ${SEED})`,
    async () => {
      const station = await openTestStation(dialect);
      try {
        await givenCompany(station);
        const everybody = await station.actorFor(ROLES);
        const technician = await station.actorFor(['technician']);
        const answered = new Map<string, number>();
        await fc.assert(
          fc.asyncProperty(stepFor(await columnsOf(station)), async ({ asked: { name, input }, as, hours }) => {
            station.clock.now += hours * HOUR;
            const open = resolved(input, name, await station.rows<Row>(ALL_ROWS));
            const typed = await asSeen(station, name, open);
            const actor = { everybody, technician, 'command-line': undefined }[as];
            try {
              await station.run(name, typed as never, actor ? { as: actor } : {});
              answered.set(name, (answered.get(name) ?? 0) + 1);
            } catch (error) {
              if (!(error instanceof DomainError))
                throw new Error(`${name} ${JSON.stringify(typed)?.slice(0, 2000)}`, { cause: error });
            }
          }),
          { numRuns: RUNS, seed: SEED, endOnFailure: true },
        );
        expect(await ledgerFaults(station)).toEqual([]);
        expect(await station.store.read(firstBrokenAuditLine)).toBeNull();
        if (process.env['MENDWAY_RUNS'])
          console.log(
            dialect,
            Object.fromEntries(answered),
            operationNames.filter((n) => !answered.has(n)),
          );
      } finally {
        await station.close();
      }
    },
    60_000 + RUNS * 100,
  );
});
