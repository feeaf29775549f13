import { DomainError } from '#domain/errors.ts';
import { requirePeriod, setPeriodState, type PayPeriod, type PeriodState } from '#db/repositories/payslips.ts';
import type { CommandContext } from '../operation.ts';
import { takePayTurn } from './pay-turn.ts';

/** @throws DomainError `pay-period.wrong-state` */
export function requirePeriodState(period: PayPeriod, allowed: readonly PeriodState[]): void {
  if (!allowed.includes(period.state)) throw new DomainError('pay-period.wrong-state', { state: period.state });
}

/** A step of a period's life that changes nothing but its state: calculated → reviewed → locked → paid, and back to open. */
export async function movePeriod(
  ctx: CommandContext,
  input: Readonly<{ periodId: string; version: number }>,
  step: Readonly<{ from: PeriodState; to: PeriodState; event: string }>,
): Promise<{ id: string; version: number; state: PeriodState }> {
  await takePayTurn(ctx);
  const period = await requirePeriod(ctx.trx, input.periodId, ctx.trx.forUpdate);
  requirePeriodState(period, [step.from]);
  await setPeriodState(ctx.trx, period, input.version, step.to);
  ctx.audit(step.event, 'pay-period', period.id, { before: { state: step.from }, after: { state: step.to } });
  return { id: period.id, version: input.version + 1, state: step.to };
}
