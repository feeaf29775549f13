import type { z } from 'zod';
import { insertAttachment, type NewAttachment } from '#db/repositories/attachments.ts';
import type { file } from '../inputs.ts';
import type { CommandContext } from '../operation.ts';

/** What files are kept with. */
export type AttachedTo = 'work-order' | 'pay-award' | 'pay-appeal';

type File = z.output<ReturnType<typeof file>>;

/** Keeps what was sent with a form beside the document it belongs to, a work order unless said otherwise; gives the ids, in order. */
export async function keepFiles(
  ctx: CommandContext,
  document: Readonly<{ id: string; unitId: string }>,
  kind: NewAttachment['kind'],
  files: readonly File[],
  entity: AttachedTo = 'work-order',
): Promise<string[]> {
  const ids: string[] = [];
  for (const { name, mediaType, base64 } of files) {
    const id = ctx.newId();
    const attachment: NewAttachment = {
      id,
      unitId: document.unitId,
      entity,
      entityId: document.id,
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
