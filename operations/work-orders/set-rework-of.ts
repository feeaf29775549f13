import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireWorkOrder, updateWorkOrder, type WorkOrder } from '#db/repositories/work-orders.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import { id, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { takePayTurn } from '../payroll/pay-turn.ts';
import { refreshPay } from '../payroll/refresh.ts';
import { requireOrderAt } from './own-work.ts';
import { requireOutcome } from './set-follow-up.ts';

/** Says whose work was done again by this order, or that it was nobody's; what both pay follows. */
export const setReworkOf = defineCommand({
  name: 'workOrders.setReworkOf',
  right: 'work.audit',
  input: z.object({ id: id(), version: version(), reworkOfId: id().nullable() }),

  async run(ctx, input) {
    await takePayTurn(ctx);
    const order = await requireOrderAt(ctx, input.id, input.version);
    requireOutcome(order);
    if (input.reworkOfId !== null) requireEarlier(order, await requireWorkOrder(ctx.trx, input.reworkOfId));
    await updateWorkOrder(ctx.trx, order.id, order.version, { reworkOfId: input.reworkOfId });
    const linked = [order.reworkOfId, input.reworkOfId].filter((one) => one !== null);
    await refreshPay(ctx, [order.id, ...linked]);
    ctx.audit('rework-linked', 'work-order', order.id, {
      before: { reworkOfId: order.reworkOfId },
      after: { reworkOfId: input.reworkOfId },
    });
    return { id: order.id, number: order.number, version: order.version + 1 };
  },
});

/** Earlier finished work of the same unit on the same device, or for the same customer. */
function requireEarlier(order: WorkOrder, first: WorkOrder): void {
  if (first.unitId !== order.unitId) throw new DomainError('document.of-another-unit');
  requireOutcome(first);
  const isSame =
    first.deviceId === order.deviceId || (first.customerId !== null && first.customerId === order.customerId);
  const isEarlier =
    first.receivedAt < order.receivedAt || (first.receivedAt === order.receivedAt && first.number < order.number);
  if (!isSame || !isEarlier) throw fieldFault('reworkOfId', 'notAllowed');
}
