import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { canBeUnAudited, isSettled } from '#domain/work-orders/states.ts';
import { moveWorkOrder, requireWorkOrder, stateBeforeAudit } from '#db/repositories/work-orders.ts';
import { id, text, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { takePayTurn } from '../payroll/pay-turn.ts';
import { refreshPay } from '../payroll/refresh.ts';

/** Takes an audit back: the work may be corrected again, and what it had earned is taken back by counter-entries. */
export const withdrawAudit = defineCommand({
  name: 'audit.withdraw',
  right: 'work.un-audit',
  input: z.object({ id: id(), version: version(), reason: text(500) }),

  async run(ctx, input) {
    await takePayTurn(ctx);
    const order = await requireWorkOrder(ctx.trx, input.id);
    if (isSettled(order.state)) throw new DomainError('work-order.settled', { number: order.number });
    if (!canBeUnAudited(order.state))
      throw new DomainError('work-order.wrong-state', { from: order.state, to: 'done' });
    const target = await stateBeforeAudit(ctx.trx, order.id);
    await moveWorkOrder(
      ctx.trx,
      order,
      input.version,
      { id: ctx.newId(), to: target, reason: input.reason, employeeId: ctx.actor.employeeId, at: ctx.now },
      { auditedOn: null, auditedById: null, auditNote: '' },
    );
    const auditedBefore = new Map(order.auditedOn === null ? [] : [[order.id, order.auditedOn]]);
    const { reversed } = await refreshPay(ctx, [order.id], { auditedBefore });
    ctx.audit('audit-withdrawn', 'work-order', order.id, {
      before: { state: order.state, auditedOn: order.auditedOn },
      after: { state: target, reason: input.reason, entriesReversed: reversed },
    });
    return { id: order.id, number: order.number, version: input.version + 1, state: target, entriesReversed: reversed };
  },
});
