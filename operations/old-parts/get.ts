import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { listRows } from '#db/listing.ts';
import { OLD_PARTS, oldPartEntries, type OldPartRow } from '#db/repositories/old-part-lists.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { ownOnly } from './whose.ts';

/** One debt with every entry behind it. */
export const getOldPart = defineQuery({
  name: 'oldParts.get',
  right: 'old-parts.view',
  input: z.object({ id: id() }),

  async run(ctx, input) {
    const page = { filters: [], sort: [], offset: 0, limit: 1 };
    const { rows } = await listRows<OldPartRow>(ctx.sql, OLD_PARTS, page, ctx.station.timeZone, (query) => {
      query.where('o.id', input.id);
    });
    const [oldPart] = rows;
    const own = ownOnly(ctx);
    if (!oldPart || (own !== null && oldPart.employeeId !== own))
      throw new DomainError('not-found', { entity: 'oldPart', id: input.id });
    const isOverdue = oldPart.open > 0 && oldPart.dueOn < ctx.today;
    return { ...oldPart, isOverdue, entries: await oldPartEntries(ctx.sql, input.id) };
  },
});
