import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verify } from '#sync/station/verify.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { intake } from './lib/given.ts';
import { openTestCompany, type LinkedStation, type TestCompany } from './lib/company.ts';

const compare = (station: LinkedStation) => verify(station.store, station.line);

describe.each(DIALECTS)('a station compares itself with a server on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('by checksums', () => {
    let company: TestCompany;
    let n1: LinkedStation;
    let n2: LinkedStation;
    let s1: LinkedStation;
    beforeEach(async () => {
      company = await openTestCompany(dialect);
      [n1, n2, s1] = [await company.join('N1'), await company.join('N2'), await company.join('S1')];
      for (const name of ['王芳', '李强', '赵敏']) await n1.run('workOrders.registerIntake', intake(name));
      await s1.run('workOrders.registerIntake', intake('周杰'));
      for (const station of [n1, s1, n1, n2]) await station.sync();
    });
    afterEach(() => company.close());

    test('at rest nothing differs, whatever else the server has', async () => {
      for (const station of [n1, n2, s1]) {
        const { differences, rows } = await compare(station);
        expect(differences).toEqual([]);
        expect(rows).toBeGreaterThan(5);
      }
    });

    test('a row changed, lost or too many on either side is named', async () => {
      const orders = await n2.rows<{ id: string }>('SELECT id FROM work_orders ORDER BY id');
      const [changed, lost] = orders.map(({ id }) => id);
      await n2.store.replicate({ origin: 'x', log: 'keep' }, async (trx) => {
        await trx.run("UPDATE work_orders SET symptom = 'x' WHERE id = ?", [changed!]);
        await trx.run('DELETE FROM work_orders WHERE id = ?', [lost!]);
        await trx.run(
          `INSERT INTO stores (id, unit_id, name, kind, version, created_at) VALUES ('s-1', ?, 'X', 'store', 1, 1)`,
          [n2.place.id],
        );
      });
      const { differences } = await compare(n2);
      expect(differences).toHaveLength(3);
      expect(differences).toContainEqual({ table: 'work_orders', rowId: changed, kind: 'different' });
      expect(differences).toContainEqual({ table: 'work_orders', rowId: lost, kind: 'missing-here' });
      expect(differences).toContainEqual({ table: 'stores', rowId: 's-1', kind: 'missing-there' });
    });

    test('thousands of rows are compared in ranges, and one that differs among them is found', async () => {
      await n1.store.write(async (trx) => {
        for (let i = 0; i < 11_000; i++) {
          const word = { dictionary: 'symptom', value: `词 ${i}`, searchText: '', uses: 1 };
          await trx.insert('dictionary_entries', { id: `d-${i}`, unitId: n1.place.id, ...word });
        }
      });
      await n1.sync();
      expect((await compare(n1)).differences).toEqual([]);
      await company.store.replicate({ origin: 'x', log: 'keep' }, (trx) =>
        trx.run("UPDATE dictionary_entries SET uses = 3 WHERE id = 'd-7777'"),
      );
      expect((await compare(n1)).differences).toEqual([
        { table: 'dictionary_entries', rowId: 'd-7777', kind: 'different' },
      ]);
    });
  });
});
