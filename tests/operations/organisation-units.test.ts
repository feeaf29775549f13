import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#domain/access/actor.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenLink, givenUnit } from '../helpers/given-units.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

describe.each(DIALECTS)('the tree of units on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('kept by head office', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
    });
    afterEach(() => station.close());

    const root = () => station.station.unitId;
    const unitOf = async (id: string) => {
      const { units } = await station.run('organisation.units', {}, { as: 'manager' });
      return units.find((unit) => unit.id === id);
    };
    const change = (unit: Awaited<ReturnType<typeof givenUnit>>, values: object, as?: Actor) =>
      station.run(
        'organisation.saveUnit',
        { existing: { id: unit.id, version: unit.version }, fields: { ...unit.fields, ...values } },
        as ? { as } : { as: 'administrator' },
      );
    /** By the database that serves the unit, whose numbers carry its code. */
    const givenReceipt = (unitId: string, number: string) =>
      station.store.write(async (trx) => {
        await trx.run('UPDATE installation SET unit_id = ?', [unitId]);
        await trx.insert('stock_documents', {
          id: number,
          unitId,
          number,
          kind: 'receipt',
          recipient: '',
          note: '',
          employeeId: 'x',
          movedOn: '2026-03-15',
          at: 1,
        });
        await trx.run('UPDATE installation SET unit_id = ?', [root()]);
      });

    test('regions, provinces and outlets stand below one another to any depth, each with its region', async () => {
      const east = await givenUnit(station, { code: 'EAST', kind: 'region', name: '华东' });
      const zhejiang = await givenUnit(station, { code: 'ZJ', kind: 'province', parentId: east.id });
      const hangzhou = await givenUnit(station, { code: 'HZ01', parentId: zhejiang.id });
      await station.givenEmployee({ number: 'T1' });
      await station.run('setup.saveWarehouse', { fields: { code: 'W1', name: '主仓' } });

      expect(await unitOf(hangzhou.id)).toMatchObject({ parentId: zhejiang.id, regionId: east.id, hasStation: false });
      expect(await unitOf(root())).toMatchObject({ regionId: root(), employees: 2, warehouses: 1, hasStation: true });
      expect(await station.rows('SELECT event, entity FROM audit_log ORDER BY seq LIMIT 3')).toEqual(
        Array.from({ length: 3 }, () => ({ event: 'created', entity: 'unit' })),
      );
    });

    test('a unit moved to another region takes all below it along', async () => {
      const east = await givenUnit(station, { code: 'EAST', kind: 'region' });
      const south = await givenUnit(station, { code: 'SOUTH', kind: 'region' });
      const province = await givenUnit(station, { code: 'ZJ', kind: 'province', parentId: east.id });
      const outlet = await givenUnit(station, { code: 'HZ01', parentId: province.id });

      expect(await change(province, { parentId: south.id })).toEqual({ id: province.id, version: 2, moved: 2 });
      expect(await unitOf(outlet.id)).toMatchObject({ parentId: province.id, regionId: south.id, version: 1 });
      expect(await change({ ...province, version: 2 }, { parentId: south.id, kind: 'region' })).toMatchObject({
        moved: 2,
      });
      expect(await unitOf(outlet.id)).toMatchObject({ regionId: province.id });
    });

    test('no unit is put below itself, or below what stands below it', async () => {
      const province = await givenUnit(station, { code: 'ZJ', kind: 'province' });
      const outlet = await givenUnit(station, { code: 'HZ01', parentId: province.id });
      for (const parentId of [province.id, outlet.id])
        await expect(change(province, { parentId })).rejects.toMatchObject({ code: 'unit.cycle' });
      expect(await unitOf(province.id)).toMatchObject({ parentId: root(), version: 1 });
    });

    test('a code is one unit’s, for good once it stands in a number', async () => {
      const first = await givenUnit(station, { code: 'HZ01' });
      const second = await givenUnit(station, { code: 'HZ02' });
      await expect(change(second, { code: 'HZ01' })).rejects.toMatchObject({
        code: 'value.taken',
        details: { field: 'code', value: 'HZ01' },
      });
      expect(await change(second, { code: 'HZ03' })).toMatchObject({ version: 2 });
      await givenReceipt(first.id, 'RK-HZ01-260315-0001');
      await expect(change(first, { code: 'HZ09' })).rejects.toMatchObject({ code: 'unit.code-in-use' });
      expect(await station.count('units')).toBe(3);
    });

    test('a unit is closed only without open units below it and without a station', async () => {
      const province = await givenUnit(station, { code: 'ZJ', kind: 'province' });
      const outlet = await givenUnit(station, { code: 'HZ01', parentId: province.id });
      await expect(change(province, { isActive: false })).rejects.toMatchObject({
        code: 'unit.has-children',
        details: { count: 1 },
      });
      await station.store.write((trx) => trx.insert('stations', stationRow(outlet.id)));
      expect(await unitOf(outlet.id)).toMatchObject({ hasStation: true });
      await expect(change(outlet, { isActive: false })).rejects.toMatchObject({ code: 'unit.has-station' });
      await station.store.write((trx) => trx.run("UPDATE stations SET state = 'revoked'"));

      expect(await change(outlet, { isActive: false })).toMatchObject({ version: 2 });
      expect(await change(province, { isActive: false })).toMatchObject({ version: 2 });
      await expect(change({ ...outlet, version: 2 }, { isActive: true })).rejects.toMatchObject({
        code: 'unit.parent-inactive',
      });
      await expect(givenUnit(station, { code: 'HZ02', parentId: province.id })).rejects.toMatchObject({
        code: 'unit.parent-inactive',
      });
    });

    test.each([
      [{ code: 'h' }, 'fields.code', 'notACode'],
      [{ name: ' ' }, 'fields.name', 'required'],
      [{ kind: 'head-office' as const }, 'fields.kind', 'notExpectedHere'],
      [{ parentId: null }, 'fields.parentId', 'required'],
      [{ parentId: 'nowhere' }, 'fields.parentId', 'doesNotExist'],
      [{ timeZone: 'Mars/Base' }, 'fields.timeZone', 'notATimeZone'],
      [{ currency: 'yuan' }, 'fields.currency', 'notACurrency'],
    ])('what cannot be (%o) is refused by field, and leaves nothing behind', async (values, path, rule) => {
      await expect(givenUnit(station, { code: 'HZ01', ...values })).rejects.toMatchObject({
        code: 'input.invalid',
        details: { faults: [{ path, rule }] },
      });
      expect(await station.count('units')).toBe(1);
    });

    test('the root becomes head office and stays the root', async () => {
      const kept = await unitOf(root());
      const fields = {
        code: 'SH01',
        name: '总部',
        kind: 'head-office',
        timeZone: 'Asia/Shanghai',
        currency: 'CNY',
      } as const;
      const existing = { id: root(), version: 1 };
      const below = await givenUnit(station, { code: 'HZ01' });
      await expect(
        station.run('organisation.saveUnit', { existing, fields: { ...fields, parentId: below.id } }),
      ).rejects.toMatchObject({ details: { faults: [{ path: 'fields.parentId', rule: 'notExpectedHere' }] } });
      await expect(
        station.run('organisation.saveUnit', { existing, fields: { ...fields, kind: 'province', parentId: null } }),
      ).rejects.toMatchObject({ details: { faults: [{ path: 'fields.kind', rule: 'notExpectedHere' }] } });
      await station.run('organisation.saveUnit', { existing, fields: { ...fields, parentId: null } });
      expect(await unitOf(root())).toMatchObject({
        kind: 'head-office',
        code: kept?.code,
        name: '总部',
        parentId: null,
      });
    });

    test('a change to what somebody else changed meanwhile is refused, and one of nothing', async () => {
      const outlet = await givenUnit(station, { code: 'HZ01' });
      await change(outlet, { name: '杭州' });
      await expect(change(outlet, { name: '宁波' })).rejects.toMatchObject({ code: 'document.changed' });
      await expect(change({ ...outlet, id: 'nothing' }, {})).rejects.toMatchObject({ code: 'not-found' });
      expect(await unitOf(outlet.id)).toMatchObject({ name: '杭州' });
    });

    test('delivered twice, a unit is made once', async () => {
      const { fields } = await givenUnit(station, { code: 'HZ01' });
      const input = { fields: { ...fields, code: 'HZ02' } };
      const options = { as: 'administrator', commandId: 'once' } as const;
      const first = await station.run('organisation.saveUnit', input, options);
      expect(await station.run('organisation.saveUnit', input, options)).toEqual(first);
      expect(await station.count('units')).toBe(3);
    });

    test('only an administrator changes the tree, and only at and below the own unit', async () => {
      const east = await givenUnit(station, { code: 'EAST', kind: 'region' });
      const south = await givenUnit(station, { code: 'SOUTH', kind: 'region' });
      const outlet = await givenUnit(station, { code: 'HZ01', parentId: east.id });
      const manager = await station.actorFor(['manager']);
      await expect(change(outlet, { name: '杭州' }, manager)).rejects.toMatchObject({ code: 'access.denied' });

      const ofEast = { ...(await station.actorFor(['administrator'])), unitId: east.id };
      const denied = { code: 'unit.not-below-own' };
      await expect(change(south, { name: '华南' }, ofEast)).rejects.toMatchObject(denied);
      await expect(change(outlet, { parentId: south.id }, ofEast)).rejects.toMatchObject(denied);
      expect(await change(outlet, { name: '杭州' }, ofEast)).toMatchObject({ version: 2 });
      expect(await change(east, { name: '华东' }, ofEast)).toMatchObject({ version: 2 });
    });

    test('at a linked station the tree is head office’s', async () => {
      const outlet = await givenUnit(station, { code: 'HZ01' });
      await station.actorFor(['administrator']);
      await station.actorFor(['manager']);
      await givenLink(station);
      await expect(change(outlet, { name: '杭州' })).rejects.toMatchObject({ code: 'sync.head-office-only' });
      expect(await unitOf(outlet.id)).toMatchObject({ version: 1 });
    });
  });
});

const stationRow = (unitId: string) => ({
  id: 's1',
  unitId,
  name: '杭州一号机',
  tokenHash: 'h',
  databaseId: 'd',
  state: 'active',
  pushedSeq: 0,
  pushedDigest: '',
  pullCursor: '',
  programVersion: '',
  schemaVersion: 10,
  databaseSize: 0,
  pendingCount: 0,
  refusedCount: 0,
  clockSkew: 0,
  problem: '',
  announced: '[]',
  enrolledAt: 1,
  version: 1,
});
