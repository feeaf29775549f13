import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import type { PartRow } from '#db/repositories/parts.ts';
import { insertReservation, reservedOf } from '#db/repositories/reservations.ts';
import { lockedQuantity } from '#db/repositories/stock.ts';
import { businessDay, id, optionalText, quantity } from '../inputs.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import { defineCommand, type CommandContext } from '../operation.ts';

const reservation = z
  .object({
    warehouseId: id(),
    partId: id(),
    quantity: quantity(),
    workOrderId: id().nullable().default(null),
    /** For whom, where it isn't for a work order. */
    reservedFor: optionalText(200),
    /** The last day on which it counts. */
    untilOn: businessDay(),
  })
  .refine(({ workOrderId, reservedFor }) => workOrderId !== null || reservedFor !== '', {
    path: ['reservedFor'],
    params: { rule: 'required' },
  });

/** Keeps parts back for a work order or a customer's pre-order: no more than there are and nobody else has reserved. */
export const reserveStock = defineCommand({
  name: 'stock.reserve',
  right: 'stock.reserve',
  input: reservation,

  async run(ctx, input) {
    if (input.untilOn < ctx.today) throw fieldFault('untilOn', 'inThePast');
    await requireRow(ctx.trx, 'warehouses', input.warehouseId, 'warehouse');
    if (input.workOrderId !== null) await requireRow(ctx.trx, 'work_orders', input.workOrderId, 'workOrder');
    await requireAvailable(ctx, input);
    const reservationId = ctx.newId();
    const { unitId } = ctx.station;
    const { employeeId } = ctx.actor;
    const origin = { id: reservationId, unitId, employeeId, state: 'open', version: 1, createdAt: ctx.now } as const;
    await insertReservation(ctx.trx, { ...input, ...origin });
    ctx.audit('reserved', 'reservation', reservationId, { after: input });
    return { id: reservationId, version: 1 };
  },
});

type Wanted = Readonly<{ warehouseId: string; partId: string; quantity: number }>;

/** The balance is locked, so that of two who want the last piece one is refused. @throws DomainError `stock.not-available` */
async function requireAvailable(ctx: CommandContext, { warehouseId, partId, quantity }: Wanted): Promise<void> {
  const part = await requireRow<PartRow>(ctx.trx, 'parts', partId, 'part');
  const onHand = await lockedQuantity(ctx.trx, { warehouseId, partId });
  const kept = await reservedOf(ctx.trx, [partId], { today: ctx.today, workOrderId: '' });
  const reserved = kept.find((one) => one.warehouseId === warehouseId)?.quantity ?? 0;
  const available = Math.max(0, onHand - reserved);
  if (quantity > available) throw new DomainError('stock.not-available', { part: part.number, available, quantity });
}
