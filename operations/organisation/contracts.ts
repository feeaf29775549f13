import { z } from 'zod';
import { isInForce } from '#domain/organisation/contracts.ts';
import { allContracts } from '#db/repositories/contracts.ts';
import { defineQuery } from '../operation.ts';

/** The contracts under which others run an outlet. */
export const listContracts = defineQuery({
  name: 'organisation.contracts',
  right: 'setup.view',
  reach: 'company',
  input: z.object({}),
  async run(ctx) {
    const contracts = await allContracts(ctx.sql);
    return { contracts: contracts.map((contract) => ({ ...contract, isInForce: isInForce(contract, ctx.today) })) };
  },
});
