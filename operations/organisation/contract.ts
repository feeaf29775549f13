import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { isInForce, standingOf } from '#domain/organisation/contracts.ts';
import { contractById, eventsOf, installersOf } from '#db/repositories/contracts.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** One contract with its history, the latest first, and the provider's installers one may see, with how each of them stands. */
export const getContract = defineQuery({
  name: 'organisation.contract',
  right: 'setup.view',
  input: z.object({ id: id() }),
  async run(ctx, input) {
    const contract = await contractById(ctx.sql, input.id);
    if (!contract) throw new DomainError('not-found', { entity: 'contract', id: input.id });
    const events = await eventsOf(ctx.sql, contract.id);
    const installers = await installersOf(ctx.sql, contract.unitId);
    return {
      contract: { ...contract, isInForce: isInForce(contract, ctx.today) },
      events: events.toReversed(),
      installers: installers.map((installer) => ({ ...installer, ...standingOf(events, installer.id) })),
    };
  },
});
