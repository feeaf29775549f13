import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { askElsewhere } from '#sync/station/elsewhere.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestCompany, type LinkedStation, type TestCompany } from './lib/company.ts';

const pieces = (count: number) => count * 1000;

describe.each(DIALECTS)('stock elsewhere, from a server on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('is asked for by a station', () => {
    let company: TestCompany;
    let n1: LinkedStation;
    let s1: LinkedStation;
    let partId: string;
    beforeEach(async () => {
      company = await openTestCompany(dialect);
      [n1, s1] = [await company.join('N1'), await company.join('S1')];
      partId = (await company.run('setup.savePart', { fields: { number: 'C-50', name: '电容' } })).id;
      for (const station of [n1, s1]) await station.sync();
      await receive(n1, 2);
      await receive(s1, 7);
      for (const station of [n1, s1]) await station.sync();
    });
    afterEach(() => company.close());

    async function receive(station: LinkedStation, count: number): Promise<void> {
      const { id: warehouseId } = await station.run('setup.saveWarehouse', { fields: { code: 'W1', name: '主仓' } });
      await station.run('stock.receive', { warehouseId, lines: [{ partId, quantity: pieces(count), price: 100 }] });
    }
    const network = () => n1.run('stock.network', { partId });

    test('what it does not hold it says, asks the server, and shows with the time it is from', async () => {
      expect(await network()).toMatchObject({
        rows: [{ unit: 'N1', onHand: pieces(2) }],
        unknownUnits: 6,
        mayAsk: true,
        elsewhere: null,
      });
      await n1.run('stock.askElsewhere', { partId });
      expect(await network()).toMatchObject({ elsewhere: { isWaiting: true, answeredAt: null, rows: [] } });

      const heard = company.clock.now - 3_600_000;
      await company.store.write((trx) =>
        trx.run('UPDATE stations SET last_seen_at = ? WHERE unit_id = ?', [heard, company.places.S1.id]),
      );
      await askElsewhere(n1.station, n1.line);
      const { elsewhere } = await network();
      expect(elsewhere).toMatchObject({ isWaiting: false, answeredAt: expect.any(Number) });
      // Its own it knows better, and what it is worth is not said.
      expect(elsewhere?.rows).toEqual([
        { partId, unitId: company.places.S1.id, unit: 'S1', warehouse: '主仓', onHand: pieces(7), asOf: heard },
      ]);
    });

    test('the last answer stays until there is another; nothing is asked twice', async () => {
      await n1.run('stock.askElsewhere', { partId });
      await askElsewhere(n1.station, n1.line);
      const broken = { ...n1.line, token: 'nobody.nothing' };
      await askElsewhere(n1.station, broken); // nothing is open: nobody is spoken to
      n1.clock.now += 60_000;
      await n1.run('stock.askElsewhere', { partId });
      await expect(askElsewhere(n1.station, broken)).rejects.toMatchObject({ code: 'sync.unknown-station' });
      expect(await network()).toMatchObject({ elsewhere: { isWaiting: true, rows: [{ onHand: pieces(7) }] } });
    });

    test('without a server there is nobody to ask', async () => {
      await expect(company.run('stock.askElsewhere', { partId })).rejects.toMatchObject({ code: 'sync.not-linked' });
      expect(await company.run('stock.network', { partId })).toMatchObject({ unknownUnits: 0, mayAsk: false });
    });
  });
});
