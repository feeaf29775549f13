import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { importOpenRepair, openRepairFile, type ImportProgress } from '#server/import/open-repair.ts';
import { refusedRowsFile } from '#server/import/refused-rows.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation, temporaryFolder, type TestStation } from '../helpers/station.ts';
import { gbkBytes } from './lib/gbk.ts';

const HEADING =
  'id,data_provider,country,partner_product_category,product_category,product_category_id,brand,year_of_manufacture,product_age,repair_status,repair_barrier_if_end_of_life,group_identifier,event_date,problem';

/** A line of the format; what is not given is as in a good row. */
function line(
  id: string,
  values: Partial<Record<'kind' | 'brand' | 'year' | 'status' | 'barrier' | 'group' | 'on' | 'problem', string>> = {},
) {
  const { kind = 'Electrical ~ Iron', brand = 'Philips', year = '', status = 'Fixed', barrier = '' } = values;
  const { group = 'Cardiff Cathays', on = '2017-04-01', problem = 'Does not heat' } = values;
  return `${id},Repair Cafe Wales,GBR,${kind},Iron,40,${brand},${year},"",${status},${barrier},${group},${on},${problem}`;
}

const fileOf = (...lines: readonly string[]) => `${[HEADING, ...lines].join('\n')}\n`;

describe.each(DIALECTS)('Open Repair files on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('imported', () => {
    let station: TestStation;
    let folder: ReturnType<typeof temporaryFolder>;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      folder = temporaryFolder();
    });
    afterEach(async () => {
      await station.close();
      folder.remove();
    });

    const filename = () => path.join(folder.path, 'repairs.csv');

    /** Imports what the file holds; with the refused rows as they are written beside it. */
    async function imported(content: string | Uint8Array, language: Language = 'en') {
      writeFileSync(filename(), content);
      const refusedRows = await refusedRowsFile(filename(), folder.path, createTranslator(language));
      const progress: ImportProgress[] = [];
      const counts = await importOpenRepair({
        environment: station.env,
        actor: COMMAND_LINE,
        file: await openRepairFile(filename()),
        refusedRows,
        onProgress: (its) => progress.push(its),
        signal: new AbortController().signal,
      });
      await refusedRows.close();
      const place = refusedRows.place();
      const refused = place === undefined ? [] : parse(readFileSync(place), { bom: true }).slice(1);
      return { ...counts, refusedRows: refused, progress };
    }

    test('a row becomes a device without a customer, and a carry-in work order of its day from the group', async () => {
      const row = line('rcwales_3', { year: '1998', status: 'End of life', barrier: 'Spare parts too expensive' });
      expect(await imported(fileOf(row))).toMatchObject({ read: 1, imported: 1, unchanged: 0, refused: 0 });

      expect(
        await station.rows(
          `SELECT o.number, o.mode, o.channel, o.symptom, o.state, o.state_reason, o.received_on, o.received_at, o.customer_id,
             o.origin_key, o.completed_on, d.category, d.brand, d.made_year, d.note, d.customer_id AS owner_id, s.name, s.kind
           FROM work_orders o JOIN devices d ON d.id = o.device_id JOIN stores s ON s.id = o.store_id`,
        ),
      ).toEqual([
        {
          number: 'WO-SH01-170401-0001',
          mode: 'carry-in',
          channel: 'counter',
          symptom: 'Does not heat',
          state: 'unrepairable',
          stateReason: 'Spare parts too expensive',
          receivedOn: '2017-04-01',
          receivedAt: Date.parse('2017-04-01T00:00+08:00'),
          customerId: null,
          originKey: 'open-repair:rcwales_3',
          completedOn: '2017-04-01',
          category: 'Iron',
          brand: 'Philips',
          madeYear: 1998,
          note: 'Electrical ~ Iron',
          ownerId: null,
          name: 'Cardiff Cathays',
          kind: 'community',
        },
      ]);
    });

    test.each([
      ['Fixed', 'closed', ['registered', 'closed']],
      ['Repairable', 'waiting-for-parts', ['registered', 'waiting-for-parts']],
      ['End of life', 'unrepairable', ['registered', 'unrepairable']],
      ['Unknown', 'registered', ['registered']],
    ])('%s stands as %s, with its history', async (status, state, steps) => {
      await imported(fileOf(line('a_1', { status, barrier: 'Too worn out' })));
      expect(await station.rows('SELECT state, state_reason FROM work_orders')).toEqual([
        { state, stateReason: state === 'unrepairable' ? 'Too worn out' : '' },
      ]);
      const history = await station.rows<{ toState: string }>('SELECT to_state FROM work_order_states ORDER BY step');
      expect(history.map((step) => step.toState)).toEqual(steps);
    });

    test('numbers count the orders of each day, and the counter goes on after them', async () => {
      const days = ['2017-04-02', '2017-04-01', '2017-04-02'];
      await imported(fileOf(...days.map((on, i) => line(`a_${i}`, { on }))));
      await imported(fileOf(line('a_9', { on: '2017-04-02' })));
      const numbers = await station.rows<{ number: string }>('SELECT number FROM work_orders ORDER BY origin_key');
      expect(numbers.map((order) => order.number)).toEqual([
        'WO-SH01-170402-0001',
        'WO-SH01-170401-0001',
        'WO-SH01-170402-0002',
        'WO-SH01-170402-0003',
      ]);
    });

    test('what is unknown is left empty, and where no words were kept the partner’s category stands for them', async () => {
      await imported(fileOf(line('a_1', { brand: 'Unknown', year: '????', problem: '""', group: '' })));
      expect(
        await station.rows(
          'SELECT o.symptom, o.store_id, d.brand, d.made_year FROM work_orders o JOIN devices d ON d.id = o.device_id',
        ),
      ).toEqual([{ symptom: 'Electrical ~ Iron', storeId: null, brand: '', madeYear: null }]);
    });

    test('run twice, nothing changes; an id that comes twice is imported once', async () => {
      const rows = [line('a_1'), line('a_2'), line('a_1', { problem: 'Again' })];
      expect(await imported(fileOf(...rows))).toMatchObject({ read: 3, imported: 2, unchanged: 1, refused: 0 });
      expect(await imported(fileOf(...rows))).toMatchObject({ read: 3, imported: 0, unchanged: 3, refused: 0 });
      expect(await imported(fileOf(...rows, line('a_3')))).toMatchObject({ read: 4, imported: 1, unchanged: 3 });
      for (const table of ['work_orders', 'devices']) expect(await station.count(table)).toBe(3);
      expect(await station.count('stores')).toBe(1);
    });

    test.each([
      [
        'a date that does not exist',
        line('bad', { on: '2025-02-30' }),
        'event_date “2025-02-30” is not a date that exists',
      ],
      [
        'a date of another form',
        line('bad', { on: '01/02/2025' }),
        'event_date “01/02/2025” is not a date that exists',
      ],
      ['no date', line('bad', { on: '' }), 'event_date is not a date that exists'],
      ['an unknown status', line('bad', { status: 'Mended' }), 'repair_status “Mended” is not one of the choices'],
      ['no id', line('', {}), 'id is required'],
      [
        'a year that is no year',
        line('bad', { year: '19x8' }),
        'year_of_manufacture “19x8” is not a year in which it can have been made',
      ],
      [
        'a year after the repair',
        line('bad', { year: '2042' }),
        'year_of_manufacture “2042” is not a year in which it can have been made',
      ],
      [
        'a text too long',
        line('bad', { problem: 'x'.repeat(4001) }),
        `problem “${'x'.repeat(60)}…” may have at most 4000 characters`,
      ],
      ['a value too few', line('bad').replace(',40,', ','), 'The row has 13 values where the heading has 14'],
      [
        'a comma without quotation marks',
        line('bad', { problem: 'one, two' }),
        'The row has 15 values where the heading has 14',
      ],
      [
        'a quotation mark never closed',
        line('bad', { problem: '"open' }),
        'The row has a quotation mark that is not closed, or text behind it',
      ],
      [
        'a zero character',
        line('bad', { problem: 'a\0b' }),
        'problem “a\0b” has control characters that cannot be kept',
      ],
    ])(
      'a row with %s is reported with its line and reason, and the others are imported',
      async (_name, bad, reason) => {
        const rows = [
          line('a_1', { problem: '"two\nlines"' }),
          bad,
          line('a_2'),
          line('a_3', { problem: '"a, ""b"""' }),
        ];
        const result = await imported(fileOf(...rows));

        expect(result).toMatchObject({ read: 4, imported: 3, refused: 1 });
        expect(result.refusedRows).toEqual([['4', bad === line('') ? '' : 'bad', reason]]);
        const keys = await station.rows<{ originKey: string }>(
          'SELECT origin_key FROM work_orders ORDER BY origin_key',
        );
        expect(keys.map((order) => order.originKey)).toEqual(['open-repair:a_1', 'open-repair:a_2', 'open-repair:a_3']);
      },
    );

    test('several faults of a row stand together, in the language of the user', async () => {
      const { refusedRows } = await imported(fileOf(line('坏', { on: '2025-02-30', status: '好' })), 'zh-CN');
      expect(refusedRows).toEqual([
        ['2', '坏', 'repair_status“好”：不在可选范围内; event_date“2025-02-30”：没有这一天'],
      ]);
    });

    test('the file of refused rows is of the last import only, and there is none without them', async () => {
      const beside = () => readdirSync(folder.path).filter((name) => name !== 'repairs.csv');
      await imported(fileOf(line('bad', { status: '?' }), line('worse', { status: '?' })));
      expect(beside()).toEqual(['repairs.csv.refused.csv']);
      expect((await imported(fileOf(line('=1+1', { status: '?' })))).refusedRows.map((row) => row[1])).toEqual([
        "'=1+1",
      ]);
      await imported(fileOf(line('a_1')));
      expect(beside()).toEqual([]);
    });

    test.skipIf(process.getuid?.() === 0)(
      'beside a file in a folder without leave to write, they go to the data folder',
      async () => {
        const locked = path.join(folder.path, 'locked');
        mkdirSync(locked);
        const name = path.join(locked, 'repairs.csv');
        writeFileSync(name, fileOf(line('bad', { status: '?' })));
        chmodSync(locked, 0o500);
        const rows = await refusedRowsFile(name, folder.path, createTranslator('en'));
        await rows.add([{ line: 2, id: 'bad', faults: [] }]);
        await rows.close();
        expect(rows.place()).toBe(path.join(folder.path, 'repairs.csv.refused.csv'));
        chmodSync(locked, 0o700);
      },
    );

    const CHINESE = fileOf(line('a_1', { group: '上海修理咖啡馆', problem: '不制冷，外机响' }), line('a_2'));
    test.each([
      ['UTF-8', Buffer.from(CHINESE)],
      ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${CHINESE}`)],
      ['UTF-16 little endian', Buffer.from(`\uFEFF${CHINESE}`, 'utf16le')],
      ['UTF-16 big endian', Buffer.from(`\uFEFF${CHINESE}`, 'utf16le').swap16()],
      ['GBK', gbkBytes(CHINESE)],
    ])('%s is recognised', async (_name, bytes) => {
      expect(await imported(bytes)).toMatchObject({ read: 2, imported: 2, refused: 0 });
      expect(
        await station.rows(
          "SELECT o.symptom, s.name FROM work_orders o JOIN stores s ON s.id = o.store_id WHERE o.origin_key = 'open-repair:a_1'",
        ),
      ).toEqual([{ symptom: '不制冷，外机响', name: '上海修理咖啡馆' }]);
    });

    test('a broken byte makes its own row unreadable, not all texts of the file', async () => {
      const [before = '', after = ''] = fileOf(
        line('a_1', { group: 'Café' }),
        line('bad', { problem: 'a#b' }),
        line('a_2', { group: 'Glâs' }),
      ).split('#');
      const result = await imported(Buffer.concat([Buffer.from(before), Buffer.from([0xe9]), Buffer.from(after)]));
      expect(result).toMatchObject({ read: 3, imported: 2, refused: 1 });
      expect(result.refusedRows).toEqual([
        ['3', 'bad', 'problem “a�b” has characters that cannot be read in the encoding of the file'],
      ]);
      const groups = await station.rows<{ name: string }>('SELECT name FROM stores ORDER BY name');
      expect(groups.map((group) => group.name)).toEqual(['Café', 'Glâs']);
    });

    test('version 0.1 has other columns, question marks for years and a comma at the end of lines', async () => {
      const old = [
        'id,data_provider,country,language,product_category,brand,model,year_of_manufacture,repair_status,group_identifier,date,problem,',
        'fixitclinic_1,Fixit Clinic,USA,English,Tablet,Apple,iPad,????,Fixed,Fixit Clinic,2019-01-10,needed new battery,',
        'fixitclinic_2,Fixit Clinic,USA,English,Misc,Garmin,Unknown,2012,Repairable,Fixit Clinic,2019-01-10,,',
      ].join('\r\n');
      expect(await imported(old)).toMatchObject({ read: 2, imported: 2, refused: 0 });
      expect(
        await station.rows(
          'SELECT o.received_on, o.symptom, d.brand, d.model, d.made_year FROM work_orders o JOIN devices d ON d.id = o.device_id ORDER BY o.number',
        ),
      ).toEqual([
        { receivedOn: '2019-01-10', symptom: 'needed new battery', brand: 'Apple', model: 'iPad', madeYear: null },
        { receivedOn: '2019-01-10', symptom: '', brand: 'Garmin', model: '', madeYear: 2012 },
      ]);
    });

    test('version 0.2 calls the category otherwise, and may lack the group', async () => {
      const old = [
        'id,id_orig,partner_product_category,product_category_ords,brand,repair_status,event_date,problem',
        'rc_1,77,Elektro ~ Lampe,Lamp,Unknown,End of life,2020-09-30,kaputt',
      ].join('\n');
      expect(await imported(old)).toMatchObject({ read: 1, imported: 1 });
      expect(await station.rows('SELECT category, note FROM devices')).toEqual([
        { category: 'Lamp', note: 'Elektro ~ Lampe' },
      ]);
    });

    test.each([
      [
        'of another kind',
        'product_category_id,product_category\n1,Fan\n',
        'file.wrong-format',
        'id, repair_status, event_date',
      ],
      ['that is empty', '', 'file.wrong-format', 'id, product_category, repair_status, event_date'],
      [
        'that is no text',
        Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256),
        'file.wrong-format',
        'id, product_category, repair_status, event_date',
      ],
    ])('a file %s is refused, naming the columns it lacks', async (_name, content, code, missing) => {
      await expect(imported(content)).rejects.toMatchObject({ code, details: { file: filename(), missing } });
      expect(await station.count('commands')).toBe(0);
    });

    test('a file that is not there, or is a folder, is refused', async () => {
      await expect(openRepairFile(path.join(folder.path, 'missing.csv'))).rejects.toMatchObject({
        code: 'file.missing',
      });
      await expect(openRepairFile(folder.path)).rejects.toMatchObject({ code: 'file.not-a-file' });
    });

    test('stopped, it ends after the batch at hand, and what it has counted is there', async () => {
      writeFileSync(filename(), fileOf(...Array.from({ length: 2000 }, (_, i) => line(`a_${i}`))));
      const stop = new AbortController();
      const counts = await importOpenRepair({
        environment: station.env,
        actor: COMMAND_LINE,
        file: await openRepairFile(filename()),
        refusedRows: await refusedRowsFile(filename(), folder.path, createTranslator('en')),
        onProgress: () => stop.abort(),
        signal: stop.signal,
      });
      expect(counts).toEqual({ read: 500, imported: 500, unchanged: 0, refused: 0 });
      expect(await station.count('work_orders')).toBe(500);
    });

    test('two imports of the same file at once import each row once', async () => {
      writeFileSync(filename(), fileOf(...Array.from({ length: 1200 }, (_, i) => line(`a_${i}`))));
      const file = await openRepairFile(filename());
      const refusedRows = await refusedRowsFile(filename(), folder.path, createTranslator('en'));
      const { signal } = new AbortController();
      const work = { environment: station.env, actor: COMMAND_LINE, file, refusedRows, onProgress: () => {}, signal };
      const both = await Promise.all([importOpenRepair(work), importOpenRepair(work)]);
      expect(both.reduce((sum, counts) => sum + counts.imported, 0)).toBe(1200);
      expect(await station.count('work_orders')).toBe(1200);
    });
  });
});
