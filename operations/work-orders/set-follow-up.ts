import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { hasOutcome } from '#domain/work-orders/states.ts';
import { updateWorkOrder, type WorkOrder } from '#db/repositories/work-orders.ts';
import { id, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { takePayTurn } from '../payroll/pay-turn.ts';
import { refreshPay } from '../payroll/refresh.ts';
import { requireOrderAt } from './own-work.ts';

/** What the customer said of the work when he was asked; null takes an answer back. Pay follows it, also after the audit. */
export const setFollowUp = defineCommand({
  name: 'workOrders.setFollowUp',
  right: 'work.audit',
  input: z.object({
    id: id(),
    version: version(),
    result: z.enum(['very_satisfied', 'satisfied', 'dissatisfied']).nullable(),
  }),

  async run(ctx, input) {
    await takePayTurn(ctx);
    const order = await requireOrderAt(ctx, input.id, input.version);
    requireOutcome(order);
    await updateWorkOrder(ctx.trx, order.id, order.version, { followUp: input.result });
    await refreshPay(ctx, [order.id]);
    ctx.audit('followed-up', 'work-order', order.id, {
      before: { followUp: order.followUp },
      after: { followUp: input.result },
    });
    return { id: order.id, number: order.number, version: order.version + 1 };
  },
});

/** @throws DomainError `work-order.no-outcome {state}`: the work is still to be done, or never will be */
export function requireOutcome({ state }: Pick<WorkOrder, 'state'>): void {
  if (!hasOutcome(state)) throw new DomainError('work-order.no-outcome', { state });
}
