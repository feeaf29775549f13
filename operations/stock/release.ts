import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { updateReservation, type Reservation } from '#db/repositories/reservations.ts';
import { id, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/** What was reserved is no longer kept back: it was handed over, or nobody wants it any more. */
export const releaseStock = defineCommand({
  name: 'stock.release',
  right: 'stock.reserve',
  input: z.object({ id: id(), version: version(), state: z.enum(['used', 'released']).default('released') }),

  async run(ctx, { id, version, state }) {
    const before = await requireRow<Reservation>(ctx.trx, 'reservations', id, 'reservation', ctx.trx.forUpdate);
    if (before.state !== 'open') throw new DomainError('stock.reservation-closed');
    await updateReservation(ctx.trx, { id, version }, { state });
    ctx.audit(state, 'reservation', id, { before: { state: before.state }, after: { state } });
    return { id, version: version + 1 };
  },
});
