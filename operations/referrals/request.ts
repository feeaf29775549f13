import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { canBeReferred } from '#domain/work-orders/states.ts';
import type { Customer, Device } from '#db/repositories/customers.ts';
import { rememberValues } from '#db/repositories/dictionaries.ts';
import { requireRow } from '#db/repositories/documents.ts';
import type { WorkOrder } from '#db/repositories/work-orders.ts';
import { ask, requireActiveUnit } from '../handshakes/asking.ts';
import type { ReferralContent } from '../handshakes/content.ts';
import { subjectOf } from '../handshakes/subject.ts';
import { id, optionalText, text, version } from '../inputs.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { moveOn, moveTo, requireOrderAt } from '../work-orders/own-work.ts';

/** Asks another outlet, or the regional centre, to do work that came here. Until it answers, the order rests. */
export const requestReferral = defineCommand({
  name: 'referrals.request',
  right: 'dispatch.assign',
  input: z.object({
    workOrderId: id(),
    version: version(),
    toUnitId: id(),
    reason: text(200),
    note: optionalText(500),
  }),

  async run(ctx, { workOrderId, version, toUnitId, reason, note }) {
    const order = await requireOrderAt(ctx, workOrderId, version);
    if (toUnitId === ctx.station.unitId) throw fieldFault('toUnitId', 'notAllowed');
    await requireActiveUnit(ctx, toUnitId, 'toUnitId');
    if (!canBeReferred(order.state))
      throw new DomainError('work-order.cannot-be-referred', { number: order.number, state: order.state });
    const content = await contentOf(ctx, order, reason);
    const moved = await setAside(ctx, order, reason);
    const subject = subjectOf(content);
    const { id, number } = await ask(ctx, { kind: 'referral', toUnitId, subject, content, note, workOrderId });
    await rememberValues(ctx.trx, ctx.newId, { 'escalate-reason': reason });
    return { id, number, version: moved.version, state: moved.state };
  },
});

/** Work under way counts as escalated; what has not begun stays where it is, with a line in its history. */
async function setAside(ctx: CommandContext, order: WorkOrder, reason: string) {
  if (order.state === 'in-progress' || order.state === 'waiting-for-parts')
    return moveOn(ctx, order, { to: 'escalated', reason });
  return moveTo(ctx, order, { to: order.state, reason });
}

async function contentOf(ctx: CommandContext, order: WorkOrder, reason: string): Promise<ReferralContent> {
  const { id, category, brand, model, serial, madeYear, boughtOn, placeOfPurchase, warrantyEndOn, note } =
    await requireRow<Device>(ctx.trx, 'devices', order.deviceId, 'device');
  const { number, kind, mode, urgency, warrantyClass, symptom, appearance, accessories, visitAddress, promisedAt } =
    order;
  return {
    order: { number, kind, mode, urgency, warrantyClass, symptom, appearance, accessories, visitAddress, promisedAt },
    customer: order.customerId === null ? null : await customerOf(ctx, order.customerId),
    device: { id, category, brand, model, serial, madeYear, boughtOn, placeOfPurchase, warrantyEndOn, note },
    reason,
  };
}

async function customerOf(ctx: CommandContext, customerId: string) {
  const customer = await requireRow<Customer>(ctx.trx, 'customers', customerId, 'customer');
  const { id, kind, name, phone, secondPhone, address, note } = customer;
  return { id, kind, name, phone, secondPhone, address, note };
}
