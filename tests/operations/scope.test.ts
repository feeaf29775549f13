import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#domain/access/actor.ts';
import { DomainError } from '#domain/errors.ts';
import { DICTIONARIES } from '#db/repositories/dictionaries.ts';
import { SYNCED_TABLES } from '#db/sync/tables.ts';
import { operationNames, operations, type OperationName } from '#operations/index.ts';
import type { Reach } from '#operations/operation.ts';
import { reports } from '#reports/index.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenBusiness, givenCatalogue, givenPaid, givenStationOf, type Business } from '../helpers/unit-business.ts';
import { markOf, openTestCompany, phoneOf, type TestCompany, type UnitCode } from '../helpers/units.ts';

/**
 * A unit sees its own region's customers and work, head office sees everything: asked of every query there is and of every
 * report, as people of a region and of an outlet, at head office, where all of it lies in one database.
 */

type Place = Business &
  Readonly<{
    periodId: string;
    stationId: string;
    contractId: string;
    referralId: string;
    saleId: string;
    transferId: string;
    countId: string;
    oldPartId: string;
    requisitionId: string;
    holderId: string;
  }>;
type Asked = Readonly<{
  of: Place;
  customerId: string;
  deviceId: string;
  partId: string;
  attachmentId: string;
  technicianId: string;
}>;
type Inputs = (asked: Asked) => object[];

const NEIGHBOUR = { EA01: 'EA02', EA02: 'EAST', EAST: 'EA01', WE01: 'WE02', WE02: 'WEST', WEST: 'WE01' } as const;
const ABOVE = { EA01: 'EAST', EA02: 'EAST', EAST: 'HQ', WE01: 'WEST', WE02: 'WEST', WEST: 'HQ' } as const;
const CODES = ['EA01', 'EA02', 'EAST', 'WE01', 'WE02', 'WEST'] as const;

const ALL = { limit: 500 };
const REPORTS = reports.map(({ id }) => ({ id }));
const byId = (id: string) => [{ id }];

const awardTable = (employee: string): string =>
  Buffer.from(`employee,item,amount,date,reason\n${employee},A,1,2026-03,x\n`).toString('base64');

/** What each query is asked: whatever leads to rows of the unit `of`, by its ids and by its words. One that isn't here fails. */
const QUESTIONS: Readonly<Partial<Record<OperationName, Inputs>>> = {
  'access.listEmployees': ({ of }) => [{}, { unitId: of.unit.unitId }],
  'access.listTechnicians': () => [{}],
  'attachments.content': ({ attachmentId }) => byId(attachmentId),
  'audit.queue': ({ of }) => [ALL, { search: of.mark }],
  'audit.sheet': ({ of }) => byId(of.done.id),
  'auditLog.list': () => [ALL],
  'billing.queue': ({ of }) => [ALL, { search: of.mark }],
  'billing.statement': ({ of }) => [{ workOrderId: of.done.id }],
  'customers.get': ({ customerId }) => byId(customerId),
  'customers.history': ({ customerId }) => byId(customerId),
  'customers.search': ({ of }) => [{ fragment: of.mark }, { fragment: phoneOf(of.code) }, { fragment: of.done.number }],
  'dictionaries.suggest': ({ of }) => DICTIONARIES.map((dictionary) => ({ dictionary, fragment: of.mark })),
  'deposits.account': ({ of }) => [{ holderId: of.holderId, unitId: of.unit.unitId }],
  'deposits.choices': () => [{}],
  'deposits.list': () => [ALL],
  'dispatch.queue': ({ of }) => [{}, { search: of.mark }],
  'intake.choices': () => [{}],
  'jobs.sheet': ({ of }) => byId(of.done.id),
  'oldParts.debtors': () => [{}],
  'oldParts.get': ({ of }) => byId(of.oldPartId),
  'oldParts.list': () => [{ ...ALL, view: 'all' }],
  'organisation.contract': ({ of }) => byId(of.contractId),
  'organisation.contracts': () => [{}],
  'organisation.departments': ({ of }) => [{ unitId: of.unit.unitId }],
  'organisation.suggestProvider': ({ of }) => [{ address: of.mark, kind: 'repair' }],
  'organisation.units': () => [{}],
  'payroll.awardChoices': () => [{}],
  'payroll.checkAwards': ({ of }) => [{ name: 'x.csv', base64: awardTable(of.technician.number) }],
  'payroll.checkRules': () => [{}],
  'payroll.listAppeals': () => [ALL, { ...ALL, view: 'all' }],
  'payroll.listAwards': () => [ALL],
  'payroll.listDeadlineRules': () => [{}],
  'payroll.listItems': () => [ALL],
  'payroll.listPeriods': () => [{}],
  'payroll.listRules': () => [{}],
  'payroll.listUnpaidWork': ({ of }) =>
    (['no-rule', 'unaudited', 'unsettled'] as const).map((view) => ({ ...ALL, view, periodId: of.periodId })),
  'payroll.ownDeductions': () => [{}],
  'payroll.ownPayslip': ({ of }) => [{ periodId: of.periodId }],
  'payroll.ownPayslips': () => [{}],
  'payroll.payslip': ({ of, technicianId }) => [{ periodId: of.periodId, employeeId: technicianId }],
  'payroll.period': ({ of }) => byId(of.periodId),
  'payroll.ruleChoices': () => [{}],
  'payroll.team': ({ of }) => [{ periodId: of.periodId }],
  'payroll.terms': () => [{}],
  'payroll.tryRules': ({ of }) => [{ periodId: of.periodId }],
  'payroll.whichRule': ({ technicianId }) => [{ employeeId: technicianId, on: '2026-03-15' }],
  'pcs.list': () => [{}],
  'purchases.get': ({ of }) => byId(of.purchaseId),
  'purchases.list': () => [ALL, { ...ALL, isOverdue: true }],
  'purchases.priceHistory': ({ partId }) => [ALL, { ...ALL, partId }],
  'referrals.get': ({ of }) => byId(of.referralId),
  'referrals.inbox': () => [ALL],
  'referrals.ofOrder': ({ of }) => [{ workOrderId: of.registered.id }],
  'referrals.outbox': () => [ALL],
  'referrals.units': () => [{}],
  'reports.export': () => REPORTS.map((report) => ({ ...report, format: 'csv', language: 'en' })),
  'reports.list': () => [{}],
  'reports.run': () => REPORTS.map((report) => ({ ...report, ...ALL })),
  'requisitions.choices': () => [{}],
  'requisitions.get': ({ of }) => byId(of.requisitionId),
  'requisitions.list': () => [
    { ...ALL, box: 'in' },
    { ...ALL, box: 'out' },
  ],
  'requisitions.propose': ({ of }) => [{ warehouseId: of.warehouseId }],
  'sales.get': ({ of }) => byId(of.saleId),
  'sales.inbox': () => [ALL],
  'sales.outbox': () => [ALL],
  'sales.providers': ({ of }) => [{ address: of.mark, wants: 'delivery' }],
  'session.current': () => [{}],
  'setup.listParts': () => [ALL],
  'setup.listStores': () => [ALL],
  'setup.listSuppliers': () => [ALL],
  'setup.listWarehouses': () => [ALL],
  'setup.listWorkTypes': () => [ALL],
  'stations.choices': () => [{}],
  'stations.get': ({ of }) => byId(of.stationId),
  'stations.list': () => [ALL],
  'stockCounts.find': ({ of }) => [{ id: of.countId, code: 'P-1' }],
  'stockCounts.get': ({ of }) => byId(of.countId),
  'stockCounts.lines': ({ of }) => byId(of.countId),
  'stockCounts.list': () => [ALL],
  'stockCounts.notCounted': ({ of }) => byId(of.countId),
  'stock.availability': ({ partId }) => [{ partIds: [partId] }],
  'stock.belowMin': () => [ALL],
  'stock.bins': ({ of }) => [{ warehouseId: of.warehouseId }],
  'stock.choices': () => [{}],
  'stock.document': ({ of }) => byId(of.receiptId),
  'stock.documents': () => [ALL],
  'stock.findParts': ({ of }) => [{ fragment: 'P-1' }, { fragment: 'P-1', warehouseId: of.warehouseId }],
  'stock.lotHistory': ({ of }) => [{ lot: of.mark }],
  'stock.lots': ({ of, partId }) => [{ partId, warehouseId: of.warehouseId }],
  'stock.network': ({ partId }) => [{ partId }],
  'stock.moves': ({ of, partId }) => [{ partId, warehouseId: of.warehouseId }],
  'stock.onHand': () => [{ ...ALL, withEmpty: true }],
  'stock.onHandSums': () => [{ withEmpty: true }],
  'stock.part': ({ partId }) => byId(partId),
  'stock.parts': () => [ALL],
  'stock.supplierReturnSheet': ({ of }) => [{ documentId: of.receiptId }],
  'stock.place': ({ of, partId }) => [{ partId, warehouseId: of.warehouseId }],
  'stock.prices': ({ partId }) => [{ partIds: [partId], customerClass: 'dealer' }],
  'stock.reservations': () => [{ ...ALL, withClosed: true }],
  'stock.verify': () => [{}],
  'sync.refused': () => [ALL],
  'sync.status': () => [{}],
  'sync.waiting': () => [ALL],
  'today.overview': () => [{}],
  'transfers.get': ({ of }) => byId(of.transferId),
  'transfers.inTransit': () => [ALL],
  'transfers.list': () => [
    { ...ALL, box: 'in' },
    { ...ALL, box: 'out' },
  ],
  'transfers.warehouses': () => [{}],
  'webhooks.deliveries': () => [ALL],
  'webhooks.list': () => [{}],
  'workOrders.get': ({ of }) => byId(of.done.id),
  'workOrders.list': () => [ALL],
  'workOrders.reworkChoices': ({ of }) => byId(of.done.id),
};

/** Where an outlet does come across another of its region, though it isn't the region's work that is looked up. */
const BETWEEN_TWO: Readonly<Partial<Record<OperationName, string>>> = {
  'payroll.ruleChoices': 'categories of the devices that the region shares',
  'referrals.ofOrder': 'what it asked of the other',
  'referrals.outbox': 'what it asked of the other',
  'sales.outbox': 'what it asked of the other',
  'stock.documents': 'where it sent parts',
  'transfers.inTransit': 'where it sent parts',
  'transfers.list': 'where it sent parts',
};

const queries = operationNames.filter((name) => operations[name].kind === 'query');
const reachOf = (name: OperationName): Reach => (operations[name] as { reach?: Reach }).reach ?? 'unit';

test('each query says here what it is asked', () => {
  expect(Object.keys(QUESTIONS).toSorted()).toEqual(queries.toSorted());
});

describe.each(DIALECTS)('what people see at head office on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of a company of two regions', () => {
    let company: TestCompany;
    let partId: string;
    const places = new Map<UnitCode, Place>();

    beforeAll(async () => {
      company = await openTestCompany(dialect);
      const catalogue = await givenCatalogue(company);
      partId = catalogue.partId;
      const started = [];
      for (const code of CODES) started.push([code, await givenBusiness(company, code, catalogue)] as const);
      for (const [code, business] of started) {
        const paid = await givenPaid(company, business);
        const stationId = await givenStationOf(company, code);
        const contractId = await givenContractOf(company, code);
        const asked = await givenRequests(company, business, NEIGHBOUR[code]);
        const [oldPart] = await company.rows<{ id: string }>(
          'SELECT id FROM old_parts WHERE unit_id = ? ORDER BY number LIMIT 1',
          [company.ids[code]],
        );
        const oldPartId = oldPart?.id ?? '';
        const countId = await givenCountOf(company, business);
        const planned = await givenPlan(company, business, ABOVE[code]);
        places.set(code, { oldPartId, ...business, ...paid, ...asked, ...planned, stationId, contractId, countId });
      }
    });
    afterAll(() => company.close());

    const place = (code: UnitCode): Place => {
      const found = places.get(code);
      if (!found) throw new Error(code);
      return found;
    };

    async function askedOf(of: Place): Promise<Asked> {
      const [row] = await company.rows<Omit<Asked, 'of' | 'partId' | 'technicianId'>>(
        `SELECT w.customer_id, w.device_id, a.id AS attachment_id FROM work_orders w JOIN attachments a ON a.entity_id = w.id
         WHERE w.id = ?`,
        [of.done.id],
      );
      if (!row) throw new Error(of.code);
      return { ...row, of, partId, technicianId: of.technician.employeeId };
    }

    /** All that is answered to him, refusals among it, as text. */
    async function answersTo(actor: Actor, name: OperationName, of: Place): Promise<string> {
      const head = await company.at('HQ');
      const answers: string[] = [];
      for (const input of QUESTIONS[name]?.(await askedOf(of)) ?? [])
        answers.push(await answerOf(head.run(name, input, actor)));
      return answers.join('\n').toLowerCase();
    }

    const superior = (code: UnitCode) => company.personOf(code, ['manager', 'administrator']);

    /** Ids, marks and phone numbers that nobody outside may come across. */
    async function secretsOf(codes: readonly UnitCode[]): Promise<string[]> {
      const units = codes.map((code) => company.ids[code]);
      const secrets: string[] = codes.flatMap((code) => [markOf(code), phoneOf(code)]);
      for (const { name, key, audience } of SYNCED_TABLES) {
        const isOwn = audience !== 'company' || ['employees', 'employee_roles'].includes(name);
        if (!isOwn) continue;
        const marks = units.map(() => '?').join(', ');
        const rows = await company.rows<{ id: string }>(
          `SELECT ${key} AS id FROM ${name} WHERE unit_id IN (${marks})`,
          units,
        );
        secrets.push(...rows.map(({ id }) => id.toLowerCase()));
      }
      return secrets;
    }

    /** Only the places themselves are known to the whole company, so that parts can be sent there. */
    const openlyNamed = (name: OperationName, answer: string): string =>
      name === 'transfers.warehouses' ? answer.replaceAll(/mark-\w+ 仓/g, '') : answer;

    test.each(['EAST', 'EA01'] as const)('nobody of %s comes across anything of the other region', async (code) => {
      const actor = await superior(code);
      const secrets = await secretsOf(['WEST', 'WE01', 'WE02']);
      expect(secrets.length).toBeGreaterThan(200);
      const found: string[] = [];
      for (const name of queries)
        for (const of of ['WE01', 'WEST', 'EA01'] as const) {
          const answer = openlyNamed(name, await answersTo(actor, name, place(of)));
          found.push(
            ...secrets.filter((secret) => answer.includes(secret)).map((secret) => `${name} of ${of}: ${secret}`),
          );
        }
      expect(found).toEqual([]);
    });

    test('an outlet comes across another of its region only where customers and their work are looked up', async () => {
      const actor = await superior('EA01');
      const secrets = await secretsOf(['EA02', 'EAST']);
      const found = new Set<string>();
      for (const name of queries) {
        const answer = openlyNamed(name, await answersTo(actor, name, place('EA02')));
        if (secrets.some((secret) => answer.includes(secret))) found.add(name);
      }
      const regionWide = queries.filter((name) => reachOf(name) === 'region');
      expect([...found].filter((name) => !regionWide.some((one) => one === name) && !(name in BETWEEN_TWO))).toEqual(
        [],
      );
    });

    test('head office sees of each region what the region sees of itself', async () => {
      const head = await superior('HQ');
      const east = await superior('EAST');
      const seen = { byHead: new Set<string>(), byEast: new Set<string>() };
      for (const name of queries) {
        if ((await answersTo(head, name, place('EA01'))).includes(markOf('EA01'))) seen.byHead.add(name);
        if ((await answersTo(east, name, place('EA01'))).includes(markOf('EA01'))) seen.byEast.add(name);
      }
      const aboutThisDatabase = queries.filter((name) => reachOf(name) === 'here');
      expect(
        [...seen.byHead].filter((name) => !seen.byEast.has(name) && !aboutThisDatabase.some((one) => one === name)),
      ).toEqual([]);
      expect(seen.byEast.size).toBeGreaterThan(20);
    });
  });
});

async function answerOf(answer: Promise<unknown>): Promise<string> {
  try {
    return readable(await answer);
  } catch (error) {
    if (error instanceof DomainError) return withoutEcho(error);
    throw error;
  }
}

/** A refusal may say again what was asked for. */
const withoutEcho = ({ code }: DomainError): string => code;

/** Files are looked into. */
function readable(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) =>
    typeof inner === 'string' && (key === 'base64' || key === 'content')
      ? Buffer.from(inner, 'base64').toString()
      : inner,
  );
}

/** Parts asked of the unit above, which holds a deposit for them. */
async function givenPlan(company: TestCompany, of: Business, above: UnitCode) {
  const { warehouseId, partId, mark } = of;
  const unit = await company.at(of.code);
  const toUnitId = company.ids[above];
  const lines = [{ partId, quantity: 2000, note: mark }];
  const { id } = await unit.run('requisitions.send', { warehouseId, toUnitId, lines, note: mark }, 'keeper');
  const holder = await company.at(above);
  await holder.run('deposits.payIn', { unitId: company.ids[of.code], amount: 9000, reason: mark }, 'accountant');
  return { requisitionId: id, holderId: toUnitId };
}

/** Work referred, a sale reported and parts sent, to another unit of the region. */
async function givenRequests(company: TestCompany, of: Business, to: UnitCode) {
  const unit = await company.at(of.code);
  const toUnitId = company.ids[to];
  const [target] = await company.rows<{ id: string }>('SELECT id FROM warehouses WHERE unit_id = ?', [toUnitId]);
  const { registered, mark, warehouseId, partId } = of;
  const referral = await unit.run(
    'referrals.request',
    { workOrderId: registered.id, version: 1, toUnitId, reason: mark, note: mark },
    'dispatcher',
  );
  const sale = await unit.run(
    'sales.report',
    {
      toUnitId,
      wants: 'delivery',
      soldOn: '2026-03-15',
      address: mark,
      customer: { name: mark, phone: phoneOf(of.code) },
      device: { category: mark },
    },
    'clerk',
  );
  const lines = [{ partId, quantity: 1000 }];
  const shipment = { fromWarehouseId: warehouseId, toWarehouseId: target?.id ?? '', lines, note: mark };
  const transfer = await unit.run('transfers.ship', shipment, 'keeper');
  return { referralId: referral.id, saleId: sale.id, transferId: transfer.id };
}

async function givenCountOf(company: TestCompany, { code, mark, warehouseId, partId }: Business): Promise<string> {
  const unit = await company.at(code);
  const started = { warehouseId, scopeKind: 'warehouse' as const, note: mark };
  const { id } = await unit.run('stockCounts.start', started, 'keeper');
  await unit.run('stockCounts.count', { id, partId, way: 'set', quantity: 1000 }, 'keeper');
  return id;
}

/** A contract is the company's; the people who work under it are the unit's. */
async function givenContractOf(company: TestCompany, code: UnitCode): Promise<string> {
  if (code === 'EAST' || code === 'WEST') return 'none'; // only outlets are run by others
  const head = await company.at('HQ');
  const terms = { number: `HT-${code}`, provider: '安捷安装', areas: [`${code} 区`], kinds: ['repair' as const] };
  const { id } = await head.run('organisation.saveContract', {
    fields: { ...terms, unitId: company.ids[code], contact: '', phone: '', fromOn: '2026-01-01' },
  });
  return id;
}
