import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { markWithdrawn, requireAward } from '#db/repositories/pay-awards.ts';
import { id, text, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { refreshAwarded } from './give-award.ts';
import { takePayTurn } from './pay-turn.ts';

/** Takes a reward or penalty back: what it paid is taken back by counter-entries, after its period was locked in the next. */
export const withdrawAward = defineCommand({
  name: 'payroll.withdrawAward',
  right: 'payroll.award',
  input: z.object({ id: id(), version: version(), reason: text(500) }),

  async run(ctx, input) {
    await takePayTurn(ctx);
    const award = await requireAward(ctx.trx, input.id, ctx.trx.forUpdate);
    if (award.state === 'withdrawn') throw new DomainError('pay-award.withdrawn');
    await markWithdrawn(ctx.trx, award.id, input.version, input.reason);
    await refreshAwarded(ctx, award);
    ctx.audit('award-withdrawn', 'pay-award', award.id, { after: { reason: input.reason } });
    return { id: award.id, version: input.version + 1 };
  },
});
