import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenRule, givenWorkType } from '../helpers/finished-work.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const RULE = { code: 'L30', component: 'labour', rateBp: 3000, validFrom: '2026-01-01' } as const;

describe.each(DIALECTS)('commission rules on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('published by the accountant', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
    });
    afterEach(() => station.close());

    const refusal = (changes: object, as: 'accountant' | 'clerk' = 'accountant') =>
      expect(station.run('payroll.saveRule', { ...RULE, ...changes }, { as })).rejects;

    test('a rule is saved with its conditions and listed with their names', async () => {
      const workTypeId = await givenWorkType(station, '大修');
      const employeeId = await station.givenEmployee({ number: 'T01', name: '小明', grade: 'B' });
      const conditions = { workTypeId, employeeId, grade: 'B', warrantyClass: 'in', serviceMode: 'repair' } as const;
      await station.run('payroll.saveRule', { ...RULE, discount: 'after', conditions }, { as: 'accountant' });
      const { rows } = await station.run('payroll.listRules', {}, { as: 'accountant' });
      expect(rows).toMatchObject([
        { code: 'L30', rateBp: 3000, amount: null, isAfterDiscount: true, workTypeName: '大修', employeeName: '小明' },
      ]);
    });

    test('a percentage needs a rate, a fixed sum an amount, and neither takes the other', async () => {
      const faults = (...of: readonly [string, string][]) => ({
        code: 'input.invalid',
        details: { faults: of.map(([path, rule]) => ({ path, rule })) },
      });
      await refusal({ rateBp: null }).toMatchObject(faults(['rateBp', 'required']));
      await refusal({ component: 'per_job' }).toMatchObject(
        faults(['amount', 'required'], ['rateBp', 'notExpectedHere']),
      );
      await refusal({ amount: 500 }).toMatchObject(faults(['amount', 'notExpectedHere']));
      await refusal({ rateBp: -1 }).toMatchObject({ code: 'input.invalid' });
      await refusal({ capAmount: -1 }).toMatchObject({ code: 'input.invalid' });
      await refusal({ validTo: '2025-12-31' }).toMatchObject(faults(['validTo', 'beforeFrom']));
      await refusal({ validFrom: '2026-02-30' }).toMatchObject({ code: 'input.invalid' });
      expect(await station.count('commission_rules')).toBe(0);
    });

    test('a condition on what does not exist is refused by name', async () => {
      await refusal({ conditions: { employeeId: 'nobody', productCategory: '飞机' } }).toMatchObject({
        code: 'input.invalid',
        details: {
          faults: [
            { path: 'conditions.employeeId', rule: 'doesNotExist' },
            { path: 'conditions.productCategory', rule: 'doesNotExist' },
          ],
        },
      });
    });

    test('a code is used once, and only the holder of the right publishes', async () => {
      await station.run('payroll.saveRule', RULE, { as: 'accountant' });
      await refusal({}).toMatchObject({ code: 'pay-rule.code-taken', details: { code: 'L30' } });
      await refusal({ code: 'X' }, 'clerk').toMatchObject({ code: 'access.denied' });
      expect(await station.count('commission_rules')).toBe(1);
    });

    test('a double click publishes once', async () => {
      const as = await station.actorFor(['accountant']);
      const first = await station.run('payroll.saveRule', RULE, { as, commandId: 'once' });
      expect(await station.run('payroll.saveRule', RULE, { as, commandId: 'once' })).toEqual(first);
      expect(await station.count('commission_rules')).toBe(1);
    });

    test('a published rule never changes but for its last day, not even in the database', async () => {
      const { id } = await givenRule(station, { component: 'labour', rateBp: 3000 });
      const end = { id, version: 1, validTo: '2026-06-30' };
      await expect(station.run('payroll.endRule', end, { as: 'clerk' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      await expect(
        station.run('payroll.endRule', { ...end, validTo: '2025-12-31' }, { as: 'accountant' }),
      ).rejects.toMatchObject({ code: 'input.invalid' });
      await station.run('payroll.endRule', end, { as: 'accountant' });
      await expect(station.run('payroll.endRule', end, { as: 'accountant' })).rejects.toMatchObject({
        code: 'document.changed',
      });
      expect(await station.rows('SELECT valid_to, version FROM commission_rules')).toEqual([
        { validTo: '2026-06-30', version: 2 },
      ]);
      for (const text of ['UPDATE commission_rules SET rate_bp = 1', `UPDATE commission_rules SET when_grade = 'A'`])
        await expect(station.store.write((trx) => trx.run(text))).rejects.toThrow('locked');
    });
  });
});
