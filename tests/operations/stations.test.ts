import { hash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { LATEST_VERSION } from '#db/migrate.ts';
import { operations } from '#operations/index.ts';
import { perform } from '#operations/perform.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenContent, givenRefusal, givenStation, givenUnit } from '../helpers/given-sync.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const HOUR = 60 * 60_000;
const AS_NEW = { schemaVersion: LATEST_VERSION };

describe.each(DIALECTS)('stations at head office on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('the server', () => {
    let station: TestStation;
    let unitId: string;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      unitId = await givenUnit(station.store, { parentId: station.station.unitId, code: 'CN01' });
    });
    afterEach(() => station.close());

    const list = (input = {}) => station.run('stations.list', input, { as: 'manager' });
    const given = (values: Parameters<typeof givenStation>[2]) =>
      givenStation(station.store, unitId, { ...AS_NEW, ...values });

    test('lists its stations with unit, lag and size, those in trouble first', async () => {
      const { now } = station.clock;
      await given({ name: 'fine' });
      await given({ name: 'outdated', schemaVersion: LATEST_VERSION - 1 });
      await given({ name: 'clock', clockSkew: -6 * 60_000 });
      await given({ name: 'late', pendingCount: 7, pendingSince: now - 2 * HOUR });
      await given({ name: 'silent', lastSeenAt: now - 3 * HOUR });
      await given({ name: 'refused', refusedCount: 2 });
      await given({ name: 'problem', problem: 'sync.cloned' });
      await given({ name: 'suspended', state: 'suspended', problem: 'sync.cloned' });
      await given({ name: 'revoked', state: 'revoked', lastSeenAt: null });

      const { rows, total } = await list();
      expect(total).toBe(9);
      expect(rows.map(({ name, trouble }) => [name, trouble])).toEqual([
        ['problem', 'problem'],
        ['refused', 'refused'],
        ['silent', 'silent'],
        ['late', 'late'],
        ['clock', 'clock'],
        ['outdated', 'outdated'],
        ['suspended', 'calm'],
        ['fine', 'calm'],
        ['revoked', 'calm'],
      ]);
      expect(rows[3]).toMatchObject({
        unitCode: 'CN01',
        unitName: '长宁站',
        pendingCount: 7,
        pendingSince: now - 2 * HOUR,
        programVersion: '1.0.0',
        databaseSize: 12_345_678,
      });
    });

    test('lists by trouble and by unit, a page at a time', async () => {
      const other = await givenUnit(station.store, { parentId: station.station.unitId, code: 'PD01', name: '浦东站' });
      await given({ problem: 'sync.cloned' });
      await givenStation(station.store, other, AS_NEW);
      const filters = [{ column: 'unitName', op: 'contains' as const, value: '浦东' }];
      expect(await list({ filters })).toMatchObject({ total: 1, rows: [{ unitCode: 'PD01' }] });
      const troubled = [{ column: 'trouble', op: 'one-of' as const, value: ['problem'] }];
      expect(await list({ filters: troubled })).toMatchObject({ total: 1, rows: [{ unitCode: 'CN01' }] });
      expect(await list({ offset: 1, limit: 1 })).toMatchObject({ total: 2, rows: [{ unitCode: 'PD01' }] });
    });

    test('shows one station with what of its was refused and what it announced that never came', async () => {
      const id = await given({ announced: '["WO-CN01-260315-0001"]' });
      const content = await givenContent(station.store, 'stores', { id: 's-1', unit_id: unitId, name: '商场' });
      const values = { stationId: id, direction: 'in', content, detail: '{"detail":"total"}' };
      await givenRefusal(station.store, { ...values, tableName: 'stores' });
      const secret = { employee_id: 'e-1', unit_id: unitId, password_hash: 'scrypt$hash' };
      const hidden = await givenContent(station.store, 'credentials', secret);
      await givenRefusal(station.store, { ...values, tableName: 'credentials', content: hidden, at: 1 });
      await givenRefusal(station.store, { direction: 'in' }); // another station's

      const shown = await station.run('stations.get', { id }, { as: 'manager' });
      expect(shown).toMatchObject({
        station: { id, trouble: 'refused', refusedCount: 2 },
        refused: [
          { tableName: 'stores', code: 'sync.breaks-a-rule', details: { detail: 'total' } },
          { tableName: 'credentials' },
        ],
        announced: ['WO-CN01-260315-0001'],
      });
      expect(shown.refused[0]?.content).toMatchObject({ id: 's-1', unit_id: unitId, name: '商场' });
      expect(JSON.stringify(shown.refused)).not.toContain('scrypt');
      await expect(station.run('stations.get', { id: 'none' })).rejects.toMatchObject({ code: 'not-found' });
    });

    test('offers the units at work, with the station each has, but not its own', async () => {
      await given({ name: '前台' });
      const closed = await givenUnit(station.store, { parentId: station.station.unitId, code: 'ZZ01', isActive: 0 });
      const { units } = await station.run('stations.choices', {}, { as: 'administrator' });
      expect(units).toEqual([expect.objectContaining({ id: unitId, code: 'CN01', stationName: '前台' })]);
      expect(units.map(({ id }) => id)).not.toContain(closed);
    });

    test('makes a code that is told once, kept as a hash, good for two days, and names the station it would replace', async () => {
      await given({ name: '前台', pendingCount: 3 });
      const made = await station.run('stations.makeCode', { unitId }, { as: 'administrator' });

      expect(made).toMatchObject({
        expiresAt: station.clock.now + 48 * HOUR,
        unit: { code: 'CN01', name: '长宁站' },
        replaces: { name: '前台', pendingCount: 3 },
        server: null,
      });
      expect(made.code).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/);
      expect(await station.rows('SELECT unit_id, code_hash, used_at FROM enrolment_codes')).toEqual([
        { unitId, codeHash: hash('sha256', made.code.replaceAll('-', ''), 'hex'), usedAt: null },
      ]);
      const written = JSON.stringify([
        await station.rows('SELECT change FROM audit_log'),
        await station.rows('SELECT result FROM commands'),
      ]);
      expect(written).not.toContain(made.code);
    });

    test('tells where the server is and its fingerprint, once', async () => {
      const server = { address: 'https://mendway.example:4871', fingerprint: 'AB:CD' };
      const actor = await station.actorFor(['administrator']);
      const makeCode = (commandId: string) =>
        perform({ ...station.env, server }, operations['stations.makeCode'], { actor, commandId, input: { unitId } });
      const commandId = uuidv7();
      expect(await makeCode(commandId)).toMatchObject({ server, replaces: null });
      await expect(makeCode(commandId)).rejects.toMatchObject({ code: 'command.replayed-differently' });
      expect(await station.count('enrolment_codes')).toBe(1);
    });

    test('a new code makes the one before it worthless', async () => {
      await station.run('stations.makeCode', { unitId }, { as: 'administrator' });
      station.clock.now += HOUR;
      await station.run('stations.makeCode', { unitId }, { as: 'administrator' });
      const codes = await station.rows<{ expiresAt: number }>(
        'SELECT expires_at FROM enrolment_codes ORDER BY made_at',
      );
      expect(codes).toEqual([{ expiresAt: station.clock.now }, { expiresAt: station.clock.now + 48 * HOUR }]);
    });

    test('makes no code for its own unit, a closed one or none', async () => {
      const closed = await givenUnit(station.store, { parentId: station.station.unitId, code: 'ZZ01', isActive: 0 });
      for (const [unit, code] of [
        [station.station.unitId, 'station.of-this-server'],
        [closed, 'station.unit-closed'],
        ['none', 'not-found'],
      ] as const)
        await expect(station.run('stations.makeCode', { unitId: unit })).rejects.toMatchObject({ code });
      expect(await station.count('enrolment_codes')).toBe(0);
    });

    test('a station is suspended, let in again and revoked for good', async () => {
      const id = await given({});
      const as = { as: 'administrator' } as const;
      expect(await station.run('stations.suspend', { id, version: 1 }, as)).toEqual({ state: 'suspended' });
      expect(await station.run('stations.resume', { id, version: 2 }, as)).toEqual({ state: 'active' });
      expect(await station.run('stations.revoke', { id, version: 3 }, as)).toEqual({ state: 'revoked' });
      await expect(station.run('stations.resume', { id, version: 4 }, as)).rejects.toMatchObject({
        code: 'station.wrong-state',
        details: { state: 'revoked' },
      });
      expect(await station.rows('SELECT event FROM audit_log WHERE entity = ? ORDER BY seq', ['station'])).toEqual(
        ['suspended', 'active', 'revoked'].map((event) => ({ event })),
      );
      expect(await list()).toMatchObject({ rows: [{ state: 'revoked', version: 4 }] });
    });

    test('delivered twice, a station is suspended once', async () => {
      const id = await given({});
      const delivery = { as: 'administrator', commandId: uuidv7() } as const;
      for (let i = 0; i < 2; i++) await station.run('stations.suspend', { id, version: 1 }, delivery);
      expect(await list()).toMatchObject({ rows: [{ state: 'suspended', version: 2 }] });
    });

    test('what somebody else changed meanwhile, or never was, is not changed', async () => {
      const id = await given({});
      await expect(station.run('stations.suspend', { id, version: 7 })).rejects.toMatchObject({
        code: 'document.changed',
      });
      await expect(station.run('stations.rename', { id, version: 7, name: 'x' })).rejects.toMatchObject({
        code: 'document.changed',
      });
      await expect(station.run('stations.revoke', { id: 'none', version: 1 })).rejects.toMatchObject({
        code: 'not-found',
      });
      expect(await list()).toMatchObject({ rows: [{ state: 'active', name: '前台电脑', version: 1 }] });
    });

    test('a station gets another name', async () => {
      const id = await given({});
      await station.run('stations.rename', { id, version: 1, name: ' 收银台 ' }, { as: 'administrator' });
      expect(await list()).toMatchObject({ rows: [{ name: '收银台', version: 2 }] });
    });

    test('an administrator of a region looks after the stations there and sees no others', async () => {
      const region = await givenUnit(station.store, { parentId: station.station.unitId, code: 'EAST', kind: 'region' });
      const outlet = await givenUnit(station.store, { parentId: region, code: 'PD01' });
      const [ours, theirs] = [await givenStation(station.store, outlet, AS_NEW), await given({})];
      const as = { ...(await station.actorFor(['administrator'])), unitId: region };

      expect(await station.run('stations.list', {}, { as })).toMatchObject({ total: 1, rows: [{ id: ours }] });
      const { units } = await station.run('stations.choices', {}, { as });
      expect(units.map(({ code }) => code)).toEqual(['EAST', 'PD01']);
      await station.run('stations.suspend', { id: ours, version: 1 }, { as });
      await station.run('stations.makeCode', { unitId: outlet }, { as });
      await expect(station.run('stations.suspend', { id: theirs, version: 1 }, { as })).rejects.toMatchObject({
        code: 'not-found',
      });
      await expect(station.run('stations.makeCode', { unitId }, { as })).rejects.toMatchObject({
        code: 'document.of-another-unit',
      });
      expect(await station.count('enrolment_codes')).toBe(1);
    });

    test('a manager looks, an administrator acts, nobody else does either', async () => {
      const id = await given({});
      await expect(station.run('stations.list', {}, { as: 'clerk' })).rejects.toMatchObject({ code: 'access.denied' });
      await expect(station.run('stations.get', { id }, { as: 'clerk' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      for (const name of ['stations.suspend', 'stations.resume', 'stations.revoke'] as const)
        await expect(station.run(name, { id, version: 1 }, { as: 'manager' })).rejects.toMatchObject({
          code: 'access.denied',
        });
      for (const [name, input] of [
        ['stations.makeCode', { unitId }],
        ['stations.choices', {}],
        ['stations.rename', { id, version: 1, name: 'x' }],
      ] as const)
        await expect(station.run(name, input, { as: 'manager' })).rejects.toMatchObject({ code: 'access.denied' });
      expect(await list()).toMatchObject({ rows: [{ state: 'active', version: 1 }] });
    });
  });
});
