import { z } from 'zod';
import { answer, requireToAnswer } from '../handshakes/answering.ts';
import { referralContent } from '../handshakes/content.ts';
import { customerAndDevice } from '../handshakes/people.ts';
import { id } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { registerOrder } from '../work-orders/new-order.ts';

/** Takes work over from another unit: an order of this one, of a customer and a device that may be new to this region. */
export const acceptReferral = defineCommand({
  name: 'referrals.accept',
  right: 'dispatch.assign',
  input: z.object({ id: id() }),

  async run(ctx, { id }) {
    const request = await requireToAnswer(ctx, 'referral', id);
    const content = referralContent(request);
    const { number: _, ...work } = content.order;
    const whose = await customerAndDevice(ctx, content);
    const order = await registerOrder(ctx, {
      ...work,
      ...whose,
      storeId: null,
      channel: 'unit',
      estimate: 0,
      requestId: request.id,
    });
    await answer(ctx, request, { decision: 'accepted', workOrder: order });
    return { id: request.id, workOrderId: order.id, number: order.number };
  },
});
