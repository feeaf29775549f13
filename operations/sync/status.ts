import { z } from 'zod';
import { syncState } from '#domain/sync/link-state.ts';
import { refusalCount, serverLink } from '#db/repositories/server-link.ts';
import { MOST_ENTRIES, waitingCount } from '#db/repositories/waiting-documents.ts';
import { defineQuery } from '../operation.ts';
import { detailsOf } from './details.ts';

/** How this station stands with its server. Asked every few seconds by everyone's window: it looks at no more than it must. */
export const syncStatus = defineQuery({
  name: 'sync.status',
  right: 'own.view',
  input: z.object({}),

  async run(ctx) {
    const link = await serverLink(ctx.sql);
    if (!link) return { state: 'alone' as const };
    const waiting = await waitingCount(ctx.sql);
    return {
      state: syncState(link, waiting.documents, ctx.now),
      linkState: link.state,
      pending: waiting.documents,
      isMorePending: waiting.changes >= MOST_ENTRIES,
      refused: await refusalCount(ctx.sql),
      lastSuccessAt: link.lastSuccessAt,
      lastAttemptAt: link.lastAttemptAt,
      enrolledAt: link.enrolledAt,
      error: link.lastError === '' ? null : { code: link.lastError, details: detailsOf(link.lastErrorDetail) },
      serverAddress: link.address,
      fingerprint: link.fingerprint,
      clockOffset: link.clockOffset,
      wantedAt: link.wantedAt,
      now: ctx.now,
    };
  },
});
