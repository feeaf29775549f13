import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf } from '#operations/index.ts';
import { verifyStock } from '#db/repositories/stock-verify.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenCounted, givenStartedCount } from '../helpers/given-counts.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';

const pieces = (count: number) => count * 1000;

describe.each(DIALECTS)('stock counts on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('by keeper and accountant', () => {
    let station: TestStation;
    let [warehouseId, other, cap, filter] = ['', '', '', ''];
    beforeEach(async () => {
      station = await openTestStation(dialect);
      [warehouseId, other] = [await givenWarehouse(station), await givenWarehouse(station, 'W2', '备仓')];
      cap = await givenPart(station, 'C-50', { name: '电容', barcode: '6900000000501' });
      filter = await givenPart(station, 'F-1', { name: '滤网' });
      await givenReceipt(station, warehouseId, cap, pieces(10), 100);
      await givenReceipt(station, warehouseId, filter, pieces(4), 800);
    });
    afterEach(() => station.close());

    const count = (id: string, partId: string, step: Pick<InputOf<'stockCounts.count'>, 'way' | 'quantity' | 'lot'>) =>
      station.run('stockCounts.count', { id, partId, ...step }, { as: 'keeper' });
    const scan = (id: string, partId: string) => count(id, partId, { way: 'add', quantity: 1000 });
    const close = (id: string, uncounted: 'zero' | 'leave' | null = null, version = 1) =>
      station.run('stockCounts.close', { id, version, uncounted }, { as: 'keeper' });
    const sheet = (id: string) => station.run('stockCounts.get', { id }, { as: 'accountant' });
    const lines = async (id: string) => (await station.run('stockCounts.lines', { id }, { as: 'keeper' })).rows;
    async function confirm(id: string, reason = '盘点差异', commandId?: string) {
      const { version } = await sheet(id);
      const found = await lines(id);
      const reasons = found.filter(({ difference }) => difference !== 0).map((line) => ({ lineId: line.id, reason }));
      const input = { id, version, reasons };
      return station.run('stockCounts.confirm', input, { as: 'accountant', ...(commandId ? { commandId } : {}) });
    }
    const issue = (partId: string, quantity: number) =>
      station.run('stock.issue', { kind: 'counter-sale', warehouseId, lines: [{ partId, quantity }] });
    const balanceOf = async (partId: string) =>
      (await station.rows('SELECT quantity, value FROM stock_balances WHERE part_id = ?', [partId]))[0];
    const verified = () => station.store.read((sql) => verifyStock(sql));
    const codeOf = (work: Promise<unknown>) =>
      work.then(
        () => 'taken',
        (error: unknown) => (error as { code: string }).code,
      );

    test('a difference is posted at the average by the second person, with its reason', async () => {
      const { id, number } = await givenStartedCount(station, warehouseId);
      await givenCounted(station, id, cap, pieces(8));
      await givenCounted(station, id, filter, pieces(5));
      expect(await close(id)).toMatchObject({ state: 'counted', toRecount: 0 });
      const posted = await confirm(id, '丢失');

      expect(number).toBe('SC-SH01-260315-0001');
      expect(posted).toMatchObject({ number, differences: 2, value: 600 });
      expect([await balanceOf(cap), await balanceOf(filter)]).toEqual([
        { quantity: pieces(8), value: 800 },
        { quantity: pieces(5), value: 4000 },
      ]);
      expect(await station.rows("SELECT kind, number FROM stock_documents WHERE kind = 'count'")).toEqual([
        { kind: 'count', number },
      ]);
      expect(await lines(id)).toMatchObject([
        { lineNo: 1, counted: pieces(8), expected: pieces(10), difference: -pieces(2), reason: '丢失', value: -200 },
        { lineNo: 2, difference: pieces(1), value: 800 },
      ]);
      expect(await verified()).toMatchObject({ differenceCount: 0, moves: 4 });
    });

    test('scans add up, are taken back one by one, and delivered twice count once', async () => {
      const { id } = await givenStartedCount(station, warehouseId);
      const keeper = await station.actorFor(['keeper']);
      await scan(id, cap);
      const input = { id, partId: cap, way: 'add', quantity: 1000 } as const;
      for (const _ of [1, 2]) await station.run('stockCounts.count', input, { as: keeper, commandId: 'scan-2' });
      expect(await lines(id)).toMatchObject([{ counted: pieces(2), number: 'C-50' }]);

      expect(await count(id, cap, { way: 'add', quantity: -1000 })).toMatchObject({ quantity: pieces(1) });
      expect(await count(id, cap, { way: 'add', quantity: -1000 })).toMatchObject({ quantity: null });
      expect(await lines(id)).toEqual([]);
      expect(await codeOf(count(id, cap, { way: 'add', quantity: -1000 }))).toBe('stock-count.below-zero');
    });

    test('two who scan the same part at once: both count', async () => {
      const { id } = await givenStartedCount(station, warehouseId);
      await Promise.all([scan(id, cap), scan(id, cap), scan(id, filter)]);
      expect((await lines(id)).map(({ number, counted }) => `${number} ${counted}`).toSorted()).toEqual([
        'C-50 2000',
        'F-1 1000',
      ]);
    });

    test('nobody is told what the books say as long as somebody counts', async () => {
      const { id } = await givenStartedCount(station, warehouseId, { thresholdShareBp: 0 });
      await givenCounted(station, id, cap, pieces(8));
      const asked = { id, filters: [{ column: 'expected', op: 'from' as const, value: 1 }] };
      const blind = [{ number: 'C-50', counted: pieces(8), expected: null, difference: null, value: null }];
      expect(await lines(id)).toMatchObject(blind);
      expect(await codeOf(station.run('stockCounts.lines', asked))).toBe('input.invalid');

      await close(id, 'leave');
      expect(await lines(id)).toMatchObject([{ isToRecount: true, counted: null, expected: null }]);
      expect(await codeOf(station.run('stockCounts.lines', asked))).toBe('input.invalid');
      expect(
        await codeOf(
          station.run('stockCounts.lines', {
            ...asked,
            filters: [],
            sort: [{ column: 'difference', direction: 'asc' }],
          }),
        ),
      ).toBe('input.invalid');

      await givenCounted(station, id, cap, pieces(9));
      await close(id, null, 2);
      expect(await lines(id)).toMatchObject([
        { counted: pieces(8), recounted: pieces(9), expected: pieces(10), difference: -pieces(1), value: -100 },
      ]);
    });

    test('what is issued and received while others count changes no difference', async () => {
      const { id } = await givenStartedCount(station, warehouseId);
      await givenCounted(station, id, cap, pieces(9));
      await issue(cap, pieces(3));
      await issue(filter, pieces(1));
      await givenCounted(station, id, filter, pieces(3));
      await givenReceipt(station, warehouseId, cap, pieces(2), 200);
      await close(id);
      await givenReceipt(station, warehouseId, filter, pieces(1), 800);
      await confirm(id);

      expect(await balanceOf(cap)).toEqual({ quantity: pieces(8), value: 978 });
      expect(await balanceOf(filter)).toEqual({ quantity: pieces(4), value: 3200 });
      expect(await verified()).toMatchObject({ differenceCount: 0 });
    });

    test('a part that is issued between two scans of it is counted again, whatever was found', async () => {
      const { id } = await givenStartedCount(station, warehouseId);
      await scan(id, cap);
      await issue(cap, pieces(1));
      await count(id, cap, { way: 'add', quantity: pieces(8) });
      expect(await close(id, 'leave')).toEqual({ state: 'recounting', toRecount: 1, version: 2 });

      await scan(id, cap);
      await issue(cap, pieces(1));
      await scan(id, cap);
      await expect(close(id, null, 2)).rejects.toMatchObject({
        code: 'stock-count.recount-blurred',
        details: { line: 1 },
      });
      await givenCounted(station, id, cap, pieces(8));
      expect(await close(id, null, 2)).toMatchObject({ state: 'counted' });
      expect(await lines(id)).toMatchObject([{ difference: 0 }]);
    });

    test('only what differs by more than the threshold is counted again, and all of that', async () => {
      const { id } = await givenStartedCount(station, warehouseId, { thresholdValue: 200 });
      await givenCounted(station, id, cap, pieces(8));
      await givenCounted(station, id, filter, pieces(3));
      expect(await close(id)).toMatchObject({ state: 'recounting', toRecount: 1 });
      expect((await station.run('stockCounts.lines', { id, which: 'recount' })).rows).toMatchObject([
        { number: 'F-1' },
      ]);

      expect(await codeOf(givenCounted(station, id, cap, pieces(9)))).toBe('stock-count.not-to-recount');
      await expect(close(id, null, 2)).rejects.toMatchObject({
        code: 'stock-count.recount-missing',
        details: { count: 1, line: 2 },
      });
      await givenCounted(station, id, filter, pieces(4));
      expect(await close(id, null, 2)).toMatchObject({ state: 'counted' });
      expect(await confirm(id)).toMatchObject({ differences: 1, value: -200 });
    });

    test('what becomes of parts nobody counted has to be said', async () => {
      const { id } = await givenStartedCount(station, warehouseId);
      expect(await codeOf(close(id, 'leave'))).toBe('stock-count.empty');
      await givenCounted(station, id, cap, pieces(10));
      expect(await station.run('stockCounts.notCounted', { id }, { as: 'keeper' })).toMatchObject({
        rows: [{ number: 'F-1' }],
        total: 1,
      });
      await expect(close(id)).rejects.toMatchObject({ code: 'stock-count.uncounted', details: { count: 1 } });
      expect(await sheet(id)).toMatchObject({ state: 'counting', notCounted: 1, lines: 1 });
      await close(id, 'zero');
      expect(await lines(id)).toMatchObject([{ difference: 0 }, { number: 'F-1', counted: 0, expected: pieces(4) }]);
      await confirm(id);
      expect(await balanceOf(filter)).toEqual({ quantity: 0, value: 0 });
    });

    test('parts nobody counted can be left as they are', async () => {
      const { id } = await givenStartedCount(station, warehouseId);
      await givenCounted(station, id, cap, pieces(10));
      await close(id, 'leave');
      expect(await confirm(id)).toEqual({ number: 'SC-SH01-260315-0001', documentId: null, value: 0, differences: 0 });
      expect(await balanceOf(filter)).toMatchObject({ quantity: pieces(4) });
      expect(await sheet(id)).toMatchObject({ state: 'posted', document: null });
    });

    test('who counted cannot confirm, whatever rights he has', async () => {
      const both = await station.actorFor(['keeper', 'accountant']);
      const { id } = await givenStartedCount(station, warehouseId);
      await station.run('stockCounts.count', { id, partId: cap, way: 'add', quantity: 1000 }, { as: both });
      await givenCounted(station, id, cap, pieces(10));
      await close(id, 'leave');
      const refused = station.run('stockCounts.confirm', { id, version: 2, reasons: [] }, { as: both });
      await expect(refused).rejects.toMatchObject({ code: 'stock-count.counted-by-you' });
      expect(await codeOf(confirm(id))).toBe('taken');
    });

    test('each difference needs a reason, and without one nothing is posted', async () => {
      const { id } = await givenStartedCount(station, warehouseId);
      await givenCounted(station, id, cap, pieces(10));
      await givenCounted(station, id, filter, pieces(3));
      await close(id);
      const refused = station.run('stockCounts.confirm', { id, version: 2, reasons: [] }, { as: 'accountant' });
      await expect(refused).rejects.toMatchObject({ code: 'stock-count.reason-missing', details: { line: 2 } });
      expect(await station.count('stock_documents')).toBe(2);
      expect(await sheet(id)).toMatchObject({ state: 'counted' });
    });

    test('a count is posted once, also when it is delivered twice', async () => {
      const { id } = await givenStartedCount(station, warehouseId);
      await givenCounted(station, id, cap, pieces(9));
      await close(id, 'leave');
      const first = await confirm(id, '差异', 'c-1');
      const [line] = await lines(id);
      const input = { id, version: 2, reasons: [{ lineId: line?.id ?? '', reason: '差异' }] };
      const as = await station.actorFor(['accountant']);
      expect(await station.run('stockCounts.confirm', input, { as, commandId: 'c-1' })).toEqual(first);
      await expect(station.run('stockCounts.confirm', input, { as })).rejects.toMatchObject({
        code: 'stock-count.wrong-state',
        details: { state: 'posted' },
      });
      expect(await codeOf(givenCounted(station, id, cap, 1))).toBe('stock-count.wrong-state');
      expect(await codeOf(station.run('stock.reverse', { documentId: first.documentId ?? '' }))).toBe(
        'stock.cannot-be-reversed',
      );
      expect(await balanceOf(cap)).toMatchObject({ quantity: pieces(9) });
    });

    test('what has left meanwhile cannot be taken away: the line is named, and counted again', async () => {
      const { id } = await givenStartedCount(station, warehouseId);
      await givenCounted(station, id, filter, pieces(4));
      await givenCounted(station, id, cap, pieces(6));
      await close(id);
      await issue(cap, pieces(7));
      await expect(confirm(id)).rejects.toMatchObject({
        code: 'stock-count.recount-needed',
        details: { line: 2, part: 'C-50', onHand: pieces(3), quantity: pieces(4) },
      });
      expect(await balanceOf(cap)).toMatchObject({ quantity: pieces(3) });

      const line = (await lines(id))[1];
      const back = { id, version: 2, lineIds: [line?.id ?? ''] };
      expect(await codeOf(station.run('stockCounts.sendBack', back, { as: 'keeper' }))).toBe('access.denied');
      await station.run('stockCounts.sendBack', back, { as: 'accountant' });
      expect(await lines(id)).toMatchObject([{}, { isToRecount: true, counted: null, expected: null }]);
      await givenCounted(station, id, cap, pieces(2));
      await close(id, null, 3);
      await confirm(id);
      expect(await balanceOf(cap)).toEqual({ quantity: pieces(2), value: 200 });
      expect(await verified()).toMatchObject({ differenceCount: 0 });
    });

    test('no part is in two open counts of a warehouse', async () => {
      const whole = await givenStartedCount(station, warehouseId);
      const classOf = (scopeText: string) => givenStartedCount(station, warehouseId, { scopeKind: 'class', scopeText });
      await expect(givenStartedCount(station, warehouseId)).rejects.toMatchObject({
        code: 'stock-count.overlaps',
        details: { number: whole.number },
      });
      expect(await codeOf(classOf('C-'))).toBe('stock-count.overlaps');
      await givenStartedCount(station, other);
      await station.run('stockCounts.cancel', { id: whole.id, version: 1, reason: '改天' }, { as: 'keeper' });

      const caps = await classOf('C-');
      const fifties = await classOf('50');
      expect(await codeOf(classOf('c-'))).toBe('stock-count.overlaps');
      expect(await codeOf(givenStartedCount(station, warehouseId))).toBe('stock-count.overlaps');
      await givenCounted(station, caps.id, cap, pieces(10));
      await expect(givenCounted(station, fifties.id, cap, pieces(10))).rejects.toMatchObject({
        code: 'stock-count.counted-elsewhere',
        details: { part: 'C-50', number: caps.number },
      });
      await expect(givenCounted(station, caps.id, filter, 1)).rejects.toMatchObject({
        code: 'stock-count.out-of-scope',
        details: { part: 'F-1' },
      });
      expect(await sheet(whole.id)).toMatchObject({ state: 'cancelled', endedReason: '改天' });
    });

    test('a warehouse of another unit, a class without a text, a part or count that is not there', async () => {
      await station.store.replicate({ origin: 'server', log: 'keep' }, async (trx) => {
        const settings = { timeZone: 'Asia/Shanghai', currency: 'CNY', version: 1, createdAt: 0 };
        await trx.insert('units', { id: 'u-2', code: 'X', name: 'X', kind: 'outlet', ...settings });
        const row = { id: 'w-2', unitId: 'u-2', code: 'X', name: 'X', kind: 'parts', version: 1, createdAt: 0 };
        await trx.insert('warehouses', row);
      });
      const start = (fields: object) => givenStartedCount(station, warehouseId, fields);
      const foreign = station.run('stockCounts.start', { warehouseId: 'w-2', scopeKind: 'warehouse' });
      expect(await codeOf(foreign)).toBe('document.of-another-unit');
      expect(await codeOf(start({ warehouseId: 'w-2' }))).toBe('not-found');
      expect(await codeOf(start({ warehouseId: 'nowhere' }))).toBe('not-found');
      expect(await codeOf(start({ scopeKind: 'class' }))).toBe('input.invalid');
      expect(await codeOf(start({ scopeText: 'C' }))).toBe('input.invalid');
      const { id } = await start({});
      expect(await codeOf(givenCounted(station, id, 'nobody', 1))).toBe('not-found');
      expect(await codeOf(givenCounted(station, 'nothing', cap, 1))).toBe('not-found');
      expect(await codeOf(count(id, cap, { way: 'set', quantity: -1 }))).toBe('input.invalid');
      expect(await codeOf(close(id, 'zero', 7))).toBe('document.changed');
      expect(await station.count('stock_count_lines')).toBe(0);
    });

    test('a surplus of what has run out, or was never there, comes in at what was paid last', async () => {
      const never = await givenPart(station, 'N-1');
      await issue(cap, pieces(10));
      const { id } = await givenStartedCount(station, warehouseId);
      await givenCounted(station, id, cap, pieces(2));
      await givenCounted(station, id, never, 1500);
      await givenCounted(station, id, filter, pieces(4));
      await close(id);
      expect(await lines(id)).toMatchObject([{ value: 200 }, { value: 0 }, { value: 0 }]);
      await confirm(id);
      expect([await balanceOf(cap), await balanceOf(never)]).toEqual([
        { quantity: pieces(2), value: 200 },
        { quantity: 1500, value: 0 },
      ]);
      expect(await verified()).toMatchObject({ differenceCount: 0 });
    });

    test('what a scanner reads is found exactly, by fragment otherwise, and only within what is counted', async () => {
      const { id } = await givenStartedCount(station, warehouseId, { scopeKind: 'class', scopeText: '电容' });
      const find = async (code: string) => {
        const { things, isExact } = await station.run('stockCounts.find', { id, code }, { as: 'keeper' });
        return [things.map(({ number }) => number).join(), isExact];
      };
      expect(await find('6900000000501')).toEqual(['C-50', true]);
      expect(await find(' c-50 ')).toEqual(['C-50', true]);
      expect(await find('电')).toEqual(['C-50', false]);
      expect(await find('F-1')).toEqual(['', false]);
      expect(await find(' ')).toEqual(['', false]);
    });

    test('who may look at stock reads counts; counting and confirming need their rights', async () => {
      const { id } = await givenStartedCount(station, warehouseId);
      const start = { warehouseId: other, scopeKind: 'warehouse' } as const;
      expect(await station.run('stockCounts.list', {}, { as: 'clerk' })).toMatchObject({ total: 1 });
      expect(await codeOf(station.run('stockCounts.start', start, { as: 'accountant' }))).toBe('access.denied');
      const scanned = { id, partId: cap, way: 'add', quantity: 1000 } as const;
      expect(await codeOf(station.run('stockCounts.count', scanned, { as: 'accountant' }))).toBe('access.denied');
      const confirmed = { id, version: 1, reasons: [] };
      expect(await codeOf(station.run('stockCounts.confirm', confirmed, { as: 'keeper' }))).toBe('access.denied');
    });
  });
});
