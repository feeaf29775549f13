import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { countSheet } from '#db/repositories/stock-count-lists.ts';
import { partsNotCounted } from '#db/repositories/stock-counts.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { countersOf } from './counters.ts';

/** One stock count: what is counted, how far it is, and whether whoever asks has counted some of it. */
export const getCount = defineQuery({
  name: 'stockCounts.get',
  right: 'stock.view',
  input: z.object({ id: id() }),

  async run(ctx, input) {
    const sheet = await countSheet(ctx.sql, input.id);
    if (!sheet) throw new DomainError('not-found', { entity: 'stockCount', id: input.id });
    const { counterIds: _, ...shown } = sheet;
    const isCounting = sheet.state === 'counting';
    const left = isCounting ? await partsNotCounted(ctx.sql, sheet, { offset: 0, limit: 1 }) : { total: 0 };
    const hasCounted = countersOf(sheet).includes(ctx.actor.employeeId);
    return { ...shown, notCounted: left.total, hasCounted };
  },
});
