import { z } from 'zod';
import { requireRow } from '#db/repositories/documents.ts';
import { askForSync } from '#db/repositories/server-link.ts';
import { wantContent } from '#db/sync/contents.ts';
import { id } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { requireAttachmentVisible, type AttachmentOf } from './visible.ts';

/** Asks for the content of another outlet's attachment, which stays at the server until somebody wants to see it. */
export const fetchAttachment = defineCommand({
  name: 'attachments.fetch',
  right: 'work.view',
  reach: 'region',
  input: z.object({ id: id() }),

  async run(ctx, input) {
    type Found = AttachmentOf & Readonly<{ sha256: string; name: string }>;
    const attachment = await requireRow<Found>(ctx.trx, 'attachments', input.id, 'attachment');
    await requireAttachmentVisible(ctx, ctx.trx, attachment);
    const { sha256, name } = attachment;
    await wantContent(ctx.trx, sha256, ctx.now);
    await askForSync(ctx.trx, ctx.now);
    ctx.audit('fetched', 'attachment', input.id, { after: { name } });
    return {};
  },
});
