import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { entriesOfSettlement, insertSettlement, requireSettlement } from '#db/repositories/billing.ts';
import { moveWorkOrder, requireWorkOrder } from '#db/repositories/work-orders.ts';
import { id, text, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { enterMoney } from './money.ts';

/**
 * Takes a settlement back before the device is handed over: a counter-settlement and counter-entries of its money, dated
 * today. Deposits stay; the order is audited again and can be settled anew.
 */
export const reverseSettlement = defineCommand({
  name: 'billing.reverseSettlement',
  right: 'billing.reverse',
  input: z.object({ id: id(), version: version(), reason: text(500) }),

  async run(ctx, input) {
    const order = await requireWorkOrder(ctx.trx, input.id);
    if (order.state !== 'settled' || order.settlementId === null)
      throw new DomainError('work-order.wrong-state', { from: order.state, to: 'audited' });
    const settlement = await requireSettlement(ctx.trx, order.settlementId);
    const { labour, parts, travel, discount, total, receivedBefore, due } = settlement;
    const counter = { id: ctx.newId(), number: await ctx.nextNumber('ST') };
    await insertSettlement(ctx.trx, {
      ...counter,
      unitId: ctx.station.unitId,
      workOrderId: order.id,
      labour: 0 - labour,
      parts: 0 - parts,
      travel: 0 - travel,
      discount: 0 - discount,
      total: 0 - total,
      receivedBefore: 0 - receivedBefore,
      due: 0 - due,
      settledOn: ctx.today,
      at: ctx.now,
      employeeId: ctx.actor.employeeId,
      reversesId: settlement.id,
    });
    for (const { id: reversesId, kind, method, amount } of await entriesOfSettlement(ctx.trx, settlement.id))
      await enterMoney(ctx, order, { kind, method, amount: 0 - amount, settlementId: counter.id, reversesId });
    await moveWorkOrder(
      ctx.trx,
      order,
      input.version,
      { id: ctx.newId(), to: 'audited', reason: input.reason, employeeId: ctx.actor.employeeId, at: ctx.now },
      { settlementId: null },
    );
    ctx.audit('settlement-reversed', 'work-order', order.id, {
      before: { state: 'settled', settlement: settlement.number, due },
      after: { state: 'audited', settlement: counter.number, reason: input.reason },
    });
    return { id: order.id, version: input.version + 1, settlementNumber: counter.number, returned: due };
  },
});
