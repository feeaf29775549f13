import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const HOUR = 60 * 60 * 1000;

describe.each(DIALECTS)('other PCs of a station on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('', () => {
    let station: TestStation | undefined;
    beforeEach(async () => {
      await station?.close();
      station = await openTestStation(dialect);
    });
    afterAll(() => station?.close());

    const here = (): TestStation => station ?? expect.unreachable();
    const asks = (name = '前台 2', address = '10.0.0.7') => here().run('pcs.ask', { name, address });
    const list = async () => (await here().run('pcs.list', {}, { as: 'administrator' })).pcs;
    const first = async () => (await list())[0] ?? expect.unreachable('no PC');
    const refusals = () => here().rows(`SELECT operation FROM audit_log WHERE event = 'refused'`);

    test('one that asks waits, with a code of six digits and a token nobody else is told', async () => {
      const { token, code } = await asks();
      expect(code).toMatch(/^\d{6}$/);
      expect(await list()).toMatchObject([{ name: '前台 2', state: 'waiting', code, address: '10.0.0.7' }]);
      const stored = JSON.stringify([
        await here().rows('SELECT * FROM pcs'),
        await here().rows('SELECT * FROM audit_log'),
      ]);
      expect(stored).not.toContain(token);
    });

    test('is approved under the name it is known by', async () => {
      await asks();
      const { id } = await first();
      await here().run('pcs.approve', { id, name: '收银台' }, { as: 'administrator' });
      expect(await list()).toMatchObject([{ name: '收银台', state: 'approved', decidedBy: 'administrator' }]);
      expect(await here().rows(`SELECT event, entity FROM audit_log WHERE operation = 'pcs.approve'`)).toEqual([
        { event: 'approved', entity: 'pc' },
      ]);
    });

    test('is refused, and let in after all', async () => {
      await asks();
      const { id } = await first();
      await here().run('pcs.refuse', { id }, { as: 'administrator' });
      expect(await list()).toMatchObject([{ state: 'refused' }]);
      await here().run('pcs.approve', { id, name: 'A' }, { as: 'administrator' });
      await here().run('pcs.refuse', { id }, { as: 'administrator' });
      expect(await list()).toMatchObject([{ state: 'refused', name: 'A' }]);
    });

    test('what has been decided is not decided twice', async () => {
      await asks();
      const { id } = await first();
      await here().run('pcs.approve', { id, name: 'A' });
      await expect(here().run('pcs.approve', { id, name: 'B' })).rejects.toMatchObject({ code: 'document.changed' });
      await here().run('pcs.refuse', { id });
      await expect(here().run('pcs.refuse', { id })).rejects.toMatchObject({ code: 'document.changed' });
      await expect(here().run('pcs.refuse', { id: uuidv7() })).rejects.toMatchObject({ code: 'not-found' });
      expect(await list()).toMatchObject([{ name: 'A', state: 'refused' }]);
      expect(await refusals()).toHaveLength(3);
    });

    test('delivered twice, an approval happens once', async () => {
      await asks();
      const { id } = await first();
      const commandId = uuidv7();
      const approve = () => here().run('pcs.approve', { id, name: 'A' }, { commandId });
      expect(await approve()).toEqual(await approve());
      expect(await here().rows(`SELECT seq FROM audit_log WHERE operation = 'pcs.approve'`)).toHaveLength(1);
    });

    test.each(['pcs.approve', 'pcs.refuse'] as const)('%s is for administrators only', async (operation) => {
      await asks();
      const { id } = await first();
      await expect(here().run(operation, { id, name: 'A' }, { as: 'manager' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      await expect(here().run('pcs.list', {}, { as: 'manager' })).rejects.toMatchObject({ code: 'access.denied' });
      expect(await list()).toMatchObject([{ state: 'waiting' }]);
    });

    test('an address that asks over and over keeps three, and no more than twenty wait in all', async () => {
      await asks('erste', '10.0.0.1');
      for (let i = 0; i < 5; i++) {
        here().clock.now += 1000;
        await asks(`same ${i}`, '10.0.0.2');
      }
      expect((await list()).map(({ name }) => name).toSorted()).toEqual(['erste', 'same 2', 'same 3', 'same 4']);
      for (let i = 0; i < 20; i++) {
        here().clock.now += 1000;
        await asks(`other ${i}`, `10.0.1.${i}`);
      }
      const names = (await list()).map(({ name }) => name);
      expect(names).toHaveLength(20);
      expect(names).not.toContain('erste');
      const codes = new Set((await list()).map(({ code }) => code));
      expect(codes.size).toBe(20);
    });

    test('those nobody decided about in a day are forgotten, approved ones are not', async () => {
      await asks('old', '10.0.0.1');
      await asks('good', '10.0.0.2');
      const good = (await list()).find(({ name }) => name === 'good') ?? expect.unreachable();
      await here().run('pcs.approve', { id: good.id, name: 'good' });
      here().clock.now += 25 * HOUR;
      await asks('new', '10.0.0.3');
      expect((await list()).map(({ name }) => name)).toEqual(['new', 'good']);
    });
  });
});
