import type { TestDialect } from './databases.ts';
import type { TestStation } from './station.ts';
import { givenPart, givenReceipt, givenWarehouse } from './stock.ts';
import { exchange, openOutletAndCentre } from './two-units.ts';

export type Levels = Readonly<{
  outlet: TestStation;
  centre: TestStation;
  /** The outlet's warehouse and the centre's. */
  there: string;
  here: string;
  /** Sold for 50.00 and 8.00. */
  parts: readonly [string, string];
  close(): Promise<void>;
}>;

/** An outlet below a centre that has 10 of each of two parts: three of the first for ten yuan, the second at 5.00. */
export async function openLevels(dialect: TestDialect): Promise<Levels> {
  const { outlet, centre, close } = await openOutletAndCentre(dialect);
  const there = await givenWarehouse(outlet, 'W1', '网点仓');
  const here = await givenWarehouse(centre, 'RW', '中心仓');
  const first = await givenPart(centre, 'P1', { salePrice: 5000 });
  const second = await givenPart(centre, 'P2', { salePrice: 800 });
  await givenReceipt(centre, here, first, 9000, 333);
  await givenReceipt(centre, here, first, 1000, 336);
  await givenReceipt(centre, here, second, 10_000, 500);
  await exchange(outlet, centre);
  return { outlet, centre, there, here, parts: [first, second], close };
}

/** Sent by the outlet and known at the centre. */
export async function givenRequisition(
  { outlet, centre, there, parts }: Levels,
  quantities: readonly number[] = [4000, 2000],
): Promise<{ id: string; number: string }> {
  const lines = quantities.map((quantity, index) => ({ partId: parts[index] ?? parts[0], quantity }));
  const sent = await outlet.run('requisitions.send', { warehouseId: there, lines }, { as: 'keeper' });
  await exchange(outlet, centre);
  return sent;
}

export async function givenDeposit(
  { outlet, centre }: Levels,
  amount: number,
): Promise<{ id: string; number: string }> {
  const unitId = outlet.station.unitId;
  return centre.run('deposits.payIn', { unitId, amount, reason: '押金' }, { as: 'accountant' });
}

/** Approved as asked for, at the usual prices. */
export async function givenGrant(levels: Levels, quantities: readonly number[] = [4000, 2000]): Promise<string> {
  const { id } = await givenRequisition(levels, quantities);
  const lines = quantities.map((quantity, index) => ({ line: index + 1, quantity }));
  await levels.centre.run('requisitions.approve', { id, lines }, { as: 'keeper' });
  await exchange(levels.outlet, levels.centre);
  return id;
}

/** Shipped by the centre and known at the outlet; the transfer's id. */
export async function givenShipped(levels: Levels, id: string, quantities: readonly number[]): Promise<string> {
  const lines = quantities.flatMap((quantity, index) => (quantity > 0 ? [{ line: index + 1, quantity }] : []));
  const shipped = await levels.centre.run(
    'requisitions.ship',
    { id, fromWarehouseId: levels.here, lines },
    { as: 'keeper' },
  );
  await exchange(levels.outlet, levels.centre);
  return shipped.id;
}
