import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standingOf, type HandshakeState } from '#domain/handshakes/standing.ts';
import { DomainError } from '#domain/errors.ts';
import { listRows } from '#db/listing.ts';
import { handshakeOf, HANDSHAKES, type HandshakeRow } from '#db/repositories/handshakes.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenIntake } from '../helpers/given-work.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';
import { givenPart, givenReceipt, givenWarehouse } from '../helpers/stock.ts';
import { carry, exchange, openTwoUnits } from '../helpers/two-units.ts';

/** `side` does it, about the `which`-th request that it knows of the kind. */
type Step = Readonly<{ do: (typeof VERBS)[number]; side: number; which: number; quantity: number }>;

const VERBS = [
  'carry',
  'carry',
  'carry-twice',
  'refer',
  'report',
  'ship',
  'accept',
  'accept',
  'refuse',
  'withdraw',
  'take-back',
  'receive-short',
  'decide',
  'cancel-work',
] as const;

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom(...VERBS),
  side: fc.nat(1),
  which: fc.nat(5),
  quantity: fc.integer({ min: 1, max: 4000 }),
});

const WAYS = {
  referral: { accept: 'referrals.accept', refuse: 'referrals.refuse' },
  sale: { accept: 'sales.accept', refuse: 'sales.refuse' },
  transfer: { accept: 'transfers.receive', refuse: 'transfers.refuse' },
  requisition: { accept: 'requisitions.closeRest', refuse: 'requisitions.refuse' },
} as const;
/** Of what is accepted and hasn't ended. */
const UNDER_WAY = { referral: '', sale: '', transfer: 'differing', requisition: 'partly-shipped' } as const;
const DEVICE = { category: '空调', serial: 'SN-1' };
const CUSTOMER = { name: '李雷', phone: '13900000001' };

type Known = Readonly<{ id: string; kind: keyof typeof WAYS; version: number }>;

async function play(
  stations: readonly [TestStation, TestStation],
  steps: readonly Step[],
  stock: Stock,
): Promise<void> {
  for (const step of steps) {
    const [self, other] = step.side === 0 ? stations : ([stations[1], stations[0]] as const);
    try {
      await act(self, other, step, stock);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (/^(input|internal|not-found)/.test(error.code)) throw error; // nothing here is asked for wrongly
    }
  }
}

async function act(self: TestStation, other: TestStation, step: Step, stock: Stock): Promise<void> {
  if (step.do === 'carry' || step.do === 'carry-twice') {
    await carry(self, other);
    if (step.do === 'carry-twice') await carry(self, other);
    return;
  }
  const toUnitId = other.station.unitId;
  if (step.do === 'refer') {
    const { id, version } = await givenIntake(self);
    await self.run('referrals.request', { workOrderId: id, version, toUnitId, reason: 'x' });
    return;
  }
  if (step.do === 'report') {
    const { today } = { today: '2026-03-15' };
    const sale = { wants: 'delivery', soldOn: today, address: '苏州', customer: CUSTOMER, device: DEVICE } as const;
    return void (await self.run('sales.report', { ...sale, toUnitId }));
  }
  if (step.do === 'ship') {
    const [fromWarehouseId, toWarehouseId] = [stock.warehouseOf(self), stock.warehouseOf(other)];
    const lines = [{ partId: stock.part, quantity: step.quantity }];
    return void (await self.run('transfers.ship', { fromWarehouseId, toWarehouseId, lines }));
  }
  await actOnRequest(self, step);
}

async function actOnRequest(self: TestStation, step: Step): Promise<void> {
  const known = await self.rows<Known>('SELECT id, kind, version FROM requests ORDER BY number');
  const request = known[step.which % Math.max(1, known.length)];
  if (!request) return;
  const { id, kind, version } = request;
  if (step.do === 'accept') await self.run(WAYS[kind].accept, { id });
  else if (step.do === 'refuse') await self.run(WAYS[kind].refuse, { id, reason: 'x' });
  else if (step.do === 'withdraw' && kind === 'referral')
    await self.run('referrals.withdraw', { id, version, reason: 'x' });
  else if (step.do === 'withdraw' && kind === 'sale') await self.run('sales.withdraw', { id, version, reason: 'x' });
  else if (step.do === 'take-back' && kind === 'transfer') await self.run('transfers.takeBack', { id });
  else if (step.do === 'receive-short' && kind === 'transfer')
    await self.run('transfers.receive', {
      id,
      counted: [{ line: 1, received: step.quantity, damaged: step.which * 100 }],
    });
  else if (step.do === 'decide' && kind === 'transfer') await decide(self, id, step);
  else if (step.do === 'cancel-work') await cancelWork(self, id);
}

/** Something about each difference there is. */
async function decide(self: TestStation, id: string, { quantity, which }: Step): Promise<void> {
  const { lines, isOurs, outcome } = await self.run('transfers.get', { id });
  const open = lines[0]?.open;
  if (!open || !isOurs || outcome !== 'differing') return;
  const about = { line: 1, reason: 'x' };
  const decisions = [
    { ...about, kind: 'shortage', decision: which % 2 === 0 ? 'found-here' : 'written-off', quantity: open.shortage },
    { ...about, kind: 'damage', decision: which % 2 === 0 ? 'written-off' : 'returned', quantity: open.damage },
    { ...about, kind: 'surplus', decision: 'returned', quantity: Math.min(open.surplus, quantity) },
  ] as const;
  const some = decisions.filter((one) => one.quantity > 0);
  if (some.length > 0) await self.run('transfers.decide', { id, decisions: some });
}

async function cancelWork(station: TestStation, requestId: string): Promise<void> {
  const [order] = await station.rows<{ id: string; version: number }>(
    'SELECT id, version FROM work_orders WHERE request_id = ?',
    [requestId],
  );
  if (order) await station.run('workOrders.cancel', { ...order, reason: 'x' });
}

type Stock = Readonly<{ part: string; warehouseOf(station: TestStation): string }>;

async function givenStock(a: TestStation, b: TestStation): Promise<Stock> {
  const warehouses = new Map([
    [a, await givenWarehouse(a, 'WA')],
    [b, await givenWarehouse(b, 'WB')],
  ]);
  const part = await givenPart(a, 'P1');
  await exchange(a, b);
  await givenReceipt(a, warehouses.get(a) ?? '', part, 7000, 333);
  await givenReceipt(b, warehouses.get(b) ?? '', part, 3001, 997);
  return { part, warehouseOf: (station) => warehouses.get(station) ?? '' };
}

type Worth = Readonly<{ quantity: number; value: number }>;

async function onHand(station: TestStation): Promise<Worth> {
  const [sum] = await station.rows<Worth>(
    `SELECT COALESCE(SUM(quantity), 0) AS quantity, COALESCE(SUM(value), 0) AS value FROM stock_balances`,
  );
  return sum ?? { quantity: 0, value: 0 };
}

/** Sent, and neither received nor taken back, as far as its sender knows after everything has been carried. */
async function onItsWay(station: TestStation): Promise<Worth> {
  const { rows } = await station.run('transfers.inTransit', { limit: 500 });
  const own = rows.filter(({ isIncoming }) => !isIncoming);
  let worth = { quantity: 0, value: 0 };
  for (const { id } of own) {
    const { lines, state } = await station.run('transfers.get', { id });
    for (const { quantity, value, open } of lines) {
      const line = state === 'accepted' ? open : { quantity, value };
      worth = { quantity: worth.quantity + line.quantity, value: worth.value + line.value };
    }
  }
  return worth;
}

/** Lost on the way by the sender's own decision. */
async function writtenOff(station: TestStation): Promise<Worth> {
  const [sum] = await station.rows<Worth>(
    `SELECT COALESCE(SUM(quantity), 0) AS quantity, COALESCE(SUM(value), 0) AS value FROM transfer_closures
     WHERE decision = 'written-off' AND unit_id = ?`,
    [station.station.unitId],
  );
  return sum ?? { quantity: 0, value: 0 };
}

async function totalWorth(a: TestStation, b: TestStation): Promise<Worth> {
  const both = (of: (station: TestStation) => Promise<Worth>) => Promise.all([of(a), of(b)]);
  const all = [...(await both(onHand)), ...(await both(onItsWay)), ...(await both(writtenOff))];
  return all.reduce((sum, one) => ({ quantity: sum.quantity + one.quantity, value: sum.value + one.value }));
}

async function statesOf(station: TestStation): Promise<Map<string, HandshakeState>> {
  const states = new Map<string, HandshakeState>();
  for (const { id, kind } of await station.rows<Known>('SELECT id, kind FROM requests')) {
    const handshake = await station.store.read((sql) => handshakeOf(sql, kind, id));
    if (handshake) states.set(id, standingOf(handshake.request, handshake.answer, null).state);
  }
  return states;
}

/** Every accepted request for work has one work order, at who accepted it, and no order stands without one. */
async function strayWork(station: TestStation): Promise<unknown[]> {
  return station.rows(
    `SELECT x.request_id FROM (
       SELECT a.request_id, a.work_order_id FROM answers a JOIN requests r ON r.id = a.request_id
       WHERE a.unit_id = ? AND a.decision = 'accepted' AND r.kind <> 'transfer') x
     FULL JOIN (SELECT id, request_id FROM work_orders WHERE request_id IS NOT NULL) w
       ON w.id = x.work_order_id AND w.request_id = x.request_id
     WHERE x.request_id IS NULL OR w.id IS NULL`,
    [station.station.unitId],
  );
}

describe.each(DIALECTS)('handshakes on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('whatever two units do, and whenever anything arrives', () => {
    test(
      'both agree in the end, nothing is doubled, and not a fen of stock is lost',
      { timeout: 240_000 },
      async () => {
        await fc.assert(
          fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 45 }), async (steps) => {
            const { a, b, close } = await openTwoUnits(dialect);
            try {
              const stock = await givenStock(a, b);
              const before = await totalWorth(a, b);
              await play([a, b], steps, stock);
              await exchange(a, b);
              await exchange(a, b);
              expect(await totalWorth(a, b)).toEqual(before);
              expect(await statesOf(a)).toEqual(await statesOf(b));
              for (const station of [a, b]) {
                expect((await station.run('stock.verify', {})).difference).toBeNull();
                expect(await strayWork(station)).toEqual([]);
              }
            } finally {
              await close();
            }
          }),
          { numRuns: dialect === 'sqlite' ? 40 : 10 },
        );
      },
    );

    test('lists work out the same state as the rule', async () => {
      const station = await openTestStation(dialect);
      try {
        const { unitId } = station.station;
        let count = 0;
        const line = {
          unitId,
          toUnitId: unitId,
          note: '',
          requestedOn: '2026-03-15',
          employeeId: 'x',
          employeeName: 'x',
        };
        for (const [kind, closedAt] of [
          ['referral', null],
          ['sale', null],
          ['transfer', null],
          ['transfer', 3],
          ['requisition', null],
        ] as const)
          for (const withdrawnAt of [null, 1])
            for (const decision of [null, 'accepted', 'refused'] as const)
              for (const endedAt of [null, 2])
                for (const isFollowed of [false, true]) {
                  const id = `r-${++count}`;
                  const row = { subject: '', content: '{}', withdrawnReason: '', version: 1, createdAt: count };
                  const answer = { outcomeNote: '', answeredOn: '2026-03-15', reason: '', workOrderNumber: '' };
                  await station.store.write(async (trx) => {
                    const { requestedOn, note, ...who } = line;
                    await trx.insert('requests', { id, kind, number: id, withdrawnAt, closedAt, ...row, ...line });
                    if (decision === null) return;
                    const outcome = endedAt === null ? UNDER_WAY[kind] : 'done';
                    const given = { decision, endedAt, outcome, version: 1, createdAt: 1 };
                    await trx.insert('answers', { id: `a-${id}`, requestId: id, ...given, ...answer, ...who });
                    if (!isFollowed) return;
                    const next = { id: `n-${id}`, kind, number: `n-${id}`, replacesId: id, withdrawnAt: null };
                    if (kind === 'sale') await trx.insert('requests', { ...next, ...row, ...line });
                    if (kind !== 'transfer') return;
                    const document = { id: `d-${id}`, unitId, number: `d-${id}`, kind: 'receipt', requestId: id };
                    const words = { recipient: '', note: '', movedOn: '2026-03-15', at: 1, employeeId: 'x' };
                    await trx.insert('stock_documents', { ...document, ...words });
                  });
                }
        const page = { filters: [], sort: [], offset: 0, limit: 500 };
        const { rows } = await station.store.read((sql) => listRows<HandshakeRow>(sql, HANDSHAKES, page, 'UTC'));
        expect(rows.length).toBeGreaterThan(70);
        for (const row of rows) {
          const [known] = await station.rows<Known>('SELECT id, kind, version FROM requests WHERE id = ?', [row.id]);
          const found = await station.store.read((sql) => handshakeOf(sql, known?.kind ?? 'sale', row.id));
          if (!found) expect.unreachable(row.id);
          const { state, outcome } = standingOf(found.request, found.answer, found.followUp);
          expect([row.id, row.state, row.outcome]).toEqual([row.id, state, outcome]);
        }
      } finally {
        await station.close();
      }
    });
  });
});
