import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { canBeAudited } from '#domain/work-orders/states.ts';
import { moveWorkOrder, requireWorkOrder } from '#db/repositories/work-orders.ts';
import { id, optionalText, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { takePayTurn } from '../payroll/pay-turn.ts';
import { refreshPay } from '../payroll/refresh.ts';

/** Confirms finished work: what it cost and who did it is fixed from here, and its pay entries are made. */
export const approveWork = defineCommand({
  name: 'audit.approve',
  right: 'work.audit',
  input: z.object({ id: id(), version: version(), note: optionalText(1000) }),

  async run(ctx, input) {
    await takePayTurn(ctx);
    const order = await requireWorkOrder(ctx.trx, input.id);
    // Not by the graph alone: a reversed settlement leads to `audited`, too.
    if (!canBeAudited(order.state))
      throw new DomainError('work-order.wrong-state', { from: order.state, to: 'audited' });
    await moveWorkOrder(
      ctx.trx,
      order,
      input.version,
      { id: ctx.newId(), to: 'audited', reason: input.note, employeeId: ctx.actor.employeeId, at: ctx.now },
      { auditedOn: ctx.today, auditedById: ctx.actor.employeeId, auditNote: input.note },
    );
    const { standing } = await refreshPay(ctx, [order.id]);
    const earned = standing.filter(({ workOrderId }) => workOrderId === order.id);
    const commission = earned.reduce((sum, { kind, amount }) => (kind === 'commission' ? sum + amount : sum), 0);
    ctx.audit('audited', 'work-order', order.id, {
      before: { state: order.state },
      after: { state: 'audited', note: input.note, entries: earned.length, commission },
    });
    return { id: order.id, number: order.number, version: input.version + 1, entries: earned.length, commission };
  },
});
