import type { z } from 'zod';
import { insertAttachment, type NewAttachment } from '#db/repositories/attachments.ts';
import type { WorkOrder } from '#db/repositories/work-orders.ts';
import type { file } from '../inputs.ts';
import type { CommandContext } from '../operation.ts';

type File = z.output<ReturnType<typeof file>>;

/** Keeps what was sent with a form beside its work order; gives the ids, in order. */
export async function keepFiles(
  ctx: CommandContext,
  order: Pick<WorkOrder, 'id' | 'unitId'>,
  kind: NewAttachment['kind'],
  files: readonly File[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const { name, mediaType, base64 } of files) {
    const id = ctx.newId();
    const attachment: NewAttachment = {
      id,
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
    ids.push(id);
  }
  return ids;
}
