import { z } from 'zod';
import { noteProgress } from '#db/repositories/handshakes.ts';
import { id, text } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { requireGranted } from './asked.ts';

/** Nothing more is shipped of a grant: what is left of it blocks the deposit no longer. */
export const closeRestOfRequisition = defineCommand({
  name: 'requisitions.closeRest',
  right: 'requisition.approve',
  input: z.object({ id: id(), reason: text(200) }),

  async run(ctx, { id, reason }) {
    const { request, answer } = await requireGranted(ctx, id);
    await noteProgress(ctx.trx, answer, { outcome: 'closed', outcomeNote: reason, endedAt: ctx.now });
    ctx.audit('closed', 'request', id, { after: { number: request.number, reason } });
    return { id, number: request.number };
  },
});
