import { z } from 'zod';
import { insertAttachment } from '#db/repositories/attachments.ts';
import { requireWorkOrder } from '#db/repositories/work-orders.ts';
import { file, id } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { requireVisible } from '../work-orders/own-work.ts';

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
    const ids: string[] = [];
    for (const { name, mediaType, base64 } of files) {
      const attachmentId = ctx.newId();
      const attachment = {
        id: attachmentId,
        unitId: order.unitId,
        entity: 'work-order',
        entityId: order.id,
        kind,
        name,
        mediaType,
        createdById: ctx.actor.employeeId,
        createdAt: ctx.now,
      };
      await insertAttachment(ctx.trx, attachment, Buffer.from(base64, 'base64'));
      ids.push(attachmentId);
    }
    ctx.audit('attached', 'work-order', order.id, { after: { kind, names: files.map((file) => file.name) } });
    return { ids };
  },
});
