import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf } from '#operations/index.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenContract, givenLink, givenUnit } from '../helpers/given-units.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

type Event = InputOf<'organisation.addContractEvent'>;

describe.each(DIALECTS)('contracts with providers on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('who run an outlet', () => {
    let station: TestStation;
    let outletId: string;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      await station.actorFor(['administrator']);
      await station.actorFor(['manager']);
      outletId = (await givenUnit(station, { code: 'PD01', name: '浦东网点' })).id;
    });
    afterEach(() => station.close());

    const sheet = (id: string) => station.run('organisation.contract', { id }, { as: 'manager' });
    const change = (contract: Awaited<ReturnType<typeof givenContract>>, values: object) =>
      station.run(
        'organisation.saveContract',
        { existing: { id: contract.id, version: contract.version }, fields: { ...contract.fields, ...values } },
        { as: 'administrator' },
      );
    const note = (contractId: string, version: number, values: Partial<Event>, commandId?: string) =>
      station.run(
        'organisation.addContractEvent',
        { contractId, version, kind: 'reward', happenedOn: '2026-03-14', reason: '旺季零投诉', ...values },
        { as: 'administrator', ...(commandId === undefined ? {} : { commandId }) },
      );
    const givenInstaller = async (number: string) =>
      (await station.run('access.saveEmployee', { number, name: number, unitId: outletId, roles: ['technician'] })).id;

    test('a contract is made, changed and listed with its outlet and rating', async () => {
      const contract = await givenContract(station, { unitId: outletId, areas: ['浦东新区', '川沙', '浦东新区'] });
      await change(contract, { provider: '安捷服务', kinds: ['repair', 'installation'], toOn: '2026-12-31' });
      const { contracts } = await station.run('organisation.contracts', {}, { as: 'manager' });
      expect(contracts).toEqual([
        expect.objectContaining({
          number: 'HT-1',
          provider: '安捷服务',
          unitCode: 'PD01',
          unitName: '浦东网点',
          state: 'active',
          areas: ['浦东新区', '川沙'],
          kinds: ['repair', 'installation'],
          rating: 100,
          isInForce: true,
          version: 2,
        }),
      ]);
    });

    test('rewards and penalties make the rating, and stay as they were written', async () => {
      const { id } = await givenContract(station, { unitId: outletId });
      expect(await note(id, 1, { points: 10, amount: 50_000 })).toMatchObject({ rating: 110, state: 'active' });
      expect(await note(id, 2, { kind: 'penalty', points: 25, amount: 20_000, evidence: '投诉 TS-7' })).toMatchObject({
        rating: 85,
        version: 3,
      });
      const { contract, events } = await sheet(id);
      expect(contract).toMatchObject({ rating: 85, version: 3 });
      expect(events.map(({ kind, points, amount }) => [kind, points, amount])).toEqual([
        ['penalty', -25, -20_000],
        ['reward', 10, 50_000],
      ]);
      expect(events[0]).toMatchObject({
        employeeName: 'administrator',
        evidence: '投诉 TS-7',
        happenedOn: '2026-03-14',
      });
      await expect(station.store.write((trx) => trx.run("UPDATE contract_events SET reason = 'none'"))).rejects.toThrow(
        /append-only/,
      );
    });

    test('a provider is suspended, taken back and eliminated, each only from where it can be', async () => {
      const { id } = await givenContract(station, { unitId: outletId });
      const wrong = { code: 'contract.wrong-state' };
      await expect(note(id, 1, { kind: 'reinstatement' })).rejects.toMatchObject(wrong);
      expect(await note(id, 1, { kind: 'suspension', points: 20 })).toMatchObject({ state: 'suspended', rating: 80 });
      await expect(note(id, 2, { kind: 'suspension' })).rejects.toMatchObject(wrong);
      expect(await note(id, 2, { kind: 'reinstatement', points: 5 })).toMatchObject({ state: 'active', rating: 80 });
      expect(await note(id, 3, { kind: 'elimination' })).toMatchObject({ state: 'ended' });
      await expect(note(id, 4, { kind: 'elimination' })).rejects.toMatchObject({
        ...wrong,
        details: { state: 'ended', kind: 'elimination' },
      });
      expect((await sheet(id)).contract).toMatchObject({ state: 'ended', isInForce: false, version: 4 });
      expect(await station.count('contract_events')).toBe(3);
    });

    test('what concerns an installer counts for the rating and for him, and leaves the contract as it is', async () => {
      const { id } = await givenContract(station, { unitId: outletId });
      const good = await givenInstaller('A1');
      const bad = await givenInstaller('A2');
      await note(id, 1, { installerId: good, points: 5 });
      await note(id, 2, { installerId: bad, kind: 'penalty', points: 10 });
      expect(await note(id, 3, { installerId: bad, kind: 'elimination' })).toMatchObject({
        state: 'active',
        rating: 95,
      });
      await expect(note(id, 4, { installerId: bad, kind: 'suspension' })).rejects.toMatchObject({
        code: 'contract.wrong-state',
      });
      const { installers, events } = await sheet(id);
      expect(installers).toEqual([
        expect.objectContaining({ number: 'A1', rewards: 1, penalties: 0, points: 5, state: 'active' }),
        expect.objectContaining({ number: 'A2', rewards: 0, penalties: 1, points: -10, state: 'ended' }),
      ]);
      expect(events[0]).toMatchObject({ installerName: 'A2' });
    });

    test('an event of tomorrow, before the contract, or about somebody else’s installer is refused', async () => {
      const { id } = await givenContract(station, { unitId: outletId });
      const stranger = await station.givenEmployee({ number: 'T1', roles: ['technician'] });
      for (const [values, path, rule] of [
        [{ happenedOn: '2026-03-16' }, 'happenedOn', 'inTheFuture'],
        [{ happenedOn: '2025-12-31' }, 'happenedOn', 'beforeFrom'],
        [{ installerId: stranger }, 'installerId', 'doesNotExist'],
        [{ reason: ' ' }, 'reason', 'required'],
      ] as const)
        await expect(note(id, 1, values)).rejects.toMatchObject({ details: { faults: [{ path, rule }] } });
      await expect(note('nothing', 1, {})).rejects.toMatchObject({ code: 'not-found' });
      expect(await station.count('contract_events')).toBe(0);
    });

    test('two events written at once: the second sees the first before it counts', async () => {
      const { id } = await givenContract(station, { unitId: outletId });
      await note(id, 1, { points: 10 });
      await expect(note(id, 1, { points: 10 })).rejects.toMatchObject({ code: 'document.changed' });
      expect(await station.count('contract_events')).toBe(1);
    });

    test.each([
      [{ number: ' ' }, 'fields.number', 'required'],
      [{ provider: '' }, 'fields.provider', 'required'],
      [{ areas: [] }, 'fields.areas', 'required'],
      [{ kinds: [] }, 'fields.kinds', 'required'],
      [{ toOn: '2025-12-31' }, 'fields.toOn', 'beforeFrom'],
      [{ phone: 'call' }, 'fields.phone', 'notAPhone'],
      [{ unitId: 'nowhere' }, 'fields.unitId', 'doesNotExist'],
    ])('a contract with %o is refused by field', async (values, path, rule) => {
      await expect(givenContract(station, { unitId: outletId, ...values })).rejects.toMatchObject({
        code: 'input.invalid',
        details: { faults: [{ path, rule }] },
      });
      expect(await station.count('contracts')).toBe(0);
    });

    test('a provider runs an outlet, not a region, and a number is one contract’s', async () => {
      const region = await givenUnit(station, { code: 'EAST', kind: 'region' });
      await expect(givenContract(station, { unitId: region.id })).rejects.toMatchObject({
        details: { faults: [{ path: 'fields.unitId', rule: 'notExpectedHere' }] },
      });
      await givenContract(station, { unitId: outletId });
      await expect(givenContract(station, { unitId: outletId })).rejects.toMatchObject({
        code: 'value.taken',
        details: { field: 'number', value: 'HT-1' },
      });
      expect(await station.count('contracts')).toBe(1);
    });

    test('delivered twice, a contract is made once and an event counts once', async () => {
      const contract = await givenContract(station, { unitId: outletId });
      const again = { as: 'administrator', commandId: 'once' } as const;
      const input = { fields: { ...contract.fields, number: 'HT-2' } };
      const first = await station.run('organisation.saveContract', input, again);
      expect(await station.run('organisation.saveContract', input, again)).toEqual(first);
      const noted = await note(contract.id, 1, { points: 10 }, 'noted');
      expect(await note(contract.id, 1, { points: 10 }, 'noted')).toEqual(noted);
      expect([await station.count('contracts'), await station.count('contract_events')]).toEqual([2, 1]);
    });

    test('changed meanwhile or unknown, a contract is not changed', async () => {
      const contract = await givenContract(station, { unitId: outletId });
      await change(contract, { contact: '钱经理' });
      await expect(change(contract, { contact: '孙经理' })).rejects.toMatchObject({ code: 'document.changed' });
      await expect(change({ ...contract, id: 'nothing' }, {})).rejects.toMatchObject({ code: 'not-found' });
      await expect(sheet('nothing')).rejects.toMatchObject({ code: 'not-found' });
    });

    test('a manager reads contracts and writes none; a region keeps off those of others; a linked station off all', async () => {
      const contract = await givenContract(station, { unitId: outletId });
      const east = await givenUnit(station, { code: 'EAST', kind: 'region' });
      const manager = await station.actorFor(['manager']);
      const ofEast = { ...(await station.actorFor(['administrator'])), unitId: east.id };
      const event = {
        contractId: contract.id,
        version: 1,
        kind: 'reward',
        happenedOn: '2026-03-14',
        reason: '好',
      } as const;
      const existing = { id: contract.id, version: 1 };
      for (const [as, code] of [
        [manager, 'access.denied'],
        [ofEast, 'unit.not-below-own'],
      ] as const) {
        const save = station.run('organisation.saveContract', { existing, fields: contract.fields }, { as });
        await expect(save).rejects.toMatchObject({ code });
        await expect(station.run('organisation.addContractEvent', event, { as })).rejects.toMatchObject({ code });
      }
      await givenLink(station);
      await expect(note(contract.id, 1, {})).rejects.toMatchObject({ code: 'sync.head-office-only' });
      expect((await sheet(contract.id)).contract.version).toBe(1);
    });

    test('the provider for an address is found with the reason', async () => {
      const other = await givenUnit(station, { code: 'PD02' });
      await givenContract(station, { unitId: outletId });
      await givenContract(station, { unitId: other.id, number: 'HT-2', provider: '川沙家电', areas: ['浦东新区川沙'] });
      const ask = (address: string, kind: 'repair' | 'cleaning' = 'repair') =>
        station.run('organisation.suggestProvider', { address, kind }, { as: 'manager' });
      expect((await ask('上海市浦东新区川沙路 5 号')).suggestion).toMatchObject({
        number: 'HT-2',
        provider: '川沙家电',
        unitCode: 'PD02',
        area: '浦东新区川沙',
        others: 1,
      });
      expect((await ask('上海市浦东新区张江路 1 号')).suggestion).toMatchObject({ number: 'HT-1', others: 0 });
      expect((await ask('上海市静安区')).suggestion).toBeNull();
      expect((await ask('上海市浦东新区', 'cleaning')).suggestion).toBeNull();
    });
  });
});
