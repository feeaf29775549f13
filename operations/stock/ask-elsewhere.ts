import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import type { PartRow } from '#db/repositories/parts.ts';
import { askForSync, serverLink } from '#db/repositories/server-link.ts';
import { askElsewhere } from '#db/repositories/stock-elsewhere.ts';
import { id } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/** Asks the server where a part lies in units whose stock is not known here: at once, or as soon as there is a line. */
export const askStockElsewhere = defineCommand({
  name: 'stock.askElsewhere',
  right: 'stock.view',
  input: z.object({ partId: id() }),

  async run(ctx, { partId }) {
    const { number } = await requireRow<PartRow>(ctx.trx, 'parts', partId, 'part');
    if (!(await serverLink(ctx.trx))) throw new DomainError('sync.not-linked');
    await askElsewhere(ctx.trx, partId, ctx.now);
    await askForSync(ctx.trx, ctx.now);
    ctx.audit('asked', 'part', partId, { after: { number } });
    return { askedAt: ctx.now };
  },
});
