import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenDeposit, givenGrant, openLevels, type Levels } from '../helpers/requisitions.ts';

describe.each(DIALECTS)('deposits on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of outlets and technicians', () => {
    let levels: Levels;
    beforeEach(async () => {
      levels = await openLevels(dialect);
    });
    afterEach(() => levels.close());

    const listed = async () => {
      const { rows } = await levels.centre.run('deposits.list', {}, { as: 'accountant' });
      return rows.map(({ unit, technician, held, blocked, free, isOurs }) => ({
        unit,
        technician,
        held,
        blocked,
        free,
        isOurs,
      }));
    };

    test('what is paid in is held, and paid back as far as no plan blocks it', async () => {
      const { centre, outlet } = levels;
      const unitId = outlet.station.unitId;
      expect(await givenDeposit(levels, 30_000)).toMatchObject({ number: 'DP-RC01-260315-0001' });
      await givenGrant(levels); // blocks 216.00
      const payOut = (amount: number, commandId = 'out') =>
        centre
          .actorFor(['accountant'])
          .then((as) => centre.run('deposits.payOut', { unitId, amount, reason: '退' }, { as, commandId }));
      await expect(payOut(8401, 'c1')).rejects.toMatchObject({
        code: 'deposit.exceeded',
        details: { free: 8400, needed: 8401 },
      });
      expect(await payOut(8400)).toEqual(await payOut(8400));
      expect(await listed()).toEqual([
        { unit: '上海一站', technician: null, held: 21_600, blocked: 21_600, free: 0, isOurs: true },
      ]);
    });

    test('a technician of the unit has a deposit of his own', async () => {
      const { centre, outlet } = levels;
      const { employeeId: technicianId } = await centre.actorFor(['technician']);
      const unitId = centre.station.unitId;
      await centre.run('deposits.payIn', { unitId, technicianId, amount: 500, reason: '工具' }, { as: 'accountant' });
      expect(await listed()).toMatchObject([{ technician: 'technician', held: 500, free: 500 }]);
      const pay = (whose: { unitId: string; technicianId?: string }) =>
        centre.run('deposits.payIn', { ...whose, amount: 1, reason: 'x' }, { as: 'accountant' });
      const missing = { code: 'input.invalid', details: { faults: [{ path: 'technicianId', rule: 'required' }] } };
      await expect(pay({ unitId })).rejects.toMatchObject(missing);
      await expect(pay({ unitId: outlet.station.unitId, technicianId })).rejects.toMatchObject({
        code: 'input.invalid',
      });
      await expect(pay({ unitId, technicianId: 'nobody' })).rejects.toMatchObject({ code: 'not-found' });
      expect(await centre.count('deposit_entries')).toBe(1);
    });

    test('a payment booked by mistake is corrected once, by an entry of today; nothing is ever changed', async () => {
      const { centre, outlet } = levels;
      const { id: entryId, number } = await givenDeposit(levels, 30_000);
      const correct = (id: string) =>
        centre.run('deposits.correct', { entryId: id, reason: '记错' }, { as: 'accountant' });
      const { id: correction } = await correct(entryId);
      const account = { holderId: centre.station.unitId, unitId: outlet.station.unitId };
      const { rows, held } = await centre.run('deposits.account', account, { as: 'accountant' });
      expect(held).toBe(0);
      expect(rows).toMatchObject([{ kind: 'correction', amount: -30_000, reverses: number }, { kind: 'pay-in' }]);
      for (const id of [entryId, correction])
        await expect(correct(id)).rejects.toMatchObject({ code: 'deposit.cannot-be-corrected' });
      await expect(centre.store.write((trx) => trx.run('UPDATE deposit_entries SET amount = 1'))).rejects.toThrow();
    });

    test('what blocks a deposit isn’t corrected away', async () => {
      const { id } = await givenDeposit(levels, 30_000);
      await givenGrant(levels);
      await expect(
        levels.centre.run('deposits.correct', { entryId: id, reason: 'x' }, { as: 'accountant' }),
      ).rejects.toMatchObject({ code: 'deposit.exceeded' });
    });

    test('deposits are held for units below only, by who manages deposits', async () => {
      const { centre, outlet } = levels;
      const pay = { unitId: centre.station.unitId, amount: 1, reason: 'x' };
      await expect(outlet.run('deposits.payIn', pay, { as: 'accountant' })).rejects.toMatchObject({
        code: 'unit.not-below-own',
      });
      expect(await centre.run('deposits.choices', {}, { as: 'accountant' })).toMatchObject({
        units: [{ code: 'SH01' }],
        technicians: [],
      });
      await expect(
        centre.run('deposits.payOut', { ...pay, unitId: outlet.station.unitId }, { as: 'accountant' }),
      ).rejects.toMatchObject({ code: 'deposit.exceeded', details: { free: 0, needed: 1 } });
      for (const name of ['payIn', 'payOut', 'correct'] as const)
        await expect(centre.run(`deposits.${name}`, {} as never, { as: 'keeper' })).rejects.toMatchObject({
          code: 'access.denied',
        });
      const none = { holderId: centre.station.unitId, unitId: outlet.station.unitId };
      await expect(centre.run('deposits.account', none, { as: 'keeper' })).rejects.toMatchObject({ code: 'not-found' });
    });
  });
});
