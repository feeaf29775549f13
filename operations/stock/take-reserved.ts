import { openReservationsOf, updateReservation } from '#db/repositories/reservations.ts';
import type { CommandContext } from '../operation.ts';

type Drawn = Readonly<{ warehouseId: string; partId: string; quantity: number }>;

/** What a work order draws is taken from what was reserved for it; what is left of that stays kept back. */
export async function takeReserved(ctx: CommandContext, workOrderId: string, drawn: readonly Drawn[]): Promise<void> {
  if (drawn.length === 0) return;
  const rest = drawn.map((one) => ({ ...one }));
  for (const reservation of await openReservationsOf(ctx.trx, workOrderId)) {
    const { id, warehouseId, partId, quantity } = reservation;
    let left = quantity;
    for (const one of rest.filter((draw) => draw.warehouseId === warehouseId && draw.partId === partId)) {
      const taken = Math.min(left, one.quantity);
      one.quantity -= taken;
      left -= taken;
    }
    if (left === quantity) continue;
    await updateReservation(ctx.trx, reservation, left === 0 ? { state: 'used' } : { quantity: left });
    ctx.audit('used', 'reservation', id, { before: { quantity }, after: { quantity: left } });
  }
}
