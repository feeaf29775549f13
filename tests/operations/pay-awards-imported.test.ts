import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenItem } from '../helpers/given-pay.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { workbookOf } from '../helpers/tables.ts';

const CSV = `工号,项目代码,金额,日期或月份,原因
T01,HEAT,300,2026-02,高温补贴
T02,HEAT,,2026/3/1,高温补贴
T01,LATE,"1,050.50",2026-03-14,"迟到, 两次"
`;
const DAY = 86_400_000;

describe.each(DIALECTS)('rewards and penalties from a table on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of a station', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      for (const [number, name] of [
        ['T01', '小明'],
        ['T02', '小红'],
      ] as const)
        await station.givenEmployee({ number, name, roles: ['technician'] });
      await givenItem(station, { code: 'HEAT', kind: 'reward', amount: 20_000 });
      await givenItem(station, { code: 'LATE', kind: 'penalty', amount: 5000 });
      await givenItem(station, { code: 'RATE', kind: 'penalty', rateBp: 1000 });
    });
    afterEach(() => station.close());

    const check = async (content: string | Buffer, name = '三月.csv') =>
      (
        await station.run(
          'payroll.checkAwards',
          { name, base64: Buffer.from(content).toString('base64') },
          { as: 'accountant' },
        )
      ).rows;
    async function importAll(content: string | Buffer, commandId?: string) {
      const rows = (await check(content)).map(({ line, employee, item, amount, givenOn, reason }) => {
        return { line, employee, item, amount, givenOn, reason };
      });
      const options = { as: 'accountant' as const, ...(commandId === undefined ? {} : { commandId }) };
      return station.run('payroll.importAwards', { source: '三月.csv', rows }, options);
    }
    const entries = () =>
      station.rows<{ number: string; kind: string; amount: number; earnedOn: string }>(
        `SELECT p.number, e.kind, e.amount, e.earned_on FROM pay_entries e JOIN people p ON p.id = e.employee_id ORDER BY e.id`,
      );

    test('each row is given to its person with its day, or the first of its month, and pays at once', async () => {
      expect(await importAll(CSV, 'c1')).toEqual({ imported: 3, unchanged: 0 });
      expect(await entries()).toEqual([
        { number: 'T01', kind: 'reward', amount: 30_000, earnedOn: '2026-02-01' },
        { number: 'T02', kind: 'reward', amount: 20_000, earnedOn: '2026-03-01' },
        { number: 'T01', kind: 'penalty', amount: -105_050, earnedOn: '2026-03-14' },
      ]);
      const { rows } = await station.run('payroll.listAwards', {}, { as: 'accountant' });
      expect(rows.map(({ source, reason, givenBy }) => [source, reason, givenBy])).toEqual([
        ['import', '迟到, 两次', 'accountant'],
        ['import', '高温补贴', 'accountant'],
        ['import', '高温补贴', 'accountant'],
      ]);
      expect(await importAll(CSV, 'c1')).toEqual({ imported: 3, unchanged: 0 });
      expect(await entries()).toHaveLength(3);
    });

    test('the same table once more gives nothing, and says of each row when and by whom it was imported; a row added to it is given', async () => {
      await importAll(CSV);
      const importedAt = station.clock.now;
      station.clock.now += DAY;
      const more = `${CSV}T02,LATE,10,2026-03-14,迟到\n`;
      const rows = await check(more);
      const before = { importedAt, givenBy: 'accountant', state: 'standing' };
      expect(rows.map((row) => row.before)).toEqual([
        ...Array.from({ length: 3 }, () => expect.objectContaining(before)),
        null,
      ]);
      expect(await importAll(CSV)).toEqual({ imported: 0, unchanged: 3 });
      expect(await importAll(more)).toEqual({ imported: 1, unchanged: 3 });
      expect((await entries()).map(({ amount }) => amount)).toEqual([30_000, 20_000, -105_050, -1000]);
    });

    test('what was imported and withdrawn is not given again by the same table', async () => {
      await importAll(CSV);
      const { rows } = await station.run('payroll.listAwards', {}, { as: 'accountant' });
      const { id = '', version = 0 } = rows.find(({ amount }) => amount === 30_000) ?? {};
      await station.run('payroll.withdrawAward', { id, version, reason: '算错' }, { as: 'accountant' });
      expect(await importAll(CSV)).toEqual({ imported: 0, unchanged: 3 });
    });

    test('the same from Excel, with figures and dates as cells', async () => {
      const content = await workbookOf([
        ['Employee number', 'Item code', 'Amount', 'Date or month', 'Reason'],
        ['T01', 'HEAT', 0.1 + 0.2, new Date('2026-03-10T00:00:00Z'), 'heat'],
        [],
        ['T02', 'LATE', 12, '2026-03', { richText: [{ text: 'la' }, { text: 'te' }] }],
      ]);
      expect(await importAll(content)).toEqual({ imported: 2, unchanged: 0 });
      expect((await entries()).map(({ amount, earnedOn }) => [amount, earnedOn])).toEqual([
        [30, '2026-03-10'],
        [-1200, '2026-03-01'],
      ]);
      expect((await check(content, 'x.xlsx')).map(({ line }) => line)).toEqual([2, 4]);
    });

    test('a CSV as Excel in China saves it, in GBK, says the same', async () => {
      const heat = Buffer.from('b8dfcec2', 'hex'); // 高温
      const content = Buffer.concat([Buffer.from('employee;item;amount;date;reason\r\nT01;HEAT;1;2026.3.9;'), heat]);
      expect(await check(content)).toMatchObject([{ reason: '高温', faults: [], award: { givenOn: '2026-03-09' } }]);
    });

    test('whatever is wrong is said of every row with its line, and nothing of the table is given', async () => {
      const faulty = `${CSV}T99,HEAT,1,2026-03-01,a
T01,NONE,1,2026-03-01,b
T01,HEAT,1.005,2026-03-01,c
T01,HEAT,-5,2026-03-01,d
T01,HEAT,five,2026-02-30,
T01,RATE,,2026-03-16,e
T01,HEAT,300.00,2026-02-01,高温补贴
T01,HEAT
`;
      const rows = await check(faulty);
      expect(rows.flatMap(({ line, faults }) => faults.map(({ path, rule }) => [line, path, rule]))).toEqual([
        [5, 'employee', 'noSuchEmployee'],
        [6, 'item', 'noSuchItem'],
        [7, 'amount', 'tooManyDecimals'],
        [8, 'amount', 'negative'],
        [9, 'amount', 'notANumber'],
        [9, 'givenOn', 'notADate'],
        [9, 'reason', 'required'],
        [10, 'amount', 'required'],
        [10, 'givenOn', 'inTheFuture'],
        [11, '', 'sameAsLine'],
        [12, '', 'ragged'],
      ]);
      expect(rows[9]?.faults[0]?.params).toEqual({ line: 2 });
      await expect(importAll(faulty)).rejects.toMatchObject({
        code: 'input.invalid',
        details: { faults: expect.arrayContaining([{ path: 'rows.3.employee', rule: 'noSuchEmployee' }]) },
      });
      expect([await entries(), await station.count('pay_awards')]).toEqual([[], 0]);
    });

    test('a table without one of its columns, or that is none, is refused by name', async () => {
      await expect(check('工号,金额\nT01,1\n')).rejects.toMatchObject({ code: 'file.wrong-format' });
      await expect(check('')).rejects.toMatchObject({ code: 'file.wrong-format' });
      await expect(check('PK\u0003\u0004 no workbook', 'x.xlsx')).rejects.toMatchObject({ code: 'file.unreadable' });
      const long = `employee,item,amount,date,reason\n${'T01,HEAT,1,2026-03,x\n'.repeat(5001)}`;
      await expect(check(long)).rejects.toMatchObject({ details: { faults: [{ rule: 'tooMany' }] } });
    });

    test('a clerk neither checks nor imports', async () => {
      const rows = [{ line: 2, employee: 'T01', item: 'HEAT', amount: '1', givenOn: '2026-03', reason: 'x' }];
      const importing = station.run('payroll.importAwards', { source: 'x', rows }, { as: 'clerk' });
      await expect(importing).rejects.toMatchObject({ code: 'access.denied' });
      expect(await station.count('pay_awards')).toBe(0);
    });
  });
});
