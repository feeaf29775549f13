import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { askForSync, serverLink } from '#db/repositories/server-link.ts';
import { defineCommand } from '../operation.ts';

/** Asks for synchronisation at once, instead of when the next turn comes; the agent does it. */
export const syncNow = defineCommand({
  name: 'sync.now',
  right: 'own.view',
  input: z.object({}),

  async run(ctx) {
    const link = await serverLink(ctx.trx);
    if (!link) throw new DomainError('sync.not-linked');
    await askForSync(ctx.trx, ctx.now);
    ctx.audit('asked', 'server-link', link.stationId);
    return { wantedAt: ctx.now };
  },
});
