import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { OLD_PART_CODE } from '#domain/payroll/items.ts';
import { missingEmployees } from '#db/repositories/material.ts';
import { insertAward, requireItem, type PayAward, type PayItemRow } from '#db/repositories/pay-awards.ts';
import { requireWorkOrder } from '#db/repositories/work-orders.ts';
import { keepFiles } from '../attachments/keep-files.ts';
import { businessDay, file, id, money, text } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import { takePayTurn } from './pay-turn.ts';
import { refreshAward, refreshPay } from './refresh.ts';

const award = z.object({
  itemId: id(),
  /** Left out: the person's own, of the period its day falls in. */
  workOrderId: id().nullable().default(null),
  /** Left out: of the order's technicians together. */
  employeeId: id().nullable().default(null),
  /** Fen, instead of the item's. */
  amount: money().min(1).nullable().default(null),
  /** Left out: today. */
  givenOn: businessDay().optional(),
  reason: text(500),
  evidence: file().nullable().default(null),
});

type Award = z.output<typeof award>;

/** Rewards or punishes somebody by an item of the catalogue, with the reason and, where there is any, evidence. */
export const giveAward = defineCommand({
  name: 'payroll.giveAward',
  right: 'payroll.award',
  input: award,

  async run(ctx, input) {
    await takePayTurn(ctx);
    const item = await requireItem(ctx.trx, input.itemId);
    requireFitting(ctx, item, input);
    await requireEmployee(ctx, input.employeeId);
    if (input.workOrderId !== null) await requirePayable(ctx, input.workOrderId);
    const { evidence, ...of } = input;
    // As the item is today: whoever changes it later changes nothing that was given.
    const amount = of.amount ?? item.amount;
    const given = await keepAward(
      ctx,
      { ...of, amount, givenOn: of.givenOn ?? ctx.today, source: 'hand', sourceId: null },
      evidence,
    );
    ctx.audit('awarded', 'pay-award', given.id, { after: { item: item.code, ...of, givenOn: given.givenOn } });
    return { id: given.id, version: given.version };
  },
});

type NewAward = Pick<
  PayAward,
  'itemId' | 'workOrderId' | 'employeeId' | 'amount' | 'givenOn' | 'reason' | 'source' | 'sourceId'
>;

/** Keeps an award and makes what it pays, whoever or whatever gives it. */
export async function keepAward(
  ctx: CommandContext,
  award: NewAward,
  evidence: Award['evidence'] = null,
): Promise<PayAward> {
  const { unitId } = ctx.station;
  const awardId = ctx.newId();
  const [attachmentId = null] =
    evidence === null ? [] : await keepFiles(ctx, { id: awardId, unitId }, 'document', [evidence], 'pay-award');
  const given: PayAward = {
    ...award,
    id: awardId,
    unitId,
    attachmentId,
    state: 'standing',
    withdrawnReason: '',
    givenById: ctx.actor.employeeId,
    version: 1,
    createdAt: ctx.now,
  };
  await insertAward(ctx.trx, given);
  await refreshAwarded(ctx, given);
  return given;
}

/** What an award pays follows from the order it hangs on, or from itself. */
export async function refreshAwarded(ctx: CommandContext, { id: awardId, workOrderId }: PayAward): Promise<void> {
  if (workOrderId === null) await refreshAward(ctx, awardId);
  else await refreshPay(ctx, [workOrderId]);
}

/** @throws DomainError `input.invalid` */
function requireFitting(
  ctx: CommandContext,
  item: PayItemRow,
  { workOrderId, employeeId, amount, givenOn }: Award,
): void {
  if (!item.isActive) throw fieldFault('itemId', 'notAllowed');
  if (item.code === OLD_PART_CODE) throw fieldFault('itemId', 'onlyBySystem');
  if (workOrderId === null && employeeId === null) throw fieldFault('employeeId', 'required');
  // A rate is of what somebody earns on an order.
  if (workOrderId === null && amount === null && item.rateBp !== null) throw fieldFault('workOrderId', 'required');
  if (givenOn !== undefined && givenOn > ctx.today) throw fieldFault('givenOn', 'inTheFuture');
}

async function requireEmployee(ctx: CommandContext, employeeId: string | null): Promise<void> {
  if (employeeId === null) return;
  const [missing] = await missingEmployees(ctx.trx, ctx.station.unitId, [employeeId]);
  if (missing !== undefined) throw new DomainError('not-found', { entity: 'employee', id: missing });
}

/** What is cancelled is never paid, so nothing would come of it. */
async function requirePayable(ctx: CommandContext, workOrderId: string): Promise<void> {
  const { state } = await requireWorkOrder(ctx.trx, workOrderId);
  if (state === 'cancelled') throw fieldFault('workOrderId', 'notAllowed');
}
