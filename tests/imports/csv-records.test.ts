import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvRecords, LONGEST, type CsvRecord } from '#reports/excel/csv-records.ts';

async function read(text: string, chunk = 7): Promise<CsvRecord[]> {
  async function* chunks() {
    for (let at = 0; at < text.length; at += chunk) yield text.slice(at, at + chunk);
  }
  const records: CsvRecord[] = [];
  for await (const some of csvRecords(chunks())) records.push(...some);
  return records;
}

const short = (records: readonly CsvRecord[]) =>
  records.map(({ line, values, fault }) =>
    fault ? `${line} ${fault.rule} ${values[0]}` : `${line} ${values.join('|')}`,
  );

test('each record knows the line it starts on, also behind a text of several lines', async () => {
  const text = 'id,text\n1,"two\nlines, and ""quoted"""\n\n2,plain\r\n3,\r4,"",\n';
  expect(short(await read(text))).toEqual(['1 id|text', '2 1|two\nlines, and "quoted"', '5 2|plain', '6 3|', '7 4||']);
});

test('a ragged row is named, and no other is lost', async () => {
  const records = await read('id,a,b\n1,x\n2,x,y\n3,x,y,z\n4,x,y,\n');
  expect(short(records)).toEqual(['1 id|a|b', '2 ragged 1', '3 2|x|y', '4 ragged 3', '5 4|x|y|']);
  expect(records[1]?.fault?.params).toEqual({ found: 2, expected: 3 });
});

test.each([
  [
    'the next row has no quotation marks',
    '1,"never closed,y\n2,x,y\n3,x,y\n',
    ['2 quoteNotClosed 1', '3 2|x|y', '4 3|x|y'],
  ],
  ['the next row has some', '1,"never closed,y\n2,"x","y"\n3,"",y\n', ['2 quoteNotClosed 1', '3 2|x|y', '4 3||y']],
  [
    'the next row has a text of two lines',
    '1,"open,y\n2,"x\nx",y\n3,x,y\n',
    ['2 quoteNotClosed 1', '3 2|x\nx|y', '5 3|x|y'],
  ],
  ['it is the last row', '1,x,y\n2,"open,y', ['2 1|x|y', '3 quoteNotClosed 2']],
  ['something stands behind the closing one', '1,"a"b,y\n2,x,y\n', ['2 quoteNotClosed 1', '3 2|x|y']],
])('a quotation mark never closed costs only its own row, when %s', async (_name, rows, expected) => {
  for (const chunk of [1, 5, 1000]) expect(short(await read(`id,a,b\n${rows}`, chunk)).slice(1)).toEqual(expected);
});

test('a ragged row with a text of several lines is one row', async () => {
  const text = 'id,a,b\n1,"one\ntwo\nthree"\n2,x,y\n';
  expect(short(await read(text)).slice(1)).toEqual(['2 ragged 1', '5 2|x|y']);
});

test('a quotation mark never closed is given up before all that follows is in memory', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `${i + 2},x,y`).join('\n');
  const records = await read(`id,a,b\n1,"open,y\n${rows}\n`, 65_536);
  expect(records.filter((record) => record.fault)).toHaveLength(1);
  expect(records).toHaveLength(20_002);
});

test('a line of megabytes is a row too long, and the next one is read', async () => {
  const records = await read(`id,a\n1,${'x'.repeat(LONGEST * 30)}\n2,y\n`, 65_536);
  expect(short(records)).toEqual(['1 id|a', '2 rowTooLong 1', '3 2|y']);
});

test('semicolons and tabs are understood, as is a comma at the end of every line', async () => {
  expect(short(await read('id;a\n1;x,y\n'))).toEqual(['1 id|a', '2 1|x,y']);
  expect(short(await read('id\ta\n1\tx\n'))).toEqual(['1 id|a', '2 1|x']);
  expect(short(await read('id,a,\n1,x,\n2,x\n'))).toEqual(['1 id|a|', '2 1|x|', '3 2|x']);
});

test('an empty file has no records', async () => {
  expect(await read('')).toEqual([]);
  expect(await read('\n\n')).toEqual([]);
});

test('whatever is written is read as another parser reads it', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', '中', '\r\n', ';'), maxLength: 8 });
  const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 0, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), async (rows, chunk) => {
      const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
      const text = ['"id","a","b"', ...rows.map((row) => row.map(quoted).join(','))].join('\n');
      const expected = parse(text)
        .map((row) => row.map((value) => value.replaceAll('\r\n', '\n')))
        .filter((row) => row.some((value) => value.trim() !== ''));
      expect((await read(text, chunk)).map((record) => record.values)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test('whatever is put into one line or taken out of it, all other rows are read', async () => {
  const cell = fc.oneof(
    fc.constantFrom('', 'a', '中文', '3" pipe', '""', '"a, b"', '"said ""no"""'),
    fc.string({ unit: fc.constantFrom('a', ' ', '-'), maxLength: 6 }),
  );
  const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 3, maxLength: 12 });
  const harm = fc.constantFrom('"', ',', '""', ',"', 'a');
  await fc.assert(
    fc.asyncProperty(rows, fc.nat(), fc.nat(), harm, fc.boolean(), async (rows, which, where, harm, isTaken) => {
      const lines = rows.map((row, i) => [`id${i}`, ...row].join(','));
      const bad = which % lines.length;
      const line = lines[bad]!;
      const at = where % line.length;
      const harmed = line.slice(0, at) + (isTaken ? '' : harm) + line.slice(isTaken ? at + 1 : at);
      const text = ['id,a,b,c', ...lines.with(bad, harmed)].join('\n');
      const ids = (await read(text)).filter((record) => !record.fault).map((record) => record.values[0]);
      expect(ids).toEqual(expect.arrayContaining(lines.map((_, i) => `id${i}`).toSpliced(bad, 1)));
    }),
    { numRuns: 1000 },
  );
});
