import Database from 'better-sqlite3';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mendway } from '../helpers/cli.ts';
import { givenCompany, inCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';

describe('mendway stock verify', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(async () => {
    folder = temporaryFolder();
    await givenCompany(folder.path);
    await inCompany(folder.path, async (run) => {
      const { id: warehouseId } = await run('setup.saveWarehouse', { fields: { code: 'W1', name: '主仓' } });
      const { id: partId } = await run('setup.savePart', { fields: { number: 'P1', name: '电容' } });
      await run('stock.receive', { warehouseId, lines: [{ partId, quantity: 10_000, price: 100 }] });
    });
  });
  afterEach(() => folder.remove());

  const verify = (...options: readonly string[]) => mendway(['stock', 'verify', '--data', folder.path, ...options]);

  function damage(text: string): void {
    const database = new Database(path.join(folder.path, 'mendway.db'));
    database.exec(text);
    database.close();
  }

  test('says that the books are right', async () => {
    const people = await verify();
    expect(people).toMatchObject({ code: 0, out: 'The books are right: 1 moves, 1 balances.\n' });
    const programs = await verify('--json');
    expect(programs.code).toBe(0);
    expect(JSON.parse(programs.out)).toEqual({ moves: 1, balances: 1, differences: [], differenceCount: 0 });
  });

  test('names what differs, in the language of whoever asks, and ends with another exit code', async () => {
    damage('UPDATE stock_balances SET value = 1001');
    damage('DROP TRIGGER stock_moves_no_update; UPDATE stock_moves SET move_no = 2');

    const people = await verify();
    expect(people.code).toBe(1);
    expect(people.out).toContain('2 differences in 1 stock moves and 1 balances');
    expect(people.out).toMatch(
      /W1 {2}P1 {2}move 2 \([-0-9a-f]{36}\) {2}RC-SH01-\d{6}-0001 line 1 .* expected 1, found 2/,
    );
    expect((await verify('--language', 'zh-CN')).out).toContain('结存金额应为变动之和  应为 1000，实为 1001');

    const programs = await verify('--json');
    expect(programs.code).toBe(1);
    expect(JSON.parse(programs.out)).toMatchObject({
      differences: [
        { rule: 'move-number', warehouse: 'W1', part: 'P1', moveNo: 2, expected: 1, found: 2 },
        { rule: 'balance-value', moveId: null, expected: 1000, found: 1001 },
      ],
      differenceCount: 2,
    });
  });
});
