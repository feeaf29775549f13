import { z } from 'zod';
import { requireToAnswer } from '../handshakes/answering.ts';
import { id } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { takeOn } from './acceptance.ts';

/** Takes on the delivery or installation that another unit's sale asks for. */
export const acceptSale = defineCommand({
  name: 'sales.accept',
  right: 'sales.report',
  input: z.object({ id: id() }),

  async run(ctx, { id }) {
    const order = await takeOn(ctx, await requireToAnswer(ctx, 'sale', id));
    return { id, workOrderId: order.id, number: order.number };
  },
});
