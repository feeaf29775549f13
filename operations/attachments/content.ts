import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { attachmentContent } from '#db/repositories/attachments.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { requireAttachmentVisible, type AttachmentOf } from './visible.ts';

/** One attachment with its content, for those who may see what it belongs to. */
export const attachmentWithContent = defineQuery({
  name: 'attachments.content',
  right: 'work.view',
  reach: 'region',
  input: z.object({ id: id() }),

  async run(ctx, input) {
    const attachment = await requireRow<AttachmentOf>(ctx.sql, 'attachments', input.id, 'attachment');
    await requireAttachmentVisible(ctx, ctx.sql, attachment);
    const found = await attachmentContent(ctx.sql, input.id);
    if (!found) throw new DomainError('attachment.at-server', { id: input.id });
    const { name, mediaType, content } = found;
    return { name, mediaType, base64: Buffer.from(content).toString('base64') };
  },
});
