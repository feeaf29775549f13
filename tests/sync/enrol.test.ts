import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LATEST_VERSION } from '#db/migrate.ts';
import { startJobs } from '#server/central/jobs.ts';
import { prepareSnapshots } from '#server/central/snapshots.ts';
import { unitsAwaited } from '#db/sync/stations.ts';
import { openSqliteStore } from '#db/sqlite-store.ts';
import type { Store } from '#db/store.ts';
import { dropOldSnapshots, keptSnapshot, makeSnapshot, type SnapshotKeeper } from '#sync/central/snapshots.ts';
import { enrol, inspectServer, type EnrolWish } from '#sync/station/enrol.ts';
import { serverLink } from '#db/repositories/server-link.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { openTestCompany, type TestCompany } from './lib/company.ts';
import { openDoor } from './lib/door.ts';
import { intake } from './lib/given.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const keeperOf = ({ environment, store, dataFolder }: TestCompany): SnapshotKeeper => ({
  ...environment,
  read: (work) => store.read(work),
  address: store.address,
  dataFolder,
});

type Door = Awaited<ReturnType<typeof openDoor>>;

describe.each(DIALECTS)('a PC joins a company whose server is on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('with a code', () => {
    let company: TestCompany;
    let door: Door;
    let folder: ReturnType<typeof temporaryFolder>;
    const stores: Store[] = [];
    beforeEach(async () => {
      company = await openTestCompany(dialect);
      door = await openDoor(company.server);
      folder = temporaryFolder();
    });
    afterEach(async () => {
      for (const store of stores.splice(0)) await store.close();
      door.close();
      await company.close();
      folder.remove();
    });

    const codeFor = async (place: keyof TestCompany['places']) =>
      (await company.run('stations.makeCode', { unitId: company.places[place].id })).code;

    const wishIn = (dataFolder: string, code: string, more: Partial<EnrolWish> = {}): EnrolWish => ({
      dataFolder,
      address: door.address,
      code,
      fingerprint: door.fingerprint,
      name: '前台',
      ...more,
    });

    const join = (code: string, more: Partial<EnrolWish> = {}) => enrol(wishIn(folder.path, code, more));

    /** The database in the folder, as its service would open it. */
    function openJoined(dataFolder = folder.path) {
      const store = openSqliteStore(path.join(dataFolder, 'mendway.db'));
      stores.push(store);
      const close = async () => {
        stores.splice(stores.indexOf(store), 1);
        await store.close();
      };
      return { store, close, rows: <Row>(text: string) => store.read((sql) => sql.all<Row>(text)) };
    }

    test('and is its unit’s station from then on, with all that the unit may see', async () => {
      const n2 = await company.join('N2');
      const { number } = await n2.run('workOrders.registerIntake', intake('王芳'));
      await n2.sync();
      const code = await codeFor('N1');

      const { unitId, unitCode, lost, lastHeardAt } = await join(code);

      const { N, N1 } = company.places;
      expect({ unitId, unitCode, lost, lastHeardAt }).toEqual({
        unitId: N1.id,
        unitCode: 'N1',
        lost: [],
        lastHeardAt: null,
      });
      const { store, rows } = openJoined();
      expect(await rows('SELECT number FROM work_orders')).toEqual([{ number }]);
      expect(await rows('SELECT unit_id, role FROM installation')).toEqual([{ unitId: N1.id, role: 'station' }]);
      const link = await store.read(serverLink);
      expect(link).toMatchObject({ address: door.address, fingerprint: door.fingerprint, state: 'active' });
      expect(JSON.parse(link?.scope ?? '')).toEqual({ region: N.id, units: [N1.id] });
      expect(await company.rows('SELECT name, state FROM stations WHERE unit_id = ?', [N1.id])).toEqual([
        { name: '前台', state: 'active' },
      ]);
      expect(readdirSync(folder.path).filter((name) => !name.startsWith('mendway.db'))).toEqual([]);
    });

    test('then sends what it does and fetches what comes after the snapshot', async () => {
      const n2 = await company.join('N2');
      await join(await codeFor('N1'));
      await n2.run('workOrders.registerIntake', intake('王芳'));
      await n2.sync();
      const joined = await company.attach('N1', openJoined().store);
      await joined.run('workOrders.registerIntake', intake('李雷'));
      expect(await joined.sync()).toBeNull();

      expect(await joined.rows('SELECT name FROM customers ORDER BY name')).toEqual([
        { name: '李雷' },
        { name: '王芳' },
      ]);
      expect(await company.rows('SELECT name FROM customers ORDER BY name')).toEqual([
        { name: '李雷' },
        { name: '王芳' },
      ]);
    });

    test('after a look at who answers', async () => {
      expect(await inspectServer(door.address.replace('https://', ''))).toMatchObject({
        address: door.address,
        fingerprint: door.fingerprint,
        isPublic: false,
        company: 'HQ',
      });
    });

    test('that is unknown, or was used, or compared with another certificate: nothing is left behind', async () => {
      const code = await codeFor('N1');
      const other = 'AB:'.repeat(31) + 'AB';
      await expect(join(code, { fingerprint: other })).rejects.toMatchObject({ code: 'sync.certificate-changed' });
      await expect(join(code, { fingerprint: null })).rejects.toMatchObject({ code: 'sync.certificate-changed' });
      await expect(join('AAAA-BBBB-CCCC')).rejects.toMatchObject({ code: 'sync.code-unknown' });
      expect(existsSync(path.join(folder.path, 'mendway.db'))).toBe(false);
      await join(code);
      const elsewhere = temporaryFolder();
      await expect(enrol(wishIn(elsewhere.path, code))).rejects.toMatchObject({ code: 'sync.code-unknown' });
      expect(existsSync(path.join(elsewhere.path, 'mendway.db'))).toBe(false);
      elsewhere.remove();
    });

    test.each([
      [LATEST_VERSION + 1, 'sync.schema-newer'],
      [LATEST_VERSION - 1, 'sync.schema-older'],
    ])('of a server with schema %i: refused before anything is done', async (schema, refusal) => {
      const code = await codeFor('N1');
      door.faults.schema = schema;
      await expect(inspectServer(door.address)).rejects.toMatchObject({ code: refusal });
      await expect(join(code)).rejects.toMatchObject({ code: refusal });
      expect(readdirSync(folder.path)).toEqual([]);
      expect(await company.rows('SELECT id FROM stations')).toEqual([]);
    });

    test('for whose unit a snapshot was made as soon as the code was', async () => {
      const { environment, store, dataFolder, places } = company;
      const keeper = keeperOf(company);
      await codeFor('N1');
      const log = (line: string) => void company.log.push(line);
      const jobs = startJobs({ environment, store, dataFolder, log }, [prepareSnapshots], {
        lookMs: 20,
        leaseMs: 30_000,
      });
      await vi.waitUntil(() => keptSnapshot(keeper, places.N1.id), { timeout: 100_000, interval: 100 });
      await jobs.stop();
      expect(await keptSnapshot(keeper, places.N2.id)).toBeUndefined();
      await join(await codeFor('N1'));
      expect(door.answered.filter(({ path: asked }) => asked === '/snapshot')).toEqual([
        { path: '/snapshot', status: 200 },
      ]);
      dropOldSnapshots({ dataFolder, now: () => Date.now() + 25 * 3_600_000 });
      expect(readdirSync(path.join(dataFolder, 'snapshots'))).toEqual([]);
    });

    test('into a folder that holds a company: refused, and the code stays good', async () => {
      await join(await codeFor('N1'));
      const before = readFileSync(path.join(folder.path, 'mendway.db'));
      const code = await codeFor('N2');
      await expect(join(code)).rejects.toMatchObject({ code: 'sync.company-here' });
      expect(readFileSync(path.join(folder.path, 'mendway.db')).equals(before)).toBe(true);
      expect(await company.store.read((sql) => unitsAwaited(sql, company.clock.now))).toEqual([company.places.N2.id]);
    });

    test('and the answer is lost: asked again, the same PC is let in, and no other', async () => {
      const code = await codeFor('N1');
      door.faults.loseAnswersTo = '/enrol';
      await expect(join(code)).rejects.toMatchObject({ code: 'sync.server-unreachable' });
      door.faults.loseAnswersTo = null;
      const elsewhere = temporaryFolder();
      await expect(enrol(wishIn(elsewhere.path, code))).rejects.toMatchObject({ code: 'sync.code-unknown' });
      elsewhere.remove();

      expect(await join(code)).toMatchObject({ unitCode: 'N1', lost: [], lastHeardAt: null });
      expect(await company.rows('SELECT id FROM stations')).toHaveLength(1);
    });

    test('and is cut off while the snapshot comes: the code is used up, and still it can begin again', async () => {
      const code = await codeFor('N1');
      const cut = new AbortController();
      const onProgress = () => cut.abort(new Error('power cut'));
      await expect(join(code, { onProgress, signal: cut.signal })).rejects.toThrow('power cut');
      expect(existsSync(path.join(folder.path, 'mendway.db'))).toBe(false);
      writeFileSync(path.join(folder.path, 'mendway.db.new'), 'half of a snapshot');

      await join(code);
      expect(await openJoined().rows('SELECT role FROM installation')).toEqual([{ role: 'station' }]);
      expect(readdirSync(folder.path).filter((name) => /new|enrolment/.test(name))).toEqual([]);
    });

    test('and dies between the steps of its installation: nothing, or a station', async () => {
      const code = await codeFor('N1');
      const state = path.join(folder.path, 'enrolment.json');
      await join(code, { onProgress: () => copyFileSync(state, `${state}.kept`) });
      await rename(path.join(folder.path, 'mendway.db'), path.join(folder.path, 'set-aside.db'));
      const kept = JSON.parse(readFileSync(`${state}.kept`, 'utf8')) as Record<string, unknown>;
      const enrolled = { unitId: 'u', unitCode: 'N1', unitName: 'N1', lost: ['WO-N1-260301-0001'], lastHeardAt: 5 };
      // The new database was complete, but not in its place.
      writeFileSync(state, JSON.stringify({ ...kept, enrolled }));
      expect(await join(code)).toMatchObject({ unitCode: 'N1', lost: [] });
      // It was in its place, and only this was not said yet.
      const [{ databaseId }] = (await openJoined().rows<{ databaseId: string }>(
        'SELECT database_id FROM installation',
      )) as [{ databaseId: string }];
      writeFileSync(state, JSON.stringify({ ...kept, enrolled }));
      expect(await join(code)).toEqual(enrolled);
      expect(existsSync(state)).toBe(false);
      expect(await openJoined().rows('SELECT database_id FROM installation')).toEqual([{ databaseId }]);
    });

    test('over a line that breaks: what has come is not fetched again', async () => {
      await givenManyCustomers();
      const code = await codeFor('N1');
      door.faults.cutSnapshotAt = 20_000;
      await join(code);
      const asked = door.answered.filter(({ path: asked }) => asked === '/snapshot').map(({ status }) => status);
      expect(asked.filter((status) => status !== 202)).toEqual([200, 206]);
      expect(await openJoined().rows('SELECT COUNT(*) AS n FROM customers')).toEqual([{ n: 1000 }]);
    });

    async function givenManyCustomers() {
      const n2 = await company.join('N2');
      for (let i = 0; i < 1000; i++)
        await n2.store.write((trx) =>
          trx.insert('customers', {
            id: crypto.randomUUID(),
            unitId: company.places.N2.id,
            kind: 'person',
            name: crypto.randomUUID(),
            phone: '',
            secondPhone: '',
            address: crypto.randomUUID(),
            note: '',
            searchText: crypto.randomUUID(),
            version: 1,
            createdAt: 1,
          }),
        );
      await n2.sync();
    }

    test('and finds a snapshot that was made when the code was; only what its own unit has sent since makes it stale', async () => {
      const n1 = await company.join('N1');
      const n2 = await company.join('N2');
      const keeper = keeperOf(company);
      const made = await makeSnapshot(keeper, company.places.N1.id).made;
      await n2.run('workOrders.registerIntake', intake('王芳'));
      await n2.sync();
      expect(await keptSnapshot(keeper, company.places.N1.id)).toEqual(made);
      await n1.run('workOrders.registerIntake', intake('李雷'));
      await n1.sync();
      expect(await keptSnapshot(keeper, company.places.N1.id)).toBeUndefined();

      await join(await codeFor('N1'));
      expect(await openJoined().rows('SELECT name FROM customers ORDER BY name')).toEqual([
        { name: '李雷' },
        { name: '王芳' },
      ]);
      company.clock.now += 25 * 3_600_000;
      expect(await keptSnapshot(keeper, company.places.N1.id)).toBeUndefined();
    });

    test('in place of a PC that died: all it had confirmed comes back, what only it had is named, no number is given twice', async () => {
      const old = await company.join('N1');
      const first = await old.run('workOrders.registerIntake', intake('王芳'));
      await old.sync();
      const second = await old.run('workOrders.registerIntake', intake('李雷'));
      await old.hello();
      company.clock.now += 3_600_000;

      const enrolled = await join(await codeFor('N1'));
      expect(enrolled.lost).toEqual([second.number]);
      expect(enrolled.lastHeardAt).toBe(company.clock.now - 3_600_000);
      const joined = await company.attach('N1', openJoined().store);
      expect(await joined.rows('SELECT id, number FROM work_orders')).toEqual([{ id: first.id, number: first.number }]);
      expect(first.number).toBe('WO-N1-260315-0001');
      const next = await joined.run('workOrders.registerIntake', intake('韩梅'));
      expect(next.number).toBe('WO-N1-260315-0503');
      expect(await joined.rows("SELECT last FROM sequences WHERE key = 'RC-N1-260315'")).toEqual([{ last: 500 }]);
      expect(await joined.sync()).toBeNull();
      await expect(old.sync()).rejects.toMatchObject({ code: 'sync.cloned' });
    });

    test('anew, because its database is a copy: the old file is kept, and what only it has is named', async () => {
      await join(await codeFor('N1'));
      const copy = openJoined();
      const station = await company.attach('N1', copy.store);
      const sent = await station.run('workOrders.registerIntake', intake('王芳'));
      await station.sync();
      const unsent = await station.run('workOrders.registerIntake', intake('李雷'));
      const code = await codeFor('N1');
      await copy.store.write((trx) => trx.run("UPDATE server_link SET state = 'cloned'"));
      await expect(join(code)).rejects.toMatchObject({ code: 'sync.database-in-use' });
      await copy.close();
      await expect(join(await codeFor('N2'))).rejects.toMatchObject({ code: 'sync.company-here' });

      const enrolled = await join(code);
      expect(enrolled).toMatchObject({ unitCode: 'N1', lost: [unsent.number] });
      const anew = openJoined();
      expect(await anew.rows('SELECT number FROM work_orders')).toEqual([{ number: sent.number }]);
      expect(await anew.rows('SELECT state FROM server_link')).toEqual([{ state: 'active' }]);
      const kept = readdirSync(folder.path).find((name) => name.startsWith('mendway.db.before-rebuild-')) ?? '';
      const before = openSqliteStore(path.join(folder.path, kept));
      stores.push(before);
      expect(await before.read((sql) => sql.all('SELECT number FROM work_orders ORDER BY number'))).toEqual([
        { number: sent.number },
        { number: unsent.number },
      ]);
    });
  });
});
