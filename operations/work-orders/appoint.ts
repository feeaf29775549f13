import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { rememberValues } from '#db/repositories/dictionaries.ts';
import { id, instant, optionalText, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { moveOn, moveTo, requireOrderToWorkOn } from './own-work.ts';

/** Agrees a time with the customer; moving one that was agreed needs its reason. */
export const appointOrder = defineCommand({
  name: 'workOrders.appoint',
  right: 'work.view',
  input: z.object({ id: id(), version: version(), at: instant(), reason: optionalText(200) }),

  async run(ctx, { id, version, at, reason }) {
    const order = await requireOrderToWorkOn(ctx, id, version);
    const move = { to: 'appointed', reason, changes: { appointedAt: at } } as const;
    if (order.state !== 'appointed') return moveOn(ctx, order, move);
    if (reason === '') throw new DomainError('input.invalid', { faults: [{ path: 'reason', rule: 'required' }] });
    await rememberValues(ctx.trx, ctx.newId, { 'reschedule-reason': reason });
    return moveTo(ctx, order, move);
  },
});
