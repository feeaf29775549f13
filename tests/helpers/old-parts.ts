import type { TestStation } from './station.ts';

/** From now on the old ones of a part must come back. @param amount fen for one that doesn't */
export async function givenOldReturned(station: TestStation, partId: string, days = 30, amount = 500): Promise<void> {
  await station.store.write((trx) =>
    trx.run('UPDATE parts SET is_old_returned = 1, old_due_days = ?, old_amount = ? WHERE id = ?', [
      days,
      amount,
      partId,
    ]),
  );
}

/** A warehouse for old parts. */
export async function givenRecovered(station: TestStation): Promise<string> {
  const fields = { code: 'OLD', name: '旧件仓', kind: 'recovered-parts' } as const;
  return (await station.run('setup.saveWarehouse', { fields })).id;
}

export async function givenTracked(station: TestStation, partId: string, tracking: 'batch' | 'serial'): Promise<void> {
  await station.store.write((trx) => trx.run('UPDATE parts SET tracking = ? WHERE id = ?', [tracking, partId]));
}
