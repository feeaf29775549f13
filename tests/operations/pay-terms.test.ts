import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf } from '#operations/index.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenFinishedWork } from '../helpers/finished-work.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const TERMS: InputOf<'payroll.publishTerms'> = {
  validFrom: '2026-03-01',
  workingHours: { days: [5, 1, 2], from: 540, to: 1080 },
  satisfaction: {
    perOrder: { very_satisfied: 500, dissatisfied: -1000 },
    monthly: { threshold: 80, pointAmount: 1000 },
  },
  rework: { days: 30, clawbackBp: 5000 },
  deductionCapBp: 2000,
  off: ['clawback'],
};
const DEADLINE = {
  code: 'D1',
  urgency: 'urgent',
  limitMinutes: 480,
  graceMinutes: 30,
  unitMinutes: 60,
  amountPerUnit: 500,
  capAmount: 5000,
  validFrom: '2026-01-01',
} as const satisfies InputOf<'payroll.saveDeadlineRule'>;
const ITEM = { code: 'P1', name: '迟到', category: 'attitude', kind: 'penalty', amount: 2000 } as const;

const faults = (...of: readonly [string, string][]) => ({
  code: 'input.invalid',
  details: { faults: of.map(([path, rule]) => ({ path, rule })) },
});

describe.each(DIALECTS)('what pay depends on beside commission rules, on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('published by the accountant', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
    });
    afterEach(() => station.close());

    const publish = (changes: Partial<InputOf<'payroll.publishTerms'>> = {}) =>
      station.run('payroll.publishTerms', { ...TERMS, ...changes }, { as: 'accountant' });
    const terms = () => station.run('payroll.terms', {}, { as: 'accountant' });

    test.each([
      ['Asia/Shanghai', [-500]],
      ['Asia/Kolkata', []],
    ])('the working hours of the terms are those of the clocks at %s, where the work is', async (timeZone, taken) => {
      const technician = { employeeId: (await station.actorFor(['technician'])).employeeId, shareBp: 10_000 };
      await station.store.write((trx) => trx.run('UPDATE units SET time_zone = ?', [timeZone]));
      await publish({ validFrom: '2026-01-01', workingHours: { days: [1, 2, 3, 4, 5, 6, 7], from: 540, to: 720 } });
      const { urgency: _, ...rule } = DEADLINE;
      const quick = { ...rule, limitMinutes: 60, graceMinutes: 0 };
      await station.run('payroll.saveDeadlineRule', quick, { as: 'accountant' });
      const order = await givenFinishedWork(station, { technicians: [technician] }); // 9 in the morning in Shanghai
      await station.store.write((trx) =>
        trx.run('UPDATE work_orders SET completed_at = received_at + 7200000 WHERE id = ?', [order.id]),
      );
      await station.run('audit.approve', order, { as: 'auditor' });
      const entries = await station.rows<{ amount: number }>('SELECT amount FROM pay_entries');
      expect(entries.map(({ amount }) => amount)).toEqual(taken);
    });

    test('terms are kept as they were published, and the last published of one date are in force', async () => {
      expect(await terms()).toMatchObject({ rows: [], inForceId: null });
      await publish({ validFrom: '2026-01-01', deductionCapBp: null });
      await publish();
      station.clock.now += 1000;
      const last = await publish({ off: [], rework: null });
      await publish({ validFrom: '2027-01-01' });
      const { rows, inForceId } = await terms();
      expect(rows.map(({ validFrom }) => validFrom)).toEqual(['2027-01-01', '2026-03-01', '2026-03-01', '2026-01-01']);
      expect(inForceId).toBe(last.id);
      expect(rows[1]).toMatchObject({ id: last.id, by: expect.any(String) });
      expect(rows[1]?.terms).toEqual({
        workingHours: { days: [1, 2, 5], from: 540, to: 1080 },
        satisfaction: TERMS.satisfaction,
        rework: null,
        deductionCapBp: 2000,
        off: [],
      });
    });

    test('hours that end before they begin, a day named twice and no days at all are refused', async () => {
      const refusal = (workingHours: NonNullable<InputOf<'payroll.publishTerms'>['workingHours']>) =>
        expect(publish({ workingHours })).rejects;
      await refusal({ days: [1], from: 600, to: 600 }).toMatchObject(faults(['workingHours.to', 'beforeStart']));
      await refusal({ days: [1, 1], from: 0, to: 1 }).toMatchObject(faults(['workingHours.days', 'duplicate']));
      await refusal({ days: [], from: 0, to: 1 }).toMatchObject(faults(['workingHours.days', 'required']));
      await expect(publish({ deductionCapBp: 10_001 })).rejects.toMatchObject({ code: 'input.invalid' });
      expect(await station.count('pay_terms')).toBe(0);
    });

    test('published terms never change, not even in the database; a clerk publishes none and a double click one', async () => {
      await expect(station.run('payroll.publishTerms', TERMS, { as: 'clerk' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      const as = await station.actorFor(['accountant']);
      const first = await station.run('payroll.publishTerms', TERMS, { as, commandId: 'once' });
      expect(await station.run('payroll.publishTerms', TERMS, { as, commandId: 'once' })).toEqual(first);
      expect(await station.count('pay_terms')).toBe(1);
      for (const text of [`UPDATE pay_terms SET body = '{}'`, 'DELETE FROM pay_terms'])
        await expect(station.store.write((trx) => trx.run(text))).rejects.toThrow('append-only');
    });

    const saveDeadline = (changes: Partial<InputOf<'payroll.saveDeadlineRule'>> = {}) =>
      station.run('payroll.saveDeadlineRule', { ...DEADLINE, ...changes }, { as: 'accountant' });

    test('a deadline rule is published once with its conditions, and listed', async () => {
      const as = await station.actorFor(['accountant']);
      const first = await station.run('payroll.saveDeadlineRule', DEADLINE, { as, commandId: 'once' });
      expect(await station.run('payroll.saveDeadlineRule', DEADLINE, { as, commandId: 'once' })).toEqual(first);
      await expect(saveDeadline()).rejects.toMatchObject({ code: 'pay-rule.code-taken', details: { code: 'D1' } });
      await expect(station.run('payroll.saveDeadlineRule', DEADLINE, { as: 'clerk' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      const { rows } = await station.run('payroll.listDeadlineRules', {}, { as: 'accountant' });
      expect(rows).toMatchObject([{ code: 'D1', whenUrgency: 'urgent', whenServiceMode: null, amountPerUnit: 500 }]);
    });

    test('a delay that costs nothing, a unit of no minutes and an end before the beginning are refused', async () => {
      await expect(saveDeadline({ amountPerUnit: 0 })).rejects.toMatchObject({ code: 'input.invalid' });
      await expect(saveDeadline({ unitMinutes: 0 })).rejects.toMatchObject({ code: 'input.invalid' });
      await expect(saveDeadline({ validTo: '2025-12-31' })).rejects.toMatchObject(faults(['validTo', 'beforeFrom']));
      expect(await station.count('deadline_rules')).toBe(0);
    });

    test('of a published deadline rule only the last day changes, not even in the database anything else', async () => {
      const { id } = await saveDeadline();
      const end = { id, version: 1, validTo: '2026-06-30' };
      const ends = (input: object) =>
        station.run('payroll.endDeadlineRule', { ...end, ...input }, { as: 'accountant' });
      await expect(station.run('payroll.endDeadlineRule', end, { as: 'clerk' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      await expect(ends({ validTo: '2025-12-31' })).rejects.toMatchObject(faults(['validTo', 'beforeFrom']));
      await expect(ends({ id: 'none' })).rejects.toMatchObject({ code: 'not-found' });
      await ends({});
      await expect(ends({})).rejects.toMatchObject({ code: 'document.changed' });
      expect(await station.rows('SELECT valid_to, version FROM deadline_rules')).toEqual([
        { validTo: '2026-06-30', version: 2 },
      ]);
      await expect(
        station.store.write((trx) => trx.run('UPDATE deadline_rules SET amount_per_unit = 1')),
      ).rejects.toThrow('locked');
    });

    const saveItem = (fields: object, existing: { id: string; version: number } | null = null) =>
      station.run('payroll.saveItem', { existing, fields: { ...ITEM, ...fields } }, { as: 'accountant' });

    test('an item has an amount or a rate, and not both', async () => {
      await expect(saveItem({ amount: null })).rejects.toMatchObject(faults(['fields.amount', 'required']));
      await expect(saveItem({ rateBp: 100 })).rejects.toMatchObject(faults(['fields.rateBp', 'notExpectedHere']));
      await expect(saveItem({ amount: 0 })).rejects.toMatchObject({ code: 'input.invalid' });
      await saveItem({});
      await saveItem({ code: 'R1', kind: 'reward', category: 'skill', amount: null, rateBp: 500 });
      const { rows } = await station.run('payroll.listItems', {}, { as: 'accountant' });
      expect(rows).toMatchObject([
        { code: 'P1', kind: 'penalty', amount: 2000, rateBp: null, isActive: true },
        { code: 'R1', kind: 'reward', category: 'skill', amount: null, rateBp: 500 },
      ]);
    });

    test('an item is changed as it was last seen, its code is its own, and only the holder of the right changes it', async () => {
      const { id } = await saveItem({});
      await expect(saveItem({})).rejects.toMatchObject({ code: 'value.taken' });
      await saveItem({ isActive: false }, { id, version: 1 });
      await expect(saveItem({}, { id, version: 1 })).rejects.toMatchObject({ code: 'document.changed' });
      await expect(
        station.run('payroll.saveItem', { existing: null, fields: ITEM }, { as: 'clerk' }),
      ).rejects.toMatchObject({ code: 'access.denied' });
      expect(await station.rows('SELECT is_active, version FROM pay_items')).toMatchObject([{ version: 2 }]);
      const as = await station.actorFor(['accountant']);
      const input = { existing: null, fields: { ...ITEM, code: 'P2' } };
      const first = await station.run('payroll.saveItem', input, { as, commandId: 'once' });
      expect(await station.run('payroll.saveItem', input, { as, commandId: 'once' })).toEqual(first);
      expect(await station.count('pay_items')).toBe(2);
    });
  });
});
