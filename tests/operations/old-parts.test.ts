import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#domain/access/actor.ts';
import type { InputOf, OperationName } from '#operations/index.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenIntake, givenStarted } from '../helpers/given-work.ts';
import { givenOldReturned, givenRecovered, givenTracked } from '../helpers/old-parts.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';

const pieces = (count: number) => count * 1000;
const DAY = 86_400_000;

describe.each(DIALECTS)('old parts on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('that must come back', () => {
    let station: TestStation;
    let technician: Actor;
    let [warehouseId, recovered, partId] = ['', '', ''];
    beforeEach(async () => {
      station = await openTestStation(dialect);
      technician = await station.actorFor(['technician']);
      warehouseId = await givenWarehouse(station);
      recovered = await givenRecovered(station);
      partId = await givenPart(station, 'C-50', { salePrice: 4500 });
      await givenReceipt(station, warehouseId, partId, pieces(20), 100);
      await givenOldReturned(station, partId, 30, 333);
    });
    afterEach(async () => {
      expect(await station.run('stock.verify', {})).toMatchObject({ difference: null });
      const sums = await station.rows<{ open: number; amount: number; unit: number }>(
        `SELECT SUM(e.quantity) AS open, SUM(e.amount) AS amount, o.unit_amount AS unit
         FROM old_parts o JOIN old_part_entries e ON e.old_part_id = o.id GROUP BY o.id, o.unit_amount`,
      );
      for (const { open, amount, unit } of sums) {
        expect(open).toBeGreaterThanOrEqual(0);
        expect(amount).toBe(Math.floor((open * unit + 500) / 1000));
      }
      await station.close();
    });

    type Kind = InputOf<'stock.issue'>['kind'];
    const issue = (quantity: number, kind: Kind = 'to-technician', more: Partial<InputOf<'stock.issue'>> = {}) => {
      const recipientId = kind === 'to-technician' ? technician.employeeId : null;
      const input = { kind, warehouseId, recipientId, lines: [{ partId, quantity }], ...more };
      return station.run('stock.issue', input, { as: 'keeper' });
    };
    const list = async (view: InputOf<'oldParts.list'>['view'] = 'open', as: Actor | 'keeper' = 'keeper') =>
      (await station.run('oldParts.list', { view }, { as })).rows;
    const open = async () => (await list()).map((row) => row.open);
    const takeBack = (quantity: number, lots: { lot: string; quantity: number }[] = []) =>
      station.run(
        'oldParts.receive',
        { warehouseId: recovered, employeeId: technician.employeeId, lines: [{ partId, quantity, lots }] },
        { as: 'keeper' },
      );
    const onHand = async (place: string) =>
      (await station.rows('SELECT quantity, value FROM stock_balances WHERE warehouse_id = ?', [place]))[0];
    const inspect = (id: string, decision: 'accepted' | 'rejected', quantity: number, reason = '') =>
      station.run('oldParts.inspect', { id, decision, quantity, reason }, { as: 'keeper' });

    test('an issue makes a debt with its day and amount; one over the counter does not', async () => {
      const { id, number } = await issue(pieces(2));
      await issue(1000, 'counter-sale');
      await station.run('stock.document', { id }, { as: 'keeper' });

      expect(await list()).toMatchObject([
        {
          number: 'OP-SH01-260315-0001',
          debtor: 'technician',
          partNumber: 'C-50',
          open: pieces(2),
          openAmount: 666,
          dueOn: '2026-04-14',
          document: number,
          isOverdue: false,
        },
      ]);
      const document = await station.run('stock.document', { id }, { as: 'keeper' });
      expect(document.oldParts).toMatchObject([{ partNumber: 'C-50', quantity: pieces(2), dueOn: '2026-04-14' }]);
    });

    test('for work the technician of the order owes it; where nobody is named the issue is refused with its line', async () => {
      const order = await givenStarted(station, technician);
      await issue(1000, 'in-warranty', { workOrderId: order.id });
      expect(await list()).toMatchObject([{ debtor: 'technician', workOrder: order.number }]);

      const nobodys = await givenIntake(station);
      for (const more of [{}, { workOrderId: nobodys.id }])
        await expect(issue(1000, 'in-warranty', more)).rejects.toMatchObject({
          code: 'old-parts.no-debtor',
          details: { line: 1, part: 'C-50' },
        });
      expect(await station.count('old_parts')).toBe(1);
      expect(await onHand(warehouseId)).toMatchObject({ quantity: pieces(19) });
    });

    test('a material list moves the debt by what changed', async () => {
      const order = await givenStarted(station, technician);
      let { version } = order;
      const save = async (lines: InputOf<'jobs.saveMaterial'>['lines']) => {
        const saved = await station.run(
          'jobs.saveMaterial',
          { workOrderId: order.id, version, lines },
          { as: technician },
        );
        ({ version } = saved);
        return saved.lines[0]?.id ?? null;
      };
      const line = { partId, warehouseId };
      const id = await save([{ ...line, quantity: pieces(3) }]);
      expect(await open()).toEqual([pieces(3)]);
      await save([{ ...line, id, quantity: pieces(4) }]);
      expect(await open()).toEqual([pieces(3), 1000]);
      await save([{ ...line, id, quantity: 2500 }]);
      expect(await open()).toEqual([2500]);
      await takeBack(1000);
      await save([{ ...line, id, quantity: 1000 }]);
      expect(await open()).toEqual([]); // one is used, and its old one is back
      await save([]);
      expect(await open()).toEqual([]);
    });

    test('what is returned or reversed is no longer owed', async () => {
      const first = await issue(pieces(3));
      const second = await issue(pieces(2));
      const lines = [{ lineNo: 1, quantity: 1000 }];
      await station.run('stock.returnIssue', { documentId: first.id, lines }, { as: 'keeper' });
      expect(await open()).toEqual([pieces(2), pieces(2)]);
      await station.run('stock.reverse', { documentId: second.id }, { as: 'accountant' });
      expect(await open()).toEqual([pieces(2)]);
    });

    test('an old part comes into its warehouse at no value, off what is due first', async () => {
      await issue(pieces(2));
      station.clock.now += DAY;
      await issue(pieces(2));
      const { number } = await takeBack(pieces(3));

      expect(number).toBe('RC-SH01-260316-0001');
      expect(await list()).toMatchObject([{ open: 1000, dueOn: '2026-04-15' }]);
      expect(await onHand(recovered)).toEqual({ quantity: pieces(3), value: 0 });
    });

    test('more than is owed, what is not owed, and another warehouse are refused with the line', async () => {
      await issue(pieces(2));
      const other = await givenPart(station, 'X-1');
      const receive = (lines: InputOf<'oldParts.receive'>['lines'], into = recovered) =>
        station.run(
          'oldParts.receive',
          { warehouseId: into, employeeId: technician.employeeId, lines },
          { as: 'keeper' },
        );
      const ok = { partId, quantity: 1000 };

      await expect(receive([ok, { partId: other, quantity: 1000 }])).rejects.toMatchObject({
        code: 'old-parts.not-owed',
        details: { line: 2, part: 'X-1' },
      });
      await expect(receive([ok, { partId, quantity: 1001 }])).rejects.toMatchObject({
        code: 'old-parts.more-than-owed',
        details: { line: 2, part: 'C-50', open: 1000, quantity: 1001 },
      });
      await expect(receive([ok], warehouseId)).rejects.toMatchObject({
        details: { faults: [{ path: 'warehouseId', rule: 'notAllowed' }] },
      });
      expect(await open()).toEqual([pieces(2)]);
      expect(await station.count('stock_documents')).toBe(2);
    });

    test('what is rejected is handed back and owed again; what is accepted is scrapped or sent, and credited', async () => {
      await issue(pieces(4));
      await takeBack(pieces(4));
      const [row] = await list('uninspected');
      const id = row?.id ?? '';
      await inspect(id, 'rejected', 1000, '不是这个件');
      await inspect(id, 'accepted', pieces(3));
      expect(await list('held')).toMatchObject([{ open: 1000, held: pieces(3), uninspected: 0 }]);
      expect(await onHand(recovered)).toMatchObject({ quantity: pieces(3) });

      const dispose = (how: 'scrap' | 'to-maker', quantity: number) =>
        station.run('oldParts.dispose', { how, warehouseId: recovered, lines: [{ id, quantity }] }, { as: 'keeper' });
      const { id: scrapId } = await dispose('scrap', 1000);
      await dispose('to-maker', pieces(2));
      await expect(dispose('scrap', 1)).rejects.toMatchObject({ code: 'old-parts.beyond-held', details: { line: 1 } });
      expect(await onHand(recovered)).toEqual({ quantity: 0, value: 0 });
      for (const name of ['stock.reverse', 'stock.returnIssue'] as const satisfies OperationName[])
        await expect(station.run(name, { documentId: scrapId, lines: [{ lineNo: 1, quantity: 1 }] })).rejects.toThrow(
          'stock.cannot-be',
        );

      await station.run('oldParts.credit', { id, quantity: pieces(2), amount: 1500 }, { as: 'accountant' });
      const { entries, ...sheet } = await station.run('oldParts.get', { id }, { as: 'accountant' });
      expect(sheet).toMatchObject({ open: 1000, held: 0, uncredited: 0, credit: 1500, openAmount: 333 });
      expect(entries.map(({ kind, quantity }) => [kind, quantity])).toEqual([
        ['owed', pieces(4)],
        ['returned', -pieces(4)],
        ['rejected', 1000],
        ['accepted', 0],
        ['scrapped', 0],
        ['sent', 0],
        ['credited', 0],
      ]);
      await expect(
        station.run('oldParts.credit', { id, quantity: 1, amount: 0 }, { as: 'accountant' }),
      ).rejects.toMatchObject({ code: 'old-parts.beyond-uncredited' });
      await expect(inspect(id, 'accepted', 1)).rejects.toMatchObject({ code: 'old-parts.beyond-uninspected' });
      await expect(inspect(id, 'rejected', 1)).rejects.toMatchObject({
        details: { faults: [{ path: 'reason', rule: 'required' }] },
      });
    });

    test('what is not brought back is charged or forgiven, never more than is open, and the decision can be taken back once', async () => {
      await issue(pieces(3));
      const [row] = await list();
      const id = row?.id ?? '';
      const charge = (quantity: number, as: 'accountant' | 'keeper' = 'accountant') =>
        station.run('oldParts.charge', { id, quantity }, { as });
      expect(await charge(1500)).toMatchObject({ amount: 999 - 500 });
      await station.run('oldParts.forgive', { id, quantity: 1000, reason: '客户留下' }, { as: 'accountant' });

      await expect(charge(501)).rejects.toMatchObject({ code: 'old-parts.beyond-open', details: { open: 500 } });
      await expect(charge(1, 'keeper')).rejects.toMatchObject({ code: 'access.denied' });
      const { entries } = await station.run('oldParts.get', { id }, { as: 'accountant' });
      const entryId = entries.find(({ kind }) => kind === 'charged')?.id ?? '';
      const undo = () => station.run('oldParts.undo', { entryId, reason: '找到了' }, { as: 'accountant' });
      await undo();
      expect(await list()).toMatchObject([{ open: 2000, openAmount: 666 }]);
      await expect(undo()).rejects.toMatchObject({ code: 'old-parts.cannot-be-undone' });
      await expect(
        station.run('oldParts.undo', { entryId: entries[0]?.id ?? '', reason: 'x' }, { as: 'accountant' }),
      ).rejects.toMatchObject({ code: 'old-parts.cannot-be-undone' });
    });

    test('all that is listed is summed up', async () => {
      await issue(pieces(2));
      await issue(1000);
      expect(await station.run('oldParts.list', { limit: 1 }, { as: 'keeper' })).toMatchObject({
        rows: [{}],
        total: 2,
        totals: { open: pieces(3), openAmount: 999, uninspected: 0, held: 0, uncredited: 0 },
      });
    });

    test('nothing is charged where no amount is set', async () => {
      await givenOldReturned(station, partId, 30, 0);
      await issue(1000);
      const [row] = await list();
      await expect(
        station.run('oldParts.charge', { id: row?.id ?? '', quantity: 1000 }, { as: 'accountant' }),
      ).rejects.toMatchObject({ code: 'old-parts.no-amount', details: { part: 'C-50' } });
    });

    test('overdue is what is open after its day; who owes it is summed up', async () => {
      await issue(pieces(2));
      station.clock.now += 30 * DAY;
      expect(await list('overdue')).toEqual([]);
      station.clock.now += DAY;
      await issue(1000);
      expect(await list('overdue')).toMatchObject([{ open: pieces(2), isOverdue: true }]);

      const { debtors } = await station.run('oldParts.debtors', {}, { as: 'accountant' });
      expect(debtors).toMatchObject([
        { name: 'technician', debts: 2, open: pieces(3), openAmount: 999, overdue: 1, firstDueOn: '2026-04-14' },
      ]);
    });

    test('a technician sees what he owes, and nothing of others', async () => {
      const id = await station.givenEmployee({ number: 'E-77', name: '小李', roles: ['technician'] });
      const other: Actor = { ...technician, employeeId: id, name: '小李' };
      await issue(1000);
      const [row] = await list();

      expect(await list('open', technician)).toHaveLength(1);
      expect(await list('open', other)).toEqual([]);
      await expect(station.run('oldParts.get', { id: row?.id ?? '' }, { as: other })).rejects.toMatchObject({
        code: 'not-found',
      });
      expect(await station.run('oldParts.debtors', {}, { as: other })).toEqual({ debtors: [] });
      await expect(station.run('oldParts.list', {}, { as: 'clerk' })).rejects.toMatchObject({ code: 'access.denied' });
    });

    test('an old part of pieces comes back and leaves with its own serial number', async () => {
      await issue(pieces(2));
      await givenTracked(station, partId, 'serial');
      const serial = (lot: string) => [{ lot, quantity: 1000 }];
      await expect(takeBack(1000)).rejects.toMatchObject({ code: 'stock.lots-differ' });
      await takeBack(1000, serial('OLD-1'));
      const [row] = await list('uninspected');
      const id = row?.id ?? '';
      await station.run(
        'oldParts.inspect',
        { id, decision: 'rejected', quantity: 1000, reason: '错件', lots: serial('OLD-1') },
        { as: 'keeper' },
      );
      const { places } = await station.run('stock.lotHistory', { lot: 'OLD-1' }, { as: 'keeper' });
      expect(places).toEqual([]);
      expect(await open()).toEqual([pieces(2)]);
    });

    test('delivered twice, an old part comes back once; two who take the last one back at once: one is refused', async () => {
      await issue(pieces(2));
      const keeper = await station.actorFor(['keeper']);
      const input = {
        warehouseId: recovered,
        employeeId: technician.employeeId,
        lines: [{ partId, quantity: 1000 }],
      };
      const first = await station.run('oldParts.receive', input, { as: keeper, commandId: 'o-1' });
      expect(await station.run('oldParts.receive', input, { as: keeper, commandId: 'o-1' })).toEqual(first);
      expect(await open()).toEqual([1000]);

      const results = await Promise.allSettled([takeBack(1000), takeBack(1000)]);
      expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(await onHand(recovered)).toMatchObject({ quantity: pieces(2) });
    });

    test('debts and their entries are never changed', async () => {
      await issue(1000);
      for (const text of ['UPDATE old_part_entries SET quantity = 0', 'DELETE FROM old_parts'])
        await expect(station.store.write((trx) => trx.run(text))).rejects.toThrow('append-only');
    });
  });
});
