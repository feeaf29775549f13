import { z } from 'zod';
import { suggestProvider } from '#domain/organisation/provider.ts';
import { WORK_KINDS } from '#domain/work-orders/kinds.ts';
import { allContracts } from '#db/repositories/contracts.ts';
import { text } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** Which provider would get work of a kind at an address today, and why: for trying out the areas of the contracts. */
export const providerFor = defineQuery({
  name: 'organisation.suggestProvider',
  right: 'setup.view',
  reach: 'company',
  input: z.object({ address: text(300), kind: z.enum(WORK_KINDS) }),
  async run(ctx, { address, kind }) {
    const found = suggestProvider(await allContracts(ctx.sql), { address, kind, on: ctx.today });
    if (!found) return { suggestion: null };
    const { id, number, provider, unitId, unitCode, unitName, rating } = found.contract;
    return { suggestion: { id, number, provider, unitId, unitCode, unitName, rating, ...found.reason } };
  },
});
