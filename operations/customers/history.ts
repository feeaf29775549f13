import { z } from 'zod';
import { readingOf } from '#domain/clock.ts';
import { earlierValues, nodesKnown } from '#db/repositories/field-history.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

const SHOWN = 200;

/**
 * Where two wrote different values into the same field of a customer or device while they couldn't hear of each other: the value
 * that counts, the one that doesn't, and from which station each came, where this database knows it.
 */
export const customerHistory = defineQuery({
  name: 'customers.history',
  right: 'customers.view',
  reach: 'region',
  input: z.object({ id: id() }),

  async run(ctx, { id: customerId }) {
    await requireRow(ctx.sql, 'customers', customerId, 'customer');
    const names = new Map((await nodesKnown(ctx.sql)).map(({ node, name }) => [node, name]));
    const from = (clock: string) => {
      const { at, node } = readingOf(clock);
      return { setAt: Math.max(0, at), setBy: names.get(node) ?? '' };
    };
    const values = await earlierValues(ctx.sql, customerId, SHOWN);
    return {
      values: values.map(({ lostValue, lostClock, keptValue, keptClock, ...value }) => ({
        ...value,
        lost: { value: valueOf(lostValue), ...from(lostClock) },
        kept: { value: valueOf(keptValue), ...from(keptClock) },
      })),
    };
  },
});

const valueOf = (json: string) => JSON.parse(json) as string | number | null;
