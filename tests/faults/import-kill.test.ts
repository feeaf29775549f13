import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test, describe } from 'vitest';
import { firstBrokenAuditLine } from '#db/repositories/audit-log.ts';
import { openSqliteStore } from '#db/sqlite-store.ts';
import type { Store } from '#db/store.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { PROGRAMS } from '../../build/lib/bundles.mjs';

const FILE = path.resolve('../shared/data/open-repair/OpenRepairData_v0.3_RepairCafeWales_202507.csv');
const KILLS = 6;

/** Repeat a failure with the seed it printed: MENDWAY_SEED. */
const seed = Number(process.env['MENDWAY_SEED'] ?? Date.now() % 1_000_000);

/** mulberry32 */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const CLI = [path.resolve(PROGRAMS.cli)];
const ENVIRONMENT = { ...process.env, MENDWAY_PASSWORD: 'secret-123', NODE_NO_WARNINGS: '1' };

describe.skipIf(!existsSync(FILE))(
  `an import killed at any moment (seed ${seed}; needs ../shared/data/open-repair)`,
  () => {
    const folder = temporaryFolder();
    const data = path.join(folder.path, 'data');
    let store: Store | undefined;
    const rows = <Row>(text: string) => store!.read((sql) => sql.all<Row>(text));
    const count = async (text: string) => (await rows<{ n: number }>(`SELECT COUNT(*) AS n FROM ${text}`))[0]!.n;

    beforeAll(() => {
      const args = ['company', 'create', '--code', 'SH01', '--name', 'Test', '--administrator', 'A001', '--data', data];
      const made = spawnSync(process.execPath, [...CLI, ...args], { env: ENVIRONMENT, encoding: 'utf8' });
      expect(made.stderr + made.stdout).not.toContain('Error');
      expect(made.status).toBe(0);
    });
    afterAll(async () => {
      await store?.close();
      folder.remove();
    });

    const IMPORT = [...CLI, 'import', 'open-repair', FILE, '--data', data, '--json', '--language', 'en'];

    /** Starts the import and kills it `delay` ms after it has said that something is saved; returns how much that was. */
    async function killedImport(delay: number): Promise<{ reported: number; wasKilled: boolean }> {
      const child = spawn(process.execPath, IMPORT, { env: ENVIRONMENT, stdio: ['ignore', 'ignore', 'pipe'] });
      let said = '';
      let timer: NodeJS.Timeout | undefined;
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        timer ??= setTimeout(() => child.kill('SIGKILL'), delay);
      });
      const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
        child.once('close', (code, signal) => resolve([code, signal])),
      );
      clearTimeout(timer);
      if (signal !== 'SIGKILL') expect([code, said]).toEqual([0, expect.stringContaining('100%')]);
      const last = [...said.matchAll(/(\d+) imported, (\d+) already here/g)].at(-1);
      return { reported: last ? Number(last[1]) + Number(last[2]) : 0, wasKilled: signal === 'SIGKILL' };
    }

    async function expectWholeDocuments(): Promise<number> {
      expect(await count('work_orders o LEFT JOIN devices d ON d.id = o.device_id WHERE d.id IS NULL')).toBe(0);
      expect(await count('devices d LEFT JOIN work_orders o ON o.device_id = d.id WHERE o.id IS NULL')).toBe(0);
      const lastStep = 'SELECT MAX(s.step) FROM work_order_states s WHERE s.work_order_id = o.id';
      const history = `work_order_states s WHERE s.work_order_id = o.id AND s.step = (${lastStep}) AND s.to_state = o.state`;
      expect(await count(`work_orders o WHERE NOT EXISTS (SELECT 1 FROM ${history})`)).toBe(0);
      const orders = await count('work_orders');
      // Numbers were taken for exactly the orders there are.
      expect(await rows("SELECT SUM(last) AS n FROM sequences WHERE key LIKE 'WO-%'")).toEqual([{ n: orders || null }]);
      expect(await rows('SELECT COUNT(DISTINCT number) AS n FROM work_orders')).toEqual([{ n: orders }]);
      expect(await count("change_log WHERE table_name = 'work_orders'")).toBe(orders);
      expect(await store!.read(firstBrokenAuditLine)).toBeNull();
      return orders;
    }

    test('loses nothing it had reported as saved, leaves no half document, and can be run to its end', async () => {
      const random = randomOf(seed);
      let before = 0;
      let killed = 0;
      for (let i = 0; i < KILLS; i++) {
        const { reported, wasKilled } = await killedImport(random() * 700);
        if (wasKilled) killed++;
        store ??= openSqliteStore(path.join(data, 'mendway.db'));
        const orders = await expectWholeDocuments();
        expect(orders).toBeGreaterThanOrEqual(Math.max(reported, before));
        before = orders;
      }
      expect(killed).toBeGreaterThan(0);
      const end = spawnSync(process.execPath, IMPORT, { env: ENVIRONMENT, encoding: 'utf8' });
      expect(end.status).toBe(0);
      const all = parse(readFileSync(FILE), { columns: true }).length;
      expect(JSON.parse(end.stdout)).toEqual({ read: all, imported: all - before, unchanged: before, refused: 0 });
      expect(await expectWholeDocuments()).toBe(all);
    }, 180_000);
  },
);
