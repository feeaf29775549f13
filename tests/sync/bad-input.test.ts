import { zstdCompressSync } from 'node:zlib';
import { writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withRowsFile } from '#db/sync/batch.ts';
import { columnsOf } from '#db/sync/columns.ts';
import { syncedTable } from '#db/sync/tables.ts';
import { MAX_UNPACKED_BYTES, pack, packWithRows, unpack, type PushRequest } from '#sync/protocol.ts';
import { givenBatch, type BatchTable } from '../helpers/batch.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { intake } from './lib/given.ts';
import { openTestCompany, type LinkedStation, type TestCompany } from './lib/company.ts';

type Reply = Readonly<{ status: number; code: string; answer: Record<string, unknown> }>;

describe.each(DIALECTS)('a server on %s that is sent something bad', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('refuses it clearly and goes on', () => {
    let company: TestCompany;
    let n1: LinkedStation;
    let n2: LinkedStation;
    beforeEach(async () => {
      company = await openTestCompany(dialect);
      [n1, n2] = [await company.join('N1'), await company.join('N2')];
    });
    afterEach(() => company.close());

    async function post(path: string, body: Buffer, token = n1.line.token): Promise<Reply> {
      const request = { method: 'POST', path, query: new URLSearchParams(), body: Readable.from([body]) };
      const reply = await company.server.handle({ ...request, headers: { authorization: `Bearer ${token}` } });
      const content = reply.body as Buffer;
      const text = reply.status === 200 ? await unpack(content) : content.toString();
      const answer = JSON.parse(text) as Record<string, unknown> & { code?: string };
      return { status: reply.status, code: answer.code ?? '', answer };
    }

    const withRows = (rows: Buffer, changes: Partial<PushRequest> = {}): Promise<Buffer> =>
      packed(JSON.stringify({ from: 0, fromDigest: '', to: 1, toDigest: 'd', deletes: [], ...changes }), rows);

    const packed = (head: string, rows: Buffer = Buffer.alloc(0)): Promise<Buffer> =>
      withRowsFile((file) => {
        writeFileSync(file, rows);
        return packWithRows(head, file);
      });

    type Upserts = readonly (readonly [table: string, rows: readonly (readonly (string | number | null)[])[]])[];

    async function batch({ upserts = [], ...changes }: Partial<PushRequest> & { upserts?: Upserts }): Promise<Buffer> {
      const tables: BatchTable[] = [];
      for (const [table, rows] of upserts) tables.push([table, await namesOf(table, rows[0]?.length ?? 0), rows]);
      return withRows(givenBatch(tables), changes);
    }

    /** Those of the table, or so many others. */
    async function namesOf(table: string, count: number): Promise<string[]> {
      const synced = syncedTable(table);
      const columns = synced ? await company.store.read((sql) => columnsOf(sql, synced)) : [];
      if (columns.length === count) return columns.map(({ name }) => name);
      return Array.from({ length: count }, (_, i) => `c${i}`);
    }

    const row = async (table: string, values: Record<string, string | number | null>) =>
      (await company.store.read((sql) => columnsOf(sql, syncedTable(table)!))).map(({ name }) => values[name] ?? null);

    const word = (id: string, unitId: string) =>
      row('dictionary_entries', { id, unit_id: unitId, dictionary: 'fault', value: id, search_text: '', uses: 1 });

    test.each([
      ['no token', ''],
      ['a made-up token', `${uuidv7()}.secret`],
      ['another station’s secret', 'mixed'],
    ])('%s', async (_, token) => {
      const mixed = `${n1.id}.${n2.line.token.split('.')[1]}`;
      const reply = await post('/push', await batch({}), token === 'mixed' ? mixed : token);
      expect(reply).toMatchObject({ status: 401, code: 'sync.unknown-station' });
      expect(company.log.some((line) => line.includes('sync.unknown-station'))).toBe(true);
    });

    test('a suspended, a revoked and a replaced station', async () => {
      for (const [state, code] of [
        ['suspended', 'sync.suspended'],
        ['revoked', 'sync.revoked'],
        ['replaced', 'sync.cloned'],
      ] as const) {
        await company.store.write((trx) => trx.run('UPDATE stations SET state = ? WHERE id = ?', [state, n1.id]));
        expect(await post('/push', await batch({}))).toMatchObject({ status: 403, code });
        expect(await post('/pull', await pack('{}'))).toMatchObject({ status: 403, code });
      }
    });

    test('a truncated batch, one that is no batch, and one that unpacks to more than is allowed', async () => {
      const whole = await batch({});
      const bomb = zstdCompressSync(Buffer.alloc(MAX_UNPACKED_BYTES + 1));
      const bad = [
        whole.subarray(0, whole.length - 16),
        Buffer.from('hello'),
        bomb,
        await packed('{"from": "x"}'),
        await packed('not json'),
        await pack('x'),
        await withRows(Buffer.from('no file of rows')),
      ];
      for (const body of bad) expect(await post('/push', body)).toMatchObject({ status: 400, code: 'sync.bad-body' });
      expect(await company.rows('SELECT pushed_seq FROM stations WHERE id = ?', [n1.id])).toEqual([{ pushedSeq: 0 }]);
    });

    test('rows that come with something that runs, in a damaged file, or with values no row can have', async () => {
      const names = await namesOf('dictionary_entries', (await word('w', '')).length);
      const good = await word('w', n1.place.id);
      const table = (...rows: BatchTable[2]): BatchTable => ['dictionary_entries', names, rows];
      const other = (value: bigint | Buffer | number) => table(good.map((one) => (one === 1 ? value : one)));
      const damaged = givenBatch([table(...Array.from({ length: 500 }, () => good))]);
      damaged.fill(0xa5, 4096 * 3, 4096 * 4);
      const bad = [
        givenBatch([table(good)], 'CREATE VIEW put_stores AS SELECT 1 AS id'),
        givenBatch([table(good)], 'CREATE TRIGGER t AFTER INSERT ON put_dictionary_entries BEGIN SELECT 1; END'),
        givenBatch([table(good)], 'CREATE INDEX i ON put_dictionary_entries (id)'),
        givenBatch([table(good)], 'CREATE TABLE dictionary_entries (id)'),
        damaged,
        givenBatch([other(2n ** 60n)]),
        givenBatch([other(0.5)]),
        givenBatch([other(Buffer.from('x'))]),
      ];
      for (const [index, rows] of bad.entries())
        expect(await post('/push', await withRows(rows)), `file ${index}`).toMatchObject({ code: 'sync.bad-body' });
      expect(await company.rows('SELECT id FROM dictionary_entries')).toEqual([]);
      expect(await company.rows('SELECT pushed_seq FROM stations WHERE id = ?', [n1.id])).toEqual([{ pushedSeq: 0 }]);
    });

    test('of many new rows one breaks a rule: it is named, those before and after stand, and others hear of each as new', async () => {
      const store = (id: string, kind: string) =>
        row('stores', { id, unit_id: n1.place.id, name: id, kind, version: 1, created_at: 1, phone: '', address: '' });
      const stores = [];
      for (const [id, kind] of Object.entries({ a: 'dealer', b: 'castle', c: 'dealer' }))
        stores.push(await store(id, kind));
      const reply = await post('/push', await batch({ upserts: [['stores', stores]] }));
      expect(reply.answer['refused']).toMatchObject([{ rowId: 'b', code: 'sync.breaks-a-rule' }]);
      expect(await company.rows('SELECT id FROM stores ORDER BY id')).toEqual([{ id: 'a' }, { id: 'c' }]);
      expect(
        await company.rows("SELECT row_id, kind FROM change_log WHERE table_name = 'stores' ORDER BY row_id"),
      ).toEqual(['a', 'c'].map((rowId) => ({ rowId, kind: 'insert' })));
    });

    test('a body larger than allowed is not read to its end', async () => {
      const chunk = Buffer.alloc(1024 * 1024);
      let sent = 0;
      const endless = Readable.from(
        (function* () {
          for (;;) {
            sent += chunk.length;
            yield chunk;
          }
        })(),
      );
      const reply = await company.server.handle({
        method: 'POST',
        path: '/push',
        headers: { authorization: `Bearer ${n1.line.token}` },
        query: new URLSearchParams(),
        body: endless,
      });
      expect(reply.status).toBe(413);
      expect(sent).toBeLessThan(64 * 1024 * 1024);
    });

    test('rows of another unit, of unknown tables, of head office’s and of a wrong form are refused one by one; the good one stands', async () => {
      const upserts: Upserts = [
        ['dictionary_entries', [await word('mine', n1.place.id), await word('theirs', n2.place.id)]],
        ['sessions', [['x', n1.place.id]]],
        ['sqlite_master', [['x', n1.place.id]]],
        ['units', [await row('units', { id: n1.place.id, unit_id: null })]],
        ['suppliers', [['too', 'short']]],
      ];
      const reply = await post('/push', await batch({ upserts, deletes: [['units', [company.places.S1.id]]] }));
      expect(reply.status).toBe(200);
      const refused = reply.answer['refused'] as { table: string; rowId: string; code: string }[];
      expect(refused.map(({ table, code }) => `${table} ${code}`).toSorted()).toEqual([
        'dictionary_entries sync.not-the-owner',
        'sessions sync.unknown-table',
        'sqlite_master sync.unknown-table',
        'suppliers sync.bad-row',
        'units sync.head-office-only',
        'units sync.head-office-only',
      ]);
      expect(await company.rows('SELECT id FROM dictionary_entries')).toEqual([{ id: 'mine' }]);
      expect(await company.rows('SELECT COUNT(*) AS n FROM units')).toEqual([{ n: 7 }]);
      expect(await company.rows('SELECT COUNT(*) AS n FROM sync_refusals')).toEqual([{ n: 6 }]);
    });

    test('a row under the key of another unit’s doesn’t change it, and a delete of another unit’s row deletes nothing', async () => {
      await post(
        '/push',
        await batch({ upserts: [['dictionary_entries', [await word('w', n2.place.id)]]] }),
        n2.line.token,
      );
      const upserts: Upserts = [['dictionary_entries', [await word('w', n1.place.id)]]];
      const reply = await post('/push', await batch({ upserts }));
      expect(reply.answer['refused']).toMatchObject([{ rowId: 'w', code: 'sync.not-the-owner' }]);
      const deletes: PushRequest['deletes'] = [['dictionary_entries', ['w']]];
      await post('/push', await batch({ from: 1, fromDigest: 'd', to: 2, toDigest: 'e', deletes }));
      expect(await company.rows('SELECT unit_id FROM dictionary_entries')).toEqual([{ unitId: n2.place.id }]);
    });

    test('nobody adds a line to another unit’s document, answers for another, or sets a password for another’s people', async () => {
      const theirs = await n2.run('workOrders.registerIntake', intake('王芳'));
      await n2.push();
      const { N1, S1, HQ } = company.places;
      const employee = { id: 'e-hq', unitId: HQ.id, number: 'boss', name: 'boss', phone: '', position: '', grade: '' };
      const pay = { baseSalary: 0, positionPay: 0, gradeAllowance: 0, isActive: true, version: 1, createdAt: 1 };
      await company.store.write((trx) => trx.insert('employees', { ...employee, ...pay }));
      const request = { id: 'r-1', unitId: HQ.id, toUnitId: S1.id, kind: 'referral', number: 'RF-1', content: '{}' };
      const words = { note: '', subject: '', withdrawnReason: '', requestedOn: '2026-03-15', employeeName: 'x' };
      const made = { employeeId: 'x', version: 1, createdAt: 1 };
      await company.store.write((trx) => trx.insert('requests', { ...request, ...words, ...made }));
      const step = { from_state: '', to_state: 'closed', reason: '', employee_id: 'x', at: 1, step: 9 };
      const answer = { to_unit_id: HQ.id, request_id: 'r-1', decision: 'accepted', reason: '', work_order_number: '' };
      const rest = { outcome: '', outcome_note: '', answered_on: '2026-03-15', employee_id: 'x', employee_name: 'x' };
      const upserts: Upserts = [
        [
          'work_order_states',
          [await row('work_order_states', { id: 's', unit_id: N1.id, work_order_id: theirs.id, ...step })],
        ],
        ['answers', [await row('answers', { id: 'a', unit_id: N1.id, ...answer, ...rest, version: 1, created_at: 1 })]],
        [
          'credentials',
          [
            await row('credentials', {
              employee_id: 'e-hq',
              unit_id: N1.id,
              password_hash: 'x',
              is_change_due: 0,
              changed_at: 9e12,
            }),
          ],
        ],
      ];
      const reply = await post('/push', await batch({ upserts }));
      const refused = reply.answer['refused'] as { table: string; code: string }[];
      expect(refused.map(({ table, code }) => `${table} ${code}`).toSorted()).toEqual([
        'answers sync.not-the-owner',
        'credentials sync.not-the-owner',
        'work_order_states sync.not-the-owner',
      ]);
      expect(await company.rows('SELECT * FROM credentials')).toEqual([]);
    });

    test('rows that break a constraint are named with it, and the same batch’s others stand', async () => {
      const orphan = await row('work_order_states', {
        id: 'st-1',
        unit_id: n1.place.id,
        work_order_id: 'nowhere',
        step: 1,
        from_state: '',
        to_state: 'registered',
        reason: '',
        employee_id: 'x',
        at: 1,
      });
      const wrongKind = await row('stores', {
        id: 's-1',
        unit_id: n1.place.id,
        name: 'A',
        kind: 'castle',
        version: 1,
        created_at: 1,
        phone: '',
        address: '',
      });
      const upserts: Upserts = [
        ['work_order_states', [orphan]],
        ['stores', [wrongKind]],
        ['dictionary_entries', [await word('good', n1.place.id)]],
      ];
      const reply = await post('/push', await batch({ upserts }));
      const refused = reply.answer['refused'] as { rowId: string; code: string; detail: string }[];
      expect(refused.map(({ rowId, code }) => `${rowId} ${code}`).toSorted()).toEqual([
        's-1 sync.breaks-a-rule',
        'st-1 sync.breaks-a-rule',
      ]);
      expect(refused.find(({ rowId }) => rowId === 'st-1')?.detail).toContain('work_order');
      expect(await company.rows('SELECT id FROM dictionary_entries')).toEqual([{ id: 'good' }]);
    });

    test.each([
      ['as they are sent', ''],
      ['numbered otherwise by a stranger', 'UPDATE put_stores SET rowid = rowid + 10000'],
    ])(
      'of thousands of rows, %s, one that breaks a constraint is left out; the others stand and are told',
      async (_, added) => {
        const columns = await company.store.read((sql) => columnsOf(sql, syncedTable('stores')!));
        const values = { unit_id: n1.place.id, version: 1, created_at: 1, phone: '', address: '' };
        const kindOf = (index: number) => (index === 3333 ? 'castle' : 'store');
        const stores = Array.from({ length: 4500 }, (_store, index) => {
          const store = {
            ...values,
            name: String(index),
            id: `s-${String(index).padStart(4, '0')}`,
            kind: kindOf(index),
          };
          return columns.map(({ name }) => (store as Record<string, string | number>)[name] ?? null);
        });
        const names = columns.map(({ name }) => name);
        const reply = await post('/push', await withRows(givenBatch([['stores', names, stores]], added)));
        expect(reply.answer['refused']).toMatchObject([{ rowId: 's-3333', code: 'sync.breaks-a-rule' }]);
        expect(await company.rows('SELECT COUNT(*) AS n FROM stores')).toEqual([{ n: 4499 }]);
        await n2.pull();
        expect(await n2.rows('SELECT COUNT(*) AS n FROM stores')).toEqual([{ n: 4499 }]);
      },
    );

    test('a stock move that would leave less than nothing is refused whole: neither it nor a balance stands', async () => {
      const fields = { code: 'W1', name: '主仓', kind: 'parts' } as const;
      const { id: warehouseId } = await n1.run('setup.saveWarehouse', { existing: null, fields });
      const newPart = { number: 'P1', name: '电容', measure: '个', salePrice: 1000 };
      await n1.run('stock.receive', { warehouseId, lines: [{ newPart, quantity: 2000, price: 100 }] });
      await n1.push();
      const [part] = await n1.rows<{ id: string }>('SELECT id FROM parts');
      const [document] = await n1.rows<{ id: string }>('SELECT id FROM stock_documents');
      const [at] = await company.rows<{ seq: number; digest: string }>(
        'SELECT pushed_seq AS seq, pushed_digest AS digest FROM stations WHERE id = ?',
        [n1.id],
      );
      const move = await row('stock_moves', {
        id: 'm-2',
        unit_id: n1.place.id,
        document_id: document!.id,
        line_no: 2,
        warehouse_id: warehouseId,
        part_id: part!.id,
        quantity: -5000,
        value: -500,
        price: 0,
        moved_on: '2026-03-15',
        at: 1,
        move_no: 2,
      });
      const place = { from: at!.seq, fromDigest: at!.digest, to: at!.seq + 1 };
      const reply = await post('/push', await batch({ ...place, upserts: [['stock_moves', [move]]] }));
      expect(reply.answer['refused']).toMatchObject([{ rowId: 'm-2', code: 'sync.breaks-a-rule' }]);
      expect(await company.rows('SELECT quantity FROM stock_moves')).toEqual([{ quantity: 2000 }]);
      expect(await company.rows('SELECT quantity, moves FROM stock_balances')).toEqual([{ quantity: 2000, moves: 1 }]);
    });

    test('a repeated batch happens once; one that begins elsewhere is told where the server is', async () => {
      const body = await batch({ upserts: [['dictionary_entries', [await word('w', n1.place.id)]]] });
      expect((await post('/push', body)).answer).toMatchObject({ state: 'taken' });
      expect((await post('/push', body)).answer).toEqual({ state: 'elsewhere', pushed: { seq: 1, digest: 'd' } });
      expect(await company.rows('SELECT COUNT(*) AS n FROM dictionary_entries')).toEqual([{ n: 1 }]);
    });

    test('two PCs with the same database: whoever comes second with other work is stopped, and what came first stands', async () => {
      const twin = await company.twinOf(n1);
      await n1.run('workOrders.registerIntake', intake('王芳'));
      await n1.push();
      await twin.run('workOrders.registerIntake', intake('李强'));
      await expect(twin.push()).rejects.toMatchObject({ code: 'sync.cloned' });
      expect(await company.rows('SELECT name FROM customers')).toEqual([{ name: '王芳' }]);
      // Nothing of the twin's own is lost: it is all still to be sent.
      expect(await twin.rows('SELECT name FROM customers')).toEqual([{ name: '李强' }]);
      await n1.run('workOrders.registerIntake', intake('赵敏'));
      await n1.push();
      expect(await company.rows('SELECT COUNT(*) AS n FROM customers')).toEqual([{ n: 2 }]);
    });

    test('a clock set a year ahead wins no field for a year, and is told; one set back goes on counting', async () => {
      await n1.run('workOrders.registerIntake', intake('王芳'));
      for (const station of [n1, n2]) await station.sync();
      const [customer] = await n1.rows<{ id: string }>('SELECT id FROM customers');
      const existing = { id: customer!.id, version: 1 };
      const fields = { kind: 'person', name: '王芳', phone: '13800000000' } as const;
      n1.clock.now += 365 * 86_400_000;
      await n1.run('customers.save', { existing, fields: { ...fields, note: '来自未来' } });
      for (const station of [n1, n2]) await station.sync();
      company.clock.now += 3_600_000;
      n2.clock.now += 3_600_000;
      n1.clock.now -= 2 * 365 * 86_400_000;
      await n2.run('customers.save', {
        existing: { ...existing, version: 3 },
        fields: { ...fields, note: '一小时后' },
      });
      for (const station of [n2, n1, n2]) await station.sync();
      for (const place of [company, n1, n2])
        expect(await place.rows('SELECT note FROM customers')).toEqual([{ note: '一小时后' }]);
    });
  });
});
