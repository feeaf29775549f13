import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf } from '#operations/index.ts';
import { reports } from '#reports/index.ts';
import { en } from '#renderer/text/en.ts';
import { isTextKey } from '#renderer/text/index.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenMove, givenOrder, givenPart, givenPayslip } from './given.ts';

const MARCH = { from: '2026-03-01', to: '2026-03-31' };

describe.each(DIALECTS)('reports on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('run', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
    });
    afterEach(() => station.close());

    async function run(id: string, asked: Partial<InputOf<'reports.run'>> = {}) {
      const { rows, ...sums } = await station.run('reports.run', { id, ...asked }, { as: 'manager' });
      return { rows: rows.map(({ place: _, ...row }) => row), ...sums };
    }

    test('work orders are counted by category and outcome, whatever their state', async () => {
      await givenOrder(station, { category: 'Kettle', states: ['registered', 'closed'] });
      await givenOrder(station, { category: 'Kettle', states: ['registered', 'closed'] });
      await givenOrder(station, { category: 'Kettle', states: ['registered', 'waiting-for-parts'] });
      await givenOrder(station, { category: 'Lamp', states: ['registered', 'unrepairable'] });
      await givenOrder(station, { category: 'Lamp', states: ['registered'] });
      await givenOrder(station, { category: 'Lamp', states: ['registered', 'cancelled'] });

      const { rows, total, totals } = await run('work-orders-by-category-and-outcome');
      expect(rows).toEqual([
        { category: 'Kettle', outcome: 'Fixed', count: 2 },
        { category: 'Kettle', outcome: 'Repairable', count: 1 },
        { category: 'Lamp', outcome: 'Cancelled', count: 1 },
        { category: 'Lamp', outcome: 'End of life', count: 1 },
        { category: 'Lamp', outcome: 'Unknown', count: 1 },
      ]);
      expect({ total, totals }).toEqual({ total: 5, totals: { count: 6 } });
    });

    test('work given up stays end of life when it is audited, settled and closed', async () => {
      const given = ['registered', 'in-progress', 'unrepairable', 'audited', 'settled', 'closed'] as const;
      await givenOrder(station, { category: 'A', states: given });
      await givenOrder(station, {
        category: 'B',
        states: ['in-progress', 'unrepairable', 'in-progress', 'done', 'audited'],
      });
      await givenOrder(station, { category: 'C', states: ['done', 'in-progress', 'unrepairable', 'audited'] });
      await givenOrder(station, { category: 'D', states: ['unrepairable', 'audited', 'unrepairable', 'in-progress'] });

      const { rows } = await run('work-orders-by-category-and-outcome');
      expect(rows.map(({ outcome }) => outcome)).toEqual(['End of life', 'Fixed', 'End of life', 'Unknown']);
    });

    test('a period has its first and its last day', async () => {
      for (const receivedOn of ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'])
        await givenOrder(station, { receivedOn });

      expect((await run('work-orders', { params: MARCH })).total).toBe(2);
      expect((await run('work-orders', { params: { from: '2026-03-31' } })).total).toBe(2);
      expect((await run('work-orders')).total).toBe(4);
    });

    test('work orders show fees, parts and totals over all pages', async () => {
      const technician = await station.givenEmployee({ number: 'T1', name: '张师傅' });
      await givenPart(station, 'P1');
      const materials = [
        { part: 'P1', quantity: 1500, price: 333, cost: 200 },
        { part: 'P1', quantity: 1000, price: 900, cost: 300, charge: 'warranty' },
      ] as const;
      const values = { technicianId: technician };
      await givenOrder(station, {
        number: 'WO-1',
        labour: [8000, 2000],
        materials,
        travelFee: 500,
        discount: 100,
        values,
      });
      await givenOrder(station, { number: 'WO-2', labour: [100] });

      const { rows, total, totals } = await run('work-orders', { limit: 1, offset: 1 });
      expect(rows).toMatchObject([
        {
          number: 'WO-1',
          technician: '张师傅',
          labour: 10_000,
          parts: 500,
          partsCost: 500,
          travel: 500,
          madeYear: 2015,
        },
      ]);
      expect(Object.keys(rows[0] ?? {})).toHaveLength(43);
      expect(total).toBe(2);
      expect(totals).toMatchObject({
        labour: 10_100,
        parts: 500,
        partsCost: 500,
        travel: 500,
        discount: 100,
        received: 0,
      });
      expect((await run('work-orders', { params: { technician: 'T1' } })).total).toBe(1);
    });

    test('a reader filters and sorts by any column, and count and totals follow', async () => {
      for (const fee of [100, 300, 200]) await givenOrder(station, { labour: [fee], symptom: `费${fee}` });

      const { rows, total, totals } = await run('work-orders', {
        filters: [{ column: 'labour', op: 'from', value: 200 }],
        sort: [{ column: 'labour', direction: 'desc' }],
      });
      expect(rows.map(({ labour }) => labour)).toEqual([300, 200]);
      expect({ total, labour: totals['labour'] }).toEqual({ total: 2, labour: 500 });
    });

    test('labour and parts of an order are divided among its technicians to the fen', async () => {
      const [a, b, c] = await Promise.all(
        ['T1', 'T2', 'T3'].map((number) => station.givenEmployee({ number, name: number })),
      );
      await givenPart(station, 'P1');
      const shares = { [a!]: 3333, [b!]: 3333, [c!]: 3334 };
      const materials = [{ part: 'P1', quantity: 1000, price: 2, cost: 1 }];
      await givenOrder(station, { completedOn: '2026-03-10', hours: 3, labour: [100], materials, shares });
      await givenOrder(station, { completedOn: '2026-03-10', hours: 2, labour: [5000], shares: { [a!]: 10_000 } });
      await givenOrder(station, { labour: [7777], shares: { [a!]: 10_000 } });

      const { rows, totals } = await run('repairs-by-technician', { params: MARCH });
      expect(rows).toEqual([
        { employeeNumber: 'T1', employee: 'T1', orders: 2, labour: 5033, parts: 1, averageHours: 2500 },
        { employeeNumber: 'T2', employee: 'T2', orders: 1, labour: 33, parts: 0, averageHours: 3000 },
        { employeeNumber: 'T3', employee: 'T3', orders: 1, labour: 34, parts: 1, averageHours: 3000 },
      ]);
      expect(totals).toEqual({ labour: 5100, parts: 2 });
    });

    test('parts used are what repairs drew less what came back, at cost', async () => {
      await givenPart(station, 'P1');
      await givenPart(station, 'P2');
      const first = await givenOrder(station, { materials: [{ part: 'P1', quantity: 2000, price: 900, cost: 1001 }] });
      const second = await givenOrder(station, { materials: [{ part: 'P1', quantity: 500, price: 900, cost: 250 }] });
      await givenMove(station, 'P1', 1000, 501, { workOrderId: first });
      await givenMove(station, 'P1', 500, 250, { workOrderId: second });
      await givenMove(station, 'P1', -9000, -9000);
      await givenMove(station, 'P2', -1000, -70, { workOrderId: first, movedOn: '2026-04-01' });

      const { rows, totals } = await run('parts-used', { params: MARCH });
      expect(rows).toEqual([{ partNumber: 'P1', part: '配件P1', measure: '个', orders: 1, quantity: 1000, cost: 500 }]);
      expect(totals).toEqual({ quantity: 1000, cost: 500 });
      expect((await run('parts-used', { params: { warehouse: 'A' } })).totals).toEqual({ quantity: 2000, cost: 570 });
    });

    test('stock on hand is valued at its average cost', async () => {
      await givenPart(station, 'P1', 3000, 1000);
      await givenPart(station, 'P2', 1500, 333);
      await givenPart(station, 'P3');

      const { rows, totals } = await run('stock-on-hand');
      expect(rows).toMatchObject([
        { warehouse: '主仓', partNumber: 'P1', quantity: 3000, averageCost: 333, stockValue: 1000, salePrice: 5000 },
        { partNumber: 'P2', quantity: 1500, averageCost: 222, stockValue: 333 },
      ]);
      expect(totals).toEqual({ quantity: 4500, stockValue: 1333 });
    });

    test('the pay sheet has one line for each person and period', async () => {
      const employee = await station.givenEmployee({ number: 'T1', name: '张师傅' });
      await givenPayslip(station, { fromOn: '2026-02-01', toOn: '2026-02-28' }, employee, {
        basePay: 1,
        commission: 1,
      });
      await givenPayslip(station, { fromOn: '2026-03-01', toOn: '2026-03-31' }, employee, {
        basePay: 300_000,
        commission: -500,
      });

      const { rows, totals } = await run('pay-sheet', { params: MARCH });
      expect(rows).toMatchObject([
        { periodFrom: '2026-03-01', employeeNumber: 'T1', basePay: 300_000, commission: -500, netPay: 299_500 },
      ]);
      expect(totals).toMatchObject({ basePay: 300_000, commission: -500, deductions: 0, netPay: 299_500 });
      expect((await run('pay-sheet')).total).toBe(2);
    });

    test('a report with nothing in it has totals of nothing', async () => {
      for (const { id } of reports) {
        const { rows, total, totals } = await run(id);
        expect({ id, rows, total }).toEqual({ id, rows: [], total: 0 });
        expect(Object.values(totals).every((sum) => sum === 0)).toBe(true);
      }
    });

    test.each([
      ['an unknown report', { id: 'nothing' }, 'not-found', undefined],
      [
        'an unknown parameter',
        { id: 'work-orders', params: { colour: 'red' } },
        'input.invalid',
        { path: 'params.colour', rule: 'unknownField' },
      ],
      [
        'a date that does not exist',
        { id: 'work-orders', params: { from: '2026-02-30' } },
        'input.invalid',
        { path: 'params.from', rule: 'notADate' },
      ],
      [
        'an end before the beginning',
        { id: 'work-orders', params: { from: '2026-03-02', to: '2026-03-01' } },
        'input.invalid',
        { path: 'params.to', rule: 'tooSmall', params: { min: '2026-03-02' } },
      ],
      [
        'a state that does not exist',
        { id: 'work-orders', params: { state: 'asleep' } },
        'input.invalid',
        { path: 'params.state', rule: 'notAllowed' },
      ],
      [
        'a warehouse that does not exist',
        { id: 'stock-on-hand', params: { warehouse: 'Z' } },
        'input.invalid',
        { path: 'params.warehouse', rule: 'notAllowed' },
      ],
      [
        'a filter on an unknown column',
        { id: 'stock-on-hand', filters: [{ column: 'x', op: 'empty' }] },
        'input.invalid',
        { path: 'filters.0.column', rule: 'unknownField', params: { field: 'x' } },
      ],
    ] as const)('%s is refused by name', async (_what, input, code, fault) => {
      const asked = structuredClone(input) as unknown as InputOf<'reports.run'>;
      await expect(station.run('reports.run', asked, { as: 'manager' })).rejects.toMatchObject({
        code,
        details: fault ? { faults: [fault] } : { entity: 'report' },
      });
    });
  });
});

describe('the right to a report', () => {
  let station: TestStation;
  beforeEach(async () => {
    station = await openTestStation();
  });
  afterEach(() => station.close());

  const idsFor = async (role: 'clerk' | 'keeper' | 'accountant' | 'technician') =>
    (await station.run('reports.list', {}, { as: role })).reports.map(({ id }) => id);

  test('everyone is offered the reports he may see and no other', async () => {
    expect(await idsFor('clerk')).toEqual([
      'work-orders',
      'work-orders-by-category-and-outcome',
      'repairs-by-technician',
    ]);
    expect(await idsFor('keeper')).toEqual([
      'parts-used',
      'stock-on-hand',
      'purchases-by-supplier-and-month',
      'price-history',
    ]);
    expect(await idsFor('accountant')).toHaveLength(reports.length);
    expect(await idsFor('technician')).toEqual([]);
  });

  test('a clerk who asks for the pay sheet is refused, on the screen and as a file', async () => {
    const refusal = { code: 'access.denied', details: { right: 'reports.payroll' } };
    await expect(station.run('reports.run', { id: 'pay-sheet' }, { as: 'clerk' })).rejects.toMatchObject(refusal);
    const asked = { id: 'pay-sheet', format: 'xlsx', language: 'en' } as const;
    await expect(station.run('reports.export', asked, { as: 'clerk' })).rejects.toMatchObject(refusal);
  });

  test('a form learns what to ask: dates with the current month, codes with their texts, names from the data', async () => {
    await station.givenEmployee({ number: 'T1', name: '张师傅' });
    const { reports } = await station.run('reports.list', {}, { as: 'clerk' });
    expect(reports[0]?.params).toMatchObject([
      { name: 'from', type: 'date', initially: 'first-of-month' },
      { name: 'to', type: 'date', initially: 'last-of-month' },
      { name: 'state', type: 'choice', texts: 'workOrderStates' },
      { name: 'outcome', type: 'choice', values: ['Fixed', 'Repairable', 'End of life', 'Unknown', 'Cancelled'] },
      { name: 'technician', type: 'choice', choices: expect.arrayContaining([{ value: 'T1', label: '张师傅' }]) },
    ]);
  });
});

test('every report has its texts', () => {
  const keys = reports.flatMap(({ id, columns, params }) => [
    `reports.titles.${id}`,
    `reports.descriptions.${id}`,
    ...columns.map(({ key }) => `reports.columns.${key}`),
    ...Object.keys(params.shape).map((name) => `reports.params.${name}`),
  ]);
  expect(keys.filter((key) => !isTextKey(key))).toEqual([]);
  const sections = reports.flatMap(({ columns }) => columns.flatMap(({ texts }) => texts ?? []));
  const at = (path: string) =>
    path.split('.').reduce<unknown>((tree, step) => (tree as Record<string, unknown>)?.[step], en);
  expect(sections.filter((path) => typeof at(path) !== 'object')).toEqual([]);
});
