import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import excel from 'exceljs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf } from '#operations/index.ts';
import { textCell } from '#reports/excel/csv.ts';
import { writeReport, type ExportOptions } from '#reports/excel/export.ts';
import { decimalText } from '#domain/money.ts';
import { wallClock } from '#reports/excel/figures.ts';
import { findReport } from '#reports/index.ts';
import { Writable } from 'node:stream';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { shownByLibreOffice } from '../helpers/libreoffice.ts';
import { openTestStation, temporaryFolder, type TestStation } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';
import { givenOrder, givenPart } from './given.ts';

type Asked = Omit<InputOf<'reports.export'>, 'format' | 'language'>;

async function workbookOf(station: TestStation, asked: Asked, language: 'zh-CN' | 'en' = 'en') {
  const file = await station.run('reports.export', { ...asked, format: 'xlsx', language }, { as: 'manager' });
  const content = Buffer.from(file.base64, 'base64');
  const workbook = new excel.Workbook();
  await workbook.xlsx.load(content as unknown as ArrayBuffer);
  const [sheet, about] = workbook.worksheets;
  return { file, content, sheet: sheet!, about: about! };
}

async function csvOf(station: TestStation, asked: Asked, language: 'zh-CN' | 'en' = 'en') {
  const { base64 } = await station.run('reports.export', { ...asked, format: 'csv', language }, { as: 'manager' });
  const text = Buffer.from(base64, 'base64').toString('utf8');
  return { text, lines: parse(text, { bom: true }) };
}

/** Orders whose texts and figures are awkward. */
async function givenOrders(station: TestStation): Promise<void> {
  await givenPart(station, 'P1');
  const materials = [{ part: 'P1', quantity: 1500, price: 333, cost: 200 }];
  await givenOrder(station, { number: 'WO-1', symptom: '=1+1', labour: [12_345], materials, discount: 5 });
  await givenOrder(station, { number: 'WO-2', symptom: 'says "no", then\nstops', labour: [10, 20] });
  await givenOrder(station, {
    number: 'WO-3',
    symptom: '-5 °C',
    values: { promisedAt: Date.parse('2026-03-15T16:30:00Z') },
  });
}

describe.each(DIALECTS)('exports on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of work orders', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      await givenOrders(station);
    });
    afterEach(() => station.close());

    test('screen, CSV and Excel have the same rows and totals', async () => {
      const screen = await station.run('reports.run', { id: 'work-orders' }, { as: 'manager' });
      const { sheet } = await workbookOf(station, { id: 'work-orders' });
      const { lines } = await csvOf(station, { id: 'work-orders' });
      const headings = lines[0]!;
      expect(sheet.getRow(1).values).toEqual([undefined, ...headings]);
      expect(lines).toHaveLength(screen.total + 2);
      expect(sheet.rowCount).toBe(screen.total + 2);

      for (const [key, heading] of Object.entries({ labour: 'Labour', parts: 'Parts', discount: 'Discount' })) {
        const column = headings.indexOf(heading);
        const total = screen.totals[key]! / 100;
        expect(Number(lines.at(-1)![column])).toBe(total);
        const cell = sheet.getRow(screen.total + 2).getCell(column + 1);
        expect(cell.result).toBe(total);
        expect(cell.numFmt).toBe('#,##0.00');
        expect(cell.font.bold).toBe(true);
        expect(cell.formula).toBe(
          `SUBTOTAL(9,${cell.address.replace(/\d+/, '2')}:${cell.address.replace(/\d+/, '4')})`,
        );
      }
      const numbers = screen.rows.map(({ number }) => number);
      expect(lines.slice(1, -1).map(([number]) => number)).toEqual(numbers);
      expect(sheet.getColumn(1).values.slice(2)).toEqual([...numbers, 'Total']);
    });

    test('cells have types: money with two decimals, instants on the clock of the station, codes in words', async () => {
      const { sheet } = await workbookOf(station, { id: 'work-orders' }, 'zh-CN');
      const headings = sheet.getRow(1).values as string[];
      const cell = (row: number, heading: string) => sheet.getRow(row).getCell(headings.indexOf(heading));

      expect(cell(4, '工费')).toMatchObject({ value: 123.45, numFmt: '#,##0.00' });
      expect(cell(2, '承诺时间')).toMatchObject({
        value: new Date('2026-03-16T00:30:00Z'),
        numFmt: 'yyyy-mm-dd hh:mm',
      });
      expect(cell(2, '登记时间').value).toEqual(new Date('2026-03-10T10:00:00Z'));
      expect(cell(2, '生产年份')).toMatchObject({ value: 2015, numFmt: '0' });
      expect(cell(2, '状态').value).toBe('已登记');
      expect(cell(4, '故障现象').value).toBe('=1+1');
      expect(cell(4, '故障现象').type).toBe(excel.ValueType.String);
    });

    test('the heading stays in view and filters, and a second sheet says what the file is', async () => {
      const { sheet, about, file } = await workbookOf(station, {
        id: 'work-orders',
        params: { from: '2026-03-01', state: 'registered' },
      });
      expect(file.name).toBe('Work orders 2026-03-15.xlsx');
      expect(sheet.views).toMatchObject([{ state: 'frozen', ySplit: 1 }]);
      expect(sheet.autoFilter).toBe('A1:AQ4');
      const facts = Object.fromEntries(
        about
          .getSheetValues()
          .slice(1)
          .map((row) => (row as unknown[]).slice(1)),
      );
      expect(facts).toMatchObject({
        Report: 'Work orders',
        From: '2026-03-01',
        To: 'Any',
        State: 'Registered',
        Rows: 3,
        'Made by': 'manager',
      });
      expect(facts['Made at']).toEqual(new Date('2026-03-15T09:00:00Z'));
    });

    test('CSV survives quotes, commas and line breaks, and holds no formula', async () => {
      const { text, lines } = await csvOf(station, { id: 'work-orders' });
      const symptom = lines[0]!.indexOf('Symptom');
      expect(text.startsWith('\uFEFFWork order,State,')).toBe(true);
      expect(text.endsWith('\r\n')).toBe(true);
      expect(lines.slice(1, -1).map((line) => line[symptom])).toEqual([`'-5 °C`, 'says "no", then\nstops', `'=1+1`]);
    });

    test('filters and order of the reader hold for the file, too', async () => {
      const asked: Asked = {
        id: 'work-orders',
        filters: [{ column: 'labour', op: 'from', value: 1 }],
        sort: [{ column: 'labour', direction: 'asc' }],
      };
      const { lines } = await csvOf(station, asked);
      expect(lines.slice(1).map(([first]) => first)).toEqual(['WO-2', 'WO-1', 'Total']);
    });

    test('a report without rows is a heading and totals of nothing', async () => {
      const { sheet } = await workbookOf(station, { id: 'stock-on-hand' });
      expect(sheet.rowCount).toBe(2);
      expect(sheet.getRow(2).values).toEqual([undefined, 'Total', undefined, undefined, undefined, 0, undefined, 0]);
    });

    test.skipIf(isMissing('libreoffice'))('LibreOffice opens the file and shows the totals of the screen', async () => {
      const { content } = await workbookOf(station, { id: 'work-orders' });
      const screen = await station.run('reports.run', { id: 'work-orders' }, { as: 'manager' });
      const lines = throughLibreOffice(content);
      const labour = lines[0]!.indexOf('Labour');
      expect(lines).toHaveLength(screen.total + 2);
      expect(lines.at(-1)![labour]).toBe(decimalText(screen.totals['labour']!, 2));
      expect(lines.at(-1)![lines[0]!.indexOf('Parts')]).toBe(decimalText(screen.totals['parts']!, 2));
      expect(lines[1]![lines[0]!.indexOf('Promised for')]).toBe('2026-03-16 00:30');
    });

    test('a long export is told of and can be stopped', async () => {
      const report = findReport('work-orders')!;
      const stop = new AbortController();
      const seen: [number, number][] = [];
      const options: ExportOptions = {
        format: 'xlsx',
        language: 'en',
        madeAt: 0,
        madeBy: '',
        signal: stop.signal,
        onProgress: (written, total) => {
          seen.push([written, total]);
          stop.abort(new Error('stopped'));
        },
      };
      const request = { report, params: {}, context: { station: station.station, today: '2026-03-15' } };
      const nowhere = new Writable({ write: (_part, _encoding, done) => done() });
      await expect(station.store.read((sql) => writeReport(sql, request, options, nowhere))).rejects.toThrow('stopped');
      expect(seen).toEqual([[3, 3]]);
      expect(await station.count('work_orders')).toBe(3);
    });
  });
});

function throughLibreOffice(content: Buffer): string[][] {
  const folder = temporaryFolder();
  try {
    const file = path.join(folder.path, 'report.xlsx');
    writeFileSync(file, content);
    return shownByLibreOffice(file);
  } finally {
    folder.remove();
  }
}

test.each([
  ['=cmd()', `'=cmd()`],
  ['+86 138', `'+86 138`],
  ['@here', `'@here`],
  ['-', `'-`],
  ['a=b', 'a=b'],
  ['"', '""""'],
])('the text %s is written as %s', (text, written) => {
  expect(textCell(text)).toBe(written);
});

test.each([
  [-5, 2, '-0.05'],
  [123_400, 2, '1234.00'],
  [7, 0, '7'],
  [1500, 3, '1.500'],
])('%i with %i decimals is %s', (value, decimals, text) => {
  expect(decimalText(value, decimals)).toBe(text);
});

test('an instant is shown as the clock of the station shows it, in summer and in winter', () => {
  const clock = wallClock('Europe/London');
  const shown = (at: string) => new Date(clock(Date.parse(at))).toISOString().slice(0, 16);
  expect(shown('2026-07-01T12:07:30Z')).toBe('2026-07-01T13:07');
  expect(shown('2026-12-01T12:07:30Z')).toBe('2026-12-01T12:07');
  expect(shown('2026-03-29T00:59:00Z')).toBe('2026-03-29T00:59');
  expect(shown('2026-03-29T01:00:00Z')).toBe('2026-03-29T02:00');
});
