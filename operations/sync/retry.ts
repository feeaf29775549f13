import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { askForSync, serverLink } from '#db/repositories/server-link.ts';
import { logAgain } from '#db/sync/log.ts';
import { dropRefusal, type Refusal } from '#db/sync/refusals.ts';
import { id } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/** Sends a row once more that the server refused, after what was wrong there or here has been put right. */
export const retrySync = defineCommand({
  name: 'sync.retry',
  right: 'sync.view',
  reach: 'here',
  input: z.object({ id: id() }),

  async run(ctx, input) {
    if (!(await serverLink(ctx.trx))) throw new DomainError('sync.not-linked');
    const refusal = await requireRow<Refusal>(ctx.trx, 'sync_refusals', input.id, 'refusal', ctx.trx.forUpdate);
    // What came from the server and could not be taken in stays until the agent has; it tries again each time.
    if (refusal.direction === 'out') {
      await logAgain(ctx.trx, refusal.tableName, refusal.rowId);
      await dropRefusal(ctx.trx, refusal.id);
    }
    await askForSync(ctx.trx, ctx.now);
    const { tableName, rowId, code } = refusal;
    ctx.audit('sent-again', 'refusal', refusal.id, { before: { tableName, rowId, code } });
    return {};
  },
});
