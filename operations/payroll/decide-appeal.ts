import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { markDecided, requireAppeal, type PayAppeal } from '#db/repositories/pay-appeals.ts';
import { markWithdrawn, requireAward } from '#db/repositories/pay-awards.ts';
import { id, text, version } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { takePayTurn } from './pay-turn.ts';
import { refreshAward, refreshPay } from './refresh.ts';

/** Decides an appeal, with the reason. Granted, the deduction is taken back: of this person, not of those who share it. */
export const decideAppeal = defineCommand({
  name: 'payroll.decideAppeal',
  right: 'payroll.decide-appeal',
  input: z.object({ id: id(), version: version(), decision: z.enum(['granted', 'refused']), reason: text(1000) }),

  async run(ctx, input) {
    await takePayTurn(ctx);
    const appeal = await requireAppeal(ctx.trx, input.id, ctx.trx.forUpdate);
    if (appeal.state !== 'open') throw new DomainError('pay-appeal.decided', { state: appeal.state });
    if (appeal.employeeId === ctx.actor.employeeId) throw new DomainError('pay-appeal.own');
    const { decision: state, reason: decision } = input;
    const decided = { state, decision, decidedById: ctx.actor.employeeId, decidedAt: ctx.now };
    await markDecided(ctx.trx, appeal.id, input.version, decided);
    if (state === 'granted') await takeBack(ctx, appeal, decision);
    ctx.audit(`appeal-${state}`, 'pay-appeal', appeal.id, { after: { decision } });
    return { id: appeal.id, state, version: input.version + 1 };
  },
});

async function takeBack(ctx: CommandContext, { workOrderId, awardId }: PayAppeal, reason: string): Promise<void> {
  if (workOrderId !== null) {
    await refreshPay(ctx, [workOrderId]);
    return;
  }
  // A penalty that is no order's is one person's alone.
  const award = await requireAward(ctx.trx, awardId ?? '', ctx.trx.forUpdate);
  if (award.state === 'standing') await markWithdrawn(ctx.trx, award.id, award.version, reason);
  await refreshAward(ctx, award.id);
}
