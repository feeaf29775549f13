import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '#tests/helpers/databases.ts';
import { givenIntake } from '#tests/helpers/given-work.ts';
import { openTestStation, type TestStation } from '#tests/helpers/station.ts';

/** What lists do alike on both databases, where these differ. */
describe.each(DIALECTS)('lists, on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('filters and order', () => {
    let station: TestStation;
    beforeAll(async () => {
      station = await openTestStation(dialect);
      const customer = { name: 'Ångström', phone: '13800000001' };
      await givenIntake(station, { symptom: '无', promisedAt: null, customer });
      await givenIntake(station, { symptom: '早', promisedAt: 1_000_000 });
      await givenIntake(station, { symptom: '晚', promisedAt: 2_000_000 });
    });
    afterAll(() => station.close());

    type Input = NonNullable<Parameters<typeof station.run<'workOrders.list'>>[1]>;
    const symptoms = async (input: Input) =>
      (await station.run('workOrders.list', input)).rows.map(({ symptom }) => symptom);

    test('what is empty comes last, whichever way the column is sorted', async () => {
      expect(await symptoms({ sort: [{ column: 'promisedAt', direction: 'asc' }] })).toEqual(['早', '晚', '无']);
      expect(await symptoms({ sort: [{ column: 'promisedAt', direction: 'desc' }] })).toEqual(['晚', '早', '无']);
    });

    test('a name is found as it is written, also beyond ASCII', async () => {
      for (const value of ['Ång', 'strö', 'STR'])
        expect(await symptoms({ filters: [{ column: 'customerName', op: 'contains', value }] })).toEqual(['无']);
    });

    test('a number is found by its digits', async () => {
      expect(await symptoms({ filters: [{ column: 'version', op: 'contains', value: '1' }] })).toHaveLength(3);
    });

    test.each([
      { column: 'promisedAt', op: 'from', value: 'yesterday' },
      { column: 'promisedAt', op: 'to', value: '2026-02-30' },
      { column: 'promisedAt', op: 'to', value: '9999-12-31' },
      { column: 'version', op: 'one-of', value: ['x'] },
      { column: 'version', op: 'equals', value: 1.5 },
      { column: 'symptom', op: 'contains', value: 'a\u0000b' },
    ] as const)('a filter that fits no value of its column is refused: $column $op', async ({ column, op, value }) => {
      const filter = { column, op, value: typeof value === 'object' ? [...value] : value };
      await expect(symptoms({ filters: [filter] })).rejects.toMatchObject({ code: 'input.invalid' });
    });
  });
});
