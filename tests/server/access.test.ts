import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '#domain/access/roles.ts';
import { operationNames, type OperationName } from '#operations/index.ts';
import { createHttpApp } from '#server/http/app.ts';
import { routeOf } from '#server/rpc/router.ts';
import { databaseIn, openStationService, type StationService } from '#server/station/service.ts';
import { givenCompany, PASSWORD } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';

/**
 * Who may call what, written down a second time: a right given away by mistake shows here. Managers may everything but
 * hand out roles and import, administrators everything; the others are listed.
 */
const NOBODY_ELSE: readonly Role[] = [];
const EVERYONE = ROLES;
const SEES_WORK: readonly Role[] = ['clerk', 'dispatcher', 'technician', 'keeper', 'auditor', 'accountant'];
const SEES_CUSTOMERS: readonly Role[] = ['clerk', 'dispatcher', 'technician', 'auditor', 'accountant'];
const SEES_STOCK: readonly Role[] = ['clerk', 'technician', 'keeper', 'auditor', 'accountant'];
const SEES_BILLS: readonly Role[] = ['clerk', 'auditor', 'accountant'];

const ADMINISTRATOR_ONLY: ReadonlySet<OperationName> = new Set([
  'access.saveEmployee',
  'access.setPassword',
  'company.create',
  'imports.openRepairRows',
  'organisation.addContractEvent',
  'organisation.saveContract',
  'organisation.saveDepartment',
  'organisation.saveUnit',
  'stations.choices',
  'stations.makeCode',
  'stations.rename',
  'stations.resume',
  'stations.revoke',
  'stations.suspend',
  'webhooks.deliveries',
  'webhooks.list',
  'webhooks.newSecret',
  'webhooks.redeliver',
  'webhooks.remove',
  'webhooks.save',
  'webhooks.test',
  'pcs.approve',
  'pcs.ask',
  'pcs.list',
  'pcs.refuse',
]);

const MAY: Readonly<Record<OperationName, readonly Role[]>> = {
  'access.listEmployees': NOBODY_ELSE,
  'access.listTechnicians': SEES_WORK,
  'access.saveEmployee': NOBODY_ELSE,
  'access.setPassword': NOBODY_ELSE,
  // Whose work it is, or who dispatches it, is asked after the right: see the tests of these operations.
  'attachments.add': SEES_WORK,
  'attachments.content': SEES_WORK,
  'attachments.fetch': SEES_WORK,
  'audit.approve': ['auditor'],
  'audit.queue': ['auditor'],
  'audit.sheet': ['auditor'],
  'audit.withdraw': ['auditor'],
  'auditLog.list': NOBODY_ELSE,
  'billing.queue': SEES_BILLS,
  'billing.refundDeposit': ['clerk'],
  'billing.reverseSettlement': ['accountant'],
  'billing.settle': ['clerk'],
  'billing.statement': SEES_BILLS,
  'billing.takeDeposit': ['clerk'],
  'company.create': NOBODY_ELSE,
  'customers.get': SEES_CUSTOMERS,
  'customers.history': SEES_CUSTOMERS,
  'customers.save': ['clerk'],
  'customers.saveDevice': ['clerk'],
  'customers.search': SEES_CUSTOMERS,
  'dictionaries.suggest': EVERYONE,
  'dispatch.assign': ['dispatcher'],
  'dispatch.queue': ['dispatcher'],
  'dispatch.withdraw': ['dispatcher'],
  'imports.openRepairRows': NOBODY_ELSE,
  'intake.choices': ['clerk'],
  'jobs.complete': SEES_WORK,
  'jobs.saveMaterial': ['technician', 'keeper'],
  'jobs.sheet': SEES_WORK,
  'jobs.withdrawCompletion': SEES_WORK,
  'oldParts.charge': ['accountant'],
  'oldParts.credit': ['accountant'],
  'oldParts.debtors': ['technician', 'keeper', 'accountant'],
  'oldParts.dispose': ['keeper'],
  'oldParts.forgive': ['accountant'],
  'oldParts.get': ['technician', 'keeper', 'accountant'],
  'oldParts.inspect': ['keeper'],
  'oldParts.list': ['technician', 'keeper', 'accountant'],
  'oldParts.receive': ['keeper'],
  'oldParts.undo': ['accountant'],
  'organisation.addContractEvent': NOBODY_ELSE,
  'organisation.contract': NOBODY_ELSE,
  'organisation.contracts': NOBODY_ELSE,
  'organisation.departments': NOBODY_ELSE,
  'organisation.saveContract': NOBODY_ELSE,
  'organisation.saveDepartment': NOBODY_ELSE,
  'organisation.saveUnit': NOBODY_ELSE,
  'organisation.suggestProvider': NOBODY_ELSE,
  'organisation.units': NOBODY_ELSE,
  'parts.merge': NOBODY_ELSE,
  'payroll.appeal': EVERYONE,
  'payroll.awardChoices': ['accountant'],
  'payroll.calculate': ['accountant'],
  'payroll.checkAwards': ['accountant'],
  'payroll.checkRules': ['accountant'],
  'payroll.endDeadlineRule': ['accountant'],
  'payroll.endRule': ['accountant'],
  'payroll.listDeadlineRules': ['accountant'],
  'payroll.listItems': ['accountant'],
  'payroll.decideAppeal': NOBODY_ELSE,
  'payroll.giveAward': ['accountant'],
  'payroll.importAwards': ['accountant'],
  'payroll.listAppeals': NOBODY_ELSE,
  'payroll.listAwards': ['accountant'],
  'payroll.listPeriods': ['accountant'],
  'payroll.listRules': ['accountant'],
  'payroll.listUnpaidWork': ['accountant'],
  'payroll.lock': ['accountant'],
  'payroll.markPaid': ['accountant'],
  'payroll.openPeriod': ['accountant'],
  'payroll.ownDeductions': EVERYONE,
  'payroll.ownPayslip': EVERYONE,
  'payroll.ownPayslips': EVERYONE,
  'payroll.payslip': ['accountant'],
  'payroll.period': ['accountant'],
  'payroll.publishTerms': ['accountant'],
  'payroll.reopen': ['accountant'],
  'payroll.ruleChoices': ['accountant'],
  'payroll.review': ['accountant'],
  'payroll.saveDeadlineRule': ['accountant'],
  'payroll.saveItem': ['accountant'],
  'payroll.saveRule': ['accountant'],
  'payroll.terms': ['accountant'],
  'payroll.tryRules': ['accountant'],
  'payroll.whichRule': ['accountant'],
  'payroll.team': ['accountant'],
  'payroll.withdrawAward': ['accountant'],
  'referrals.accept': ['dispatcher'],
  'referrals.get': ['dispatcher'],
  'referrals.inbox': ['dispatcher'],
  'referrals.ofOrder': SEES_WORK,
  'referrals.outbox': ['dispatcher'],
  'referrals.refuse': ['dispatcher'],
  'referrals.request': ['dispatcher'],
  'referrals.units': ['dispatcher'],
  'referrals.withdraw': ['dispatcher'],
  'pcs.approve': NOBODY_ELSE,
  'pcs.ask': NOBODY_ELSE,
  'pcs.list': NOBODY_ELSE,
  'pcs.refuse': NOBODY_ELSE,
  // Every report has a right of its own: see below.
  'reports.export': EVERYONE,
  'reports.list': EVERYONE,
  'reports.run': EVERYONE,
  'sales.accept': ['clerk'],
  'sales.get': ['clerk'],
  'sales.inbox': ['clerk'],
  'sales.outbox': ['clerk'],
  'sales.providers': ['clerk'],
  'sales.refuse': ['clerk'],
  'sales.report': ['clerk'],
  'sales.withdraw': ['clerk'],
  'session.changePassword': EVERYONE,
  'session.current': EVERYONE,
  'session.signIn': EVERYONE,
  'session.signOut': EVERYONE,
  'setup.listParts': NOBODY_ELSE,
  'setup.listStores': NOBODY_ELSE,
  'setup.listSuppliers': NOBODY_ELSE,
  'setup.listWarehouses': NOBODY_ELSE,
  'setup.listWorkTypes': NOBODY_ELSE,
  'setup.savePart': NOBODY_ELSE,
  'setup.saveStore': NOBODY_ELSE,
  'setup.saveSupplier': NOBODY_ELSE,
  'setup.saveWarehouse': NOBODY_ELSE,
  'setup.saveWorkType': NOBODY_ELSE,
  'stations.choices': NOBODY_ELSE,
  'stations.get': NOBODY_ELSE,
  'stations.list': NOBODY_ELSE,
  'stations.makeCode': NOBODY_ELSE,
  'stations.rename': NOBODY_ELSE,
  'stations.resume': NOBODY_ELSE,
  'stations.revoke': NOBODY_ELSE,
  'stations.suspend': NOBODY_ELSE,
  'purchases.approve': ['accountant'],
  'purchases.cancel': ['keeper'],
  'purchases.close': ['keeper'],
  'purchases.get': ['keeper', 'accountant'],
  'purchases.list': ['keeper', 'accountant'],
  'purchases.order': ['keeper'],
  'purchases.priceHistory': ['keeper', 'accountant'],
  'purchases.receive': ['keeper'],
  'purchases.refuse': ['accountant'],
  'purchases.save': ['keeper'],
  'stockCounts.cancel': ['keeper'],
  'stockCounts.close': ['keeper'],
  'stockCounts.confirm': ['accountant'],
  'stockCounts.count': ['keeper'],
  'stockCounts.find': ['keeper'],
  'stockCounts.get': SEES_STOCK,
  'stockCounts.lines': SEES_STOCK,
  'stockCounts.list': SEES_STOCK,
  'stockCounts.notCounted': ['keeper'],
  'stockCounts.sendBack': ['accountant'],
  'stockCounts.start': ['keeper'],
  'stock.availability': SEES_STOCK,
  'stock.belowMin': SEES_STOCK,
  'stock.askElsewhere': SEES_STOCK,
  'stock.bins': SEES_STOCK,
  'stock.choices': SEES_STOCK,
  'stock.document': SEES_STOCK,
  'stock.documents': SEES_STOCK,
  'stock.findParts': SEES_STOCK,
  'stock.issue': ['clerk', 'keeper'],
  'stock.lotHistory': SEES_STOCK,
  'stock.lots': SEES_STOCK,
  'stock.moves': SEES_STOCK,
  'stock.network': SEES_STOCK,
  'stock.onHand': SEES_STOCK,
  'stock.onHandSums': SEES_STOCK,
  'stock.part': SEES_STOCK,
  'stock.parts': SEES_STOCK,
  'stock.place': SEES_STOCK,
  'stock.prices': SEES_STOCK,
  'stock.receive': ['keeper'],
  'stock.returnToSupplier': ['keeper'],
  'stock.supplierReturnSheet': SEES_STOCK,
  'stock.release': ['clerk', 'technician', 'keeper'],
  'stock.reservations': SEES_STOCK,
  'stock.reserve': ['clerk', 'technician', 'keeper'],
  'stock.returnIssue': ['clerk', 'keeper'],
  'stock.reverse': ['accountant'],
  'stock.savePlace': ['keeper'],
  'stock.verify': SEES_STOCK,
  'sync.now': EVERYONE,
  'sync.refused': NOBODY_ELSE,
  'sync.retry': NOBODY_ELSE,
  'sync.status': EVERYONE,
  'sync.waiting': NOBODY_ELSE,
  'today.overview': EVERYONE,
  'webhooks.deliveries': NOBODY_ELSE,
  'webhooks.list': NOBODY_ELSE,
  'webhooks.newSecret': NOBODY_ELSE,
  'webhooks.redeliver': NOBODY_ELSE,
  'webhooks.remove': NOBODY_ELSE,
  'webhooks.save': NOBODY_ELSE,
  'webhooks.test': NOBODY_ELSE,
  'deposits.account': ['keeper', 'accountant'],
  'deposits.choices': ['accountant'],
  'deposits.correct': ['accountant'],
  'deposits.list': ['keeper', 'accountant'],
  'deposits.payIn': ['accountant'],
  'deposits.payOut': ['accountant'],
  'requisitions.approve': ['keeper'],
  'requisitions.choices': ['keeper'],
  'requisitions.closeRest': ['keeper'],
  'requisitions.get': SEES_STOCK,
  'requisitions.list': SEES_STOCK,
  'requisitions.propose': ['keeper'],
  'requisitions.refuse': ['keeper'],
  'requisitions.send': ['keeper'],
  'requisitions.ship': ['keeper'],
  'requisitions.withdraw': ['keeper'],
  'transfers.decide': ['keeper'],
  'transfers.get': SEES_STOCK,
  'transfers.inTransit': SEES_STOCK,
  'transfers.list': SEES_STOCK,
  'transfers.receive': ['keeper'],
  'transfers.refuse': ['keeper'],
  'transfers.ship': ['keeper'],
  'transfers.takeBack': ['keeper'],
  'transfers.warehouses': ['keeper'],
  'workOrders.accept': SEES_WORK,
  'workOrders.appoint': SEES_WORK,
  'workOrders.cancel': ['clerk', 'dispatcher'],
  'workOrders.edit': ['clerk'],
  'workOrders.escalate': SEES_WORK,
  'workOrders.get': SEES_WORK,
  'workOrders.giveUp': SEES_WORK,
  'workOrders.handOver': ['clerk'],
  'workOrders.list': SEES_WORK,
  'workOrders.notifyReady': ['clerk'],
  'workOrders.registerIntake': ['clerk'],
  'workOrders.resume': SEES_WORK,
  'workOrders.reworkChoices': ['auditor'],
  'workOrders.setFollowUp': ['auditor'],
  'workOrders.setReworkOf': ['auditor'],
  'workOrders.start': SEES_WORK,
  'workOrders.waitForParts': SEES_WORK,
};

const REPORTS: Readonly<Record<string, readonly Role[]>> = {
  'work-orders': ['clerk', 'dispatcher', 'auditor', 'accountant'],
  'work-orders-by-category-and-outcome': ['clerk', 'dispatcher', 'auditor', 'accountant'],
  'repairs-by-technician': ['clerk', 'dispatcher', 'auditor', 'accountant'],
  'parts-used': ['keeper', 'auditor', 'accountant'],
  'stock-on-hand': ['keeper', 'auditor', 'accountant'],
  'purchases-by-supplier-and-month': ['keeper', 'auditor', 'accountant'],
  'price-history': ['keeper', 'auditor', 'accountant'],
  'pay-sheet': ['accountant'],
};

function mayCall(role: Role, operation: OperationName): boolean {
  if (role === 'administrator') return true;
  if (role === 'manager') return !ADMINISTRATOR_ONLY.has(operation);
  return MAY[operation].includes(role);
}

let folder: ReturnType<typeof temporaryFolder>;
let service: StationService;
let app: FastifyInstance;
const tokens = new Map<Role, string>();

beforeAll(async () => {
  folder = temporaryFolder();
  await givenCompany(folder.path, ROLES);
  service = await openStationService(databaseIn(folder.path));
  app = await createHttpApp(service, (error) => expect.unreachable(String(error)));
  for (const role of ROLES)
    tokens.set(role, String((await call('session.signIn', { number: role, password: PASSWORD })).body['token']));
});
afterAll(async () => {
  await app.close();
  await service.close();
  folder.remove();
});

async function call(operation: OperationName, payload: object, role?: Role) {
  const headers = role ? { authorization: `Bearer ${tokens.get(role)}` } : {};
  const answer = await app.inject({
    method: 'POST',
    url: `/api${routeOf(operation).path}`,
    payload,
    headers: { host: 'localhost', ...headers },
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

/** Signing out would end the session the other calls need. */
const CALLED = operationNames.filter((name) => name !== 'session.signOut');

describe.each(ROLES)('%s', (role) => {
  test('reaches exactly the operations of the role', async () => {
    const wrong: string[] = [];
    for (const operation of CALLED) {
      const { status, body } = await call(operation, {}, role);
      const isDenied = status === 403 && body['code'] === 'access.denied';
      if (isDenied === mayCall(role, operation)) wrong.push(`${operation}: ${status} ${String(body['code'])}`);
    }
    expect(wrong).toEqual([]);
  });

  test('runs and exports exactly the reports of the role', async () => {
    for (const [id, roles] of Object.entries(REPORTS)) {
      const isAllowed = role === 'manager' || role === 'administrator' || roles.includes(role);
      const run = await call('reports.run', { id, params: {} }, role);
      const exported = await call('reports.export', { id, params: {}, format: 'csv', language: 'en' }, role);
      expect([id, run.status === 403, exported.status === 403]).toEqual([id, !isAllowed, !isAllowed]);
    }
  });
});

test('without a session only signing in is answered', async () => {
  const open: string[] = [];
  for (const operation of operationNames) if ((await call(operation, {})).status !== 401) open.push(operation);
  expect(open).toEqual(['session.signIn']);
});
