import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DomainError, type ErrorCode } from '#domain/errors.ts';
import { firstBrokenAuditLine } from '#db/repositories/audit-log.ts';
import { DIALECTS, isAvailable } from '#tests/helpers/databases.ts';
import { givenFinishedWork, givenRule, givenWorkType } from '#tests/helpers/finished-work.ts';
import { givenIntake, givenStarted } from '#tests/helpers/given-work.ts';
import { openTestStation, type TestStation } from '#tests/helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '#tests/helpers/stock.ts';
import { ledgerFaults } from './lib/ledgers.ts';

/** Two people at the same thing in the same moment: one of them is told, and nothing is done twice. */
describe.each(DIALECTS)('two at once, on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('one wins', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      for (const role of ['clerk', 'accountant'] as const) await station.actorFor([role]);
    });
    afterEach(async () => {
      try {
        expect(await ledgerFaults(station)).toEqual([]);
        expect(await station.store.read(firstBrokenAuditLine)).toBeNull();
      } finally {
        await station.close();
      }
    });

    /** How each ended: 'done', or the code it was refused with. Anything else thrown is thrown on. */
    async function atOnce(...works: readonly (() => Promise<unknown>)[]): Promise<('done' | ErrorCode)[]> {
      const outcomes = await Promise.allSettled(works.map((work) => work()));
      return outcomes.map((outcome) => {
        if (outcome.status === 'fulfilled') return 'done';
        if (outcome.reason instanceof DomainError) return outcome.reason.code;
        throw outcome.reason;
      });
    }
    /** That the database had to end, in this database of the test's own. */
    async function deadlocks(): Promise<number> {
      if (dialect === 'sqlite') return 0;
      await new Promise((resolve) => setTimeout(resolve, 1500)); // it counts once a second
      const [row] = await station.rows<{ n: number }>(
        'SELECT deadlocks AS n FROM pg_stat_database WHERE datname = current_database()',
      );
      return row?.n ?? Number.NaN;
    }
    const twice = (work: () => Promise<unknown>) => atOnce(work, work).then((codes) => codes.toSorted());
    const oneDone = (code: ErrorCode) => ['done', code].toSorted();

    async function givenAudited() {
      const technician = await station.actorFor(['technician']);
      await givenRule(station, { component: 'labour', rateBp: 2000 });
      const order = await givenFinishedWork(station, {
        technicians: [{ employeeId: technician.employeeId, shareBp: 10_000 }],
        labour: [{ workTypeId: await givenWorkType(station), fee: 10_000 }],
      });
      return station.run('audit.approve', { id: order.id, version: order.version }, { as: 'auditor' });
    }
    async function givenSettled() {
      const { id, version } = await givenAudited();
      return station.run('billing.settle', { id, version, method: 'cash', expectedDue: 10_000 });
    }

    test('a settlement: the customer pays once', async () => {
      const { id, version } = await givenAudited();
      const settle = () => station.run('billing.settle', { id, version, method: 'cash', expectedDue: 10_000 });
      expect((await twice(settle)).filter((code) => code === 'done')).toHaveLength(1);
      expect(await station.count('settlements')).toBe(1);
      expect(await station.count('customer_entries')).toBe(1);
    });

    test('a hand-over', async () => {
      const { id, version } = await givenSettled();
      const handOver = () => station.run('workOrders.handOver', { id, version });
      expect(await twice(handOver)).toEqual(oneDone('work-order.wrong-state'));
    });

    test('the hand-over of a device and the reversal of its settlement', async () => {
      const { id, version } = await givenSettled();
      const codes = await atOnce(
        () => station.run('workOrders.handOver', { id, version }),
        () => station.run('billing.reverseSettlement', { id, version, reason: '写错了' }),
      );
      expect(codes.filter((code) => code === 'done')).toHaveLength(1);
    });

    test('a completion', async () => {
      const technician = await station.actorFor(['technician']);
      const { id, version } = await givenStarted(station, technician);
      const technicians = [{ employeeId: technician.employeeId, shareBp: 10_000 }];
      const complete = () => station.run('jobs.complete', { id, version, fault: '漏氟', action: '加氟', technicians });
      expect(await twice(complete)).toEqual(oneDone('document.changed'));
    });

    test('an audit: the work earns once', async () => {
      const { id, version } = await givenAudited();
      const back = await station.run('audit.withdraw', { id, version, reason: '再看' });
      const approve = () => station.run('audit.approve', { id, version: back.version });
      expect(await twice(approve)).toEqual(oneDone('work-order.wrong-state'));
      expect(await station.rows('SELECT SUM(amount) AS amount FROM pay_entries')).toEqual([{ amount: 2000 }]);
    });

    test('two orders are settled side by side', async () => {
      const [one, other] = [await givenAudited(), await givenAudited()];
      const settle = ({ id, version }: { id: string; version: number }) =>
        station.run('billing.settle', { id, version, method: 'cash', expectedDue: 10_000 });
      expect(
        await atOnce(
          () => settle(one),
          () => settle(other),
        ),
      ).toEqual(['done', 'done']);
    });

    test('the last pieces of a part', async () => {
      const warehouseId = await givenWarehouse(station);
      const partId = await givenPart(station, 'P-1');
      await givenReceipt(station, warehouseId, partId, 3000, 1000);
      const lines = [{ partId, quantity: 2000 }];
      const issue = () => station.run('stock.issue', { kind: 'counter-sale', warehouseId, lines });
      expect(await twice(issue)).toEqual(oneDone('stock.insufficient'));
    });

    test('issues whose lines come in another order do not block each other for good', async () => {
      const warehouseId = await givenWarehouse(station);
      const parts = [await givenPart(station, 'P-1'), await givenPart(station, 'P-2'), await givenPart(station, 'P-3')];
      for (const partId of parts) await givenReceipt(station, warehouseId, partId, 100_000, 1000);
      const issueOf = (ids: readonly string[]) => () =>
        station.run('stock.issue', {
          kind: 'counter-sale',
          warehouseId,
          lines: ids.map((partId) => ({ partId, quantity: 1000 })),
        });
      const works = [0, 1, 2, 3].flatMap(() => [issueOf(parts), issueOf(parts.toReversed())]);
      expect(new Set(await atOnce(...works))).toEqual(new Set(['done']));
    });

    test('the reversal of a receipt', async () => {
      const warehouseId = await givenWarehouse(station);
      const { id: documentId } = await givenReceipt(station, warehouseId, await givenPart(station, 'P-1'), 5000, 700);
      const reverse = () => station.run('stock.reverse', { documentId });
      expect(await twice(reverse)).toEqual(oneDone('stock.already-reversed'));
    });

    test('the same command, delivered twice in the same moment, is done once and answers both', async () => {
      const commandId = uuidv7();
      const clerk = await station.actorFor(['clerk']);
      const intake = () =>
        station.run(
          'workOrders.registerIntake',
          { customer: null, device: { category: '空调' }, mode: 'carry-in', symptom: '不制冷' },
          { as: clerk, commandId },
        );
      const [one, other] = await Promise.all([intake(), intake()]);
      expect(one).toEqual(other);
      expect(await station.count('work_orders')).toBe(1);
    });

    test('a new part, rule, employee of the same number', async () => {
      const part = () => station.run('setup.savePart', { existing: null, fields: { number: 'P-1', name: '压缩机' } });
      expect(await twice(part)).toEqual(oneDone('value.taken'));
      const rule = () => givenRule(station, { code: 'R', component: 'labour', rateBp: 100 });
      expect(await twice(rule)).toEqual(oneDone('pay-rule.code-taken'));
      const employee = () => station.run('access.saveEmployee', { number: 'E-X', name: '张三', roles: ['clerk'] });
      expect(await twice(employee)).toEqual(oneDone('value.taken'));
    });

    test('pay periods that overlap', async () => {
      const codes = await atOnce(
        () => station.run('payroll.openPeriod', { from: '2026-03-01', to: '2026-03-31' }),
        () => station.run('payroll.openPeriod', { from: '2026-03-15', to: '2026-04-15' }),
      );
      expect(codes.toSorted()).toEqual(oneDone('pay-period.overlap'));
    });

    test('a calculation of pay and many audits: the work is paid in this period or is still to be paid', async () => {
      const orders: { id: string; version: number }[] = [];
      for (let n = 0; n < 12; n++) {
        const { id, version } = await givenAudited();
        orders.push(
          await station.run('audit.withdraw', { id, version, reason: '再看' }).then((back) => ({ ...back, id })),
        );
      }
      const period = await station.run('payroll.openPeriod', { from: '2026-03-01', to: '2026-03-31' });
      const audits = orders.map(
        ({ id, version }) =>
          () =>
            station.run('audit.approve', { id, version }),
      );
      const calculate = () => station.run('payroll.calculate', { periodId: period.id, version: 1 });
      const codes = await atOnce(...audits.slice(0, 4), calculate, ...audits.slice(4));
      expect(new Set(codes)).toEqual(new Set(['done']));
      const { totals, unpaid } = await station.run('payroll.period', { id: period.id });
      expect(totals.commission + 2000 * unpaid).toBe(2000 * orders.length);
    });

    test('a calculation by changed rules and what customers say of its orders: nobody stands in the other’s way for good', async () => {
      const orders: { id: string; version: number }[] = [];
      for (let n = 0; n < 12; n++) {
        const { id, version } = await givenAudited();
        orders.push({ id, version });
      }
      await station.actorFor(['manager']);
      await givenRule(station, { component: 'per_job', amount: 500 });
      const period = await station.run('payroll.openPeriod', { from: '2026-03-01', to: '2026-03-31' });
      const said = orders.map(
        (order) => () => station.run('workOrders.setFollowUp', { ...order, result: 'satisfied' }, { as: 'manager' }),
      );
      const calculate = () => station.run('payroll.calculate', { periodId: period.id, version: 1 });
      expect(new Set(await atOnce(calculate, ...said))).toEqual(new Set(['done']));
      expect(await deadlocks()).toBe(0);
    });

    test('two calculations of one period', async () => {
      await givenAudited();
      const period = await station.run('payroll.openPeriod', { from: '2026-03-01', to: '2026-03-31' });
      const calculate = () => station.run('payroll.calculate', { periodId: period.id, version: 1 });
      expect(await twice(calculate)).toEqual(oneDone('document.changed'));
    });

    test('administrators who take the right from each other: one keeps it', async () => {
      const ids = [];
      for (const number of ['A-1', 'A-2'])
        ids.push((await station.run('access.saveEmployee', { number, name: number, roles: ['administrator'] })).id);
      const [one = '', other = ''] = ids;
      const demote = (id: string, number: string) => () =>
        station.run('access.saveEmployee', { existing: { id, version: 1 }, number, name: number, roles: ['clerk'] });
      const codes = await atOnce(demote(one, 'A-1'), demote(other, 'A-2'));
      expect(codes.toSorted()).toEqual(oneDone('access.last-administrator'));
    });

    test('a burst of guesses at a password is locked after the fifth, as guesses one by one are', async () => {
      const clerk = await station.actorFor(['clerk']);
      await station.run('access.setPassword', { employeeId: clerk.employeeId, password: 'passw0rd' });
      const guess = (password: string) => () => station.run('session.signIn', { number: clerk.number, password });
      const wrong = Array.from({ length: 8 }, (_, i) => guess(`wrong${i}`));
      const codes = await atOnce(...wrong);
      expect(codes.filter((code) => code === 'sign-in.wrong')).toHaveLength(5);
      expect(codes.filter((code) => code === 'sign-in.locked')).toHaveLength(3);
      expect(await atOnce(guess('passw0rd'))).toEqual(['sign-in.locked']);
    });

    test('orders registered side by side have numbers without a gap', async () => {
      await Promise.all(Array.from({ length: 8 }, (_, i) => givenIntake(station, { symptom: `不制冷${i % 3}` })));
      const rows = await station.rows<{ number: string }>('SELECT number FROM work_orders ORDER BY number');
      expect(rows.map(({ number }) => number.slice(-4))).toEqual(
        Array.from({ length: 8 }, (_, i) => String(i + 1).padStart(4, '0')),
      );
    });
  });
});
