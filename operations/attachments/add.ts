import { z } from 'zod';
import { requireWorkOrder } from '#db/repositories/work-orders.ts';
import { file, id } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { requireVisible } from '../work-orders/own-work.ts';
import { keepFiles } from './keep-files.ts';

/** Adds photos, a signature or documents to a work order. */
export const addAttachments = defineCommand({
  name: 'attachments.add',
  right: 'work.view',
  input: z.object({
    workOrderId: id(),
    kind: z.enum(['photo', 'signature', 'document']).default('photo'),
    files: z.array(file()).min(1).max(10),
  }),

  async run(ctx, { workOrderId, kind, files }) {
    const order = await requireWorkOrder(ctx.trx, workOrderId);
    await requireVisible(ctx.trx, ctx.actor, order.id);
    const ids = await keepFiles(ctx, order, kind, files);
    ctx.audit('attached', 'work-order', order.id, { after: { kind, names: files.map((file) => file.name) } });
    return { ids };
  },
});
