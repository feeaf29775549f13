import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenAllSent, givenLink, givenRefusal } from '../helpers/given-sync.ts';
import { givenIntake } from '../helpers/given-work.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

describe.each(DIALECTS)('synchronisation made visible on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('at a station', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      // Before there is a server: afterwards only head office hires.
      for (const role of ['administrator', 'manager', 'clerk', 'technician'] as const) await station.actorFor([role]);
    });
    afterEach(() => station.close());

    /** What was done before is with the server already. */
    async function givenLinked(values: Parameters<typeof givenLink>[1] = {}): Promise<void> {
      await givenLink(station.store, values);
      await givenAllSent(station.store);
    }

    const status = () => station.run('sync.status', {}, { as: 'clerk' });
    const auditLines = () => station.rows('SELECT event, entity, entity_id FROM audit_log ORDER BY seq');

    test('alone it says so, and nothing waits', async () => {
      await givenIntake(station);
      expect(await status()).toEqual({ state: 'alone' });
      expect(await station.run('sync.waiting', {}, { as: 'manager' })).toEqual({ rows: [], total: 0 });
    });

    test('linked and all sent, it is up to date', async () => {
      await givenLinked();
      expect(await status()).toMatchObject({
        state: 'ok',
        linkState: 'active',
        pending: 0,
        refused: 0,
        error: null,
        serverAddress: 'https://mendway.example:4871',
      });
    });

    test('an intake waits as the documents it is made of, by their numbers, the words learnt in one line', async () => {
      await givenLinked();
      const { number } = await givenIntake(station);
      const { rows, total } = await station.run('sync.waiting', {}, { as: 'manager' });

      expect(rows.map(({ kind, number, name }) => [kind, number, name])).toEqual(
        expect.arrayContaining([
          ['work_orders', number, '王小明'],
          ['customers', '', '王小明'],
          ['devices', 'SN-1', '格力 空调'],
          ['dictionary_entries', '', ''],
        ]),
      );
      expect(total).toBe(4);
      expect(await status()).toMatchObject({ state: 'waiting', pending: total });
      // The order and its first state are one document.
      expect(rows.find(({ kind }) => kind === 'work_orders')?.changes).toBeGreaterThan(1);
      expect(rows.every(({ since }) => since !== null && since > 0)).toBe(true);
    });

    test('what waits is filtered, ordered and paged by the service', async () => {
      await givenLinked();
      const { number } = await givenIntake(station);
      const filters = [{ column: 'number', op: 'contains' as const, value: number }];
      const found = await station.run('sync.waiting', { filters }, { as: 'manager' });
      expect(found).toMatchObject({ total: 1, rows: [{ kind: 'work_orders', number }] });
      const page = await station.run('sync.waiting', { limit: 1, offset: 1 }, { as: 'manager' });
      expect(page.rows).toHaveLength(1);
      expect(page.total).toBe(4);
    });

    test('what came from the server does not wait', async () => {
      await givenLinked();
      await station.store.write((trx) =>
        trx.run(
          `INSERT INTO change_log (turn, table_name, row_id, kind, audience, origin)
           VALUES (0, 'parts', 'p', 'update', '*', 'central')`,
        ),
      );
      expect(await status()).toMatchObject({ state: 'ok', pending: 0 });
    });

    test('a refused connection, a stop and a refusal are told with code and details', async () => {
      await givenLinked({ lastError: 'sync.certificate-changed', lastErrorDetail: '{"found":"AB"}' });
      await givenRefusal(station.store);
      expect(await status()).toMatchObject({
        state: 'stopped',
        refused: 1,
        error: { code: 'sync.certificate-changed', details: { found: 'AB' } },
      });
    });

    test('what was refused is listed by its document, with the reason', async () => {
      const { id, number } = await givenIntake(station);
      await givenLinked();
      const [step] = await station.rows<{ id: string }>('SELECT id FROM work_order_states WHERE work_order_id = ?', [
        id,
      ]);
      const values = { tableName: 'work_order_states', rowId: step?.id ?? '', detail: '{"unit":"A"}' };
      await givenRefusal(station.store, values);
      await givenRefusal(station.store, { direction: 'in', detail: 'not JSON' });

      const { rows, total } = await station.run('sync.refused', {}, { as: 'manager' });
      expect(total).toBe(2);
      expect(rows).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            direction: 'out',
            kind: 'work_orders',
            documentId: id,
            number,
            name: '王小明',
            code: 'sync.breaks-a-rule',
            details: { unit: 'A' },
          }),
          expect.objectContaining({ direction: 'in', kind: 'customers', number: '', details: {} }),
        ]),
      );
    });

    test('sent again, a refused row waits once more and is refused no longer, however often it is asked', async () => {
      const { customerId } = await customerOf(await givenIntake(station));
      await givenLinked();
      const id = await givenRefusal(station.store, { rowId: customerId });
      const commandId = uuidv7();
      for (let i = 0; i < 2; i++) await station.run('sync.retry', { id }, { as: 'manager', commandId });

      expect(await station.count('sync_refusals')).toBe(0);
      const { rows } = await station.run('sync.waiting', {}, { as: 'manager' });
      expect(rows).toMatchObject([{ kind: 'customers', id: customerId, name: '王小明', changes: 1 }]);
      expect(await station.rows('SELECT wanted_at FROM server_link')).toEqual([{ wantedAt: station.clock.now }]);
      expect((await auditLines()).at(-1)).toEqual({ event: 'sent-again', entity: 'refusal', entityId: id });
    });

    test('what came from the server and was not taken in stays until it is', async () => {
      await givenLinked();
      const id = await givenRefusal(station.store, { direction: 'in' });
      await station.run('sync.retry', { id }, { as: 'manager' });
      expect(await station.count('sync_refusals')).toBe(1);
      expect(await station.rows('SELECT wanted_at FROM server_link')).toEqual([{ wantedAt: station.clock.now }]);
    });

    test('anyone at the station may ask for synchronisation now', async () => {
      await givenLinked();
      const commandId = uuidv7();
      await station.run('sync.now', {}, { as: 'technician', commandId });
      await station.run('sync.now', {}, { as: 'technician', commandId });
      expect(await status()).toMatchObject({ wantedAt: station.clock.now });
      expect(await auditLines()).toEqual([{ event: 'asked', entity: 'server-link', entityId: 'station-here' }]);
    });

    test('without a server nothing can be sent, now or again', async () => {
      const id = await givenRefusal(station.store);
      await expect(station.run('sync.now', {})).rejects.toMatchObject({ code: 'sync.not-linked' });
      await expect(station.run('sync.retry', { id })).rejects.toMatchObject({ code: 'sync.not-linked' });
      expect(await station.count('sync_refusals')).toBe(1);
    });

    test('a refusal that is gone is not found', async () => {
      await givenLinked();
      await expect(station.run('sync.retry', { id: 'gone' })).rejects.toMatchObject({ code: 'not-found' });
      expect(await status()).toMatchObject({ wantedAt: null });
    });

    test('what waits and what was refused is for those who look after it', async () => {
      await givenLinked();
      for (const name of ['sync.waiting', 'sync.refused'] as const)
        await expect(station.run(name, {}, { as: 'clerk' })).rejects.toMatchObject({ code: 'access.denied' });
      const id = await givenRefusal(station.store);
      await expect(station.run('sync.retry', { id }, { as: 'clerk' })).rejects.toMatchObject({ code: 'access.denied' });
      expect(await station.count('sync_refusals')).toBe(1);
    });

    async function customerOf({ id }: Readonly<{ id: string }>) {
      const [order] = await station.rows<{ customerId: string }>('SELECT customer_id FROM work_orders WHERE id = ?', [
        id,
      ]);
      return { customerId: order?.customerId ?? '' };
    }
  });
});
