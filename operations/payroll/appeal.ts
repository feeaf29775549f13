import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import {
  appealAgainst,
  DEDUCTION_KINDS,
  entryToAppeal,
  insertAppeal,
  type DeductionKind,
  type EntryToAppeal,
  type PayAppeal,
} from '#db/repositories/pay-appeals.ts';
import { takeTurn } from '#db/repositories/sequences.ts';
import { keepFiles } from '../attachments/keep-files.ts';
import { file, id, text } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';

/** Appeals against a deduction of one's own, once. It stands until somebody has decided. */
export const appeal = defineCommand({
  name: 'payroll.appeal',
  right: 'payslip.own',
  input: z.object({ entryId: id(), reason: text(1000), photo: file().nullable().default(null) }),

  async run(ctx, input) {
    const entry = await entryToAppeal(ctx.trx, input.entryId);
    const kind = requireOwnDeduction(ctx, input.entryId, entry);
    const { unitId, workOrderId, awardId } = entry as EntryToAppeal;
    await takeTurn(ctx.trx, `pay appeals ${ctx.actor.employeeId}`);
    if (await appealAgainst(ctx.trx, input.entryId)) throw new DomainError('pay-appeal.twice');
    const appealId = ctx.newId();
    const photos = input.photo === null ? [] : [input.photo];
    const [attachmentId = null] = await keepFiles(ctx, { id: appealId, unitId }, 'photo', photos, 'pay-appeal');
    const filed: PayAppeal = {
      id: appealId,
      unitId,
      employeeId: ctx.actor.employeeId,
      kind,
      workOrderId,
      awardId,
      reason: input.reason,
      attachmentId,
      filedOn: ctx.today,
      state: 'open',
      decision: '',
      decidedById: null,
      decidedAt: null,
      version: 1,
      createdAt: ctx.now,
    };
    await insertAppeal(ctx.trx, filed);
    ctx.audit('appealed', 'pay-appeal', appealId, { after: { kind, workOrderId, awardId, reason: input.reason } });
    return { id: appealId, version: 1 };
  },
});

const isDeductionKind = (kind: string): kind is DeductionKind => (DEDUCTION_KINDS as readonly string[]).includes(kind);

/** @throws DomainError `not-found`, `pay-appeal.of-another`, `pay-appeal.no-deduction` */
function requireOwnDeduction(ctx: CommandContext, id: string, entry: EntryToAppeal | undefined): DeductionKind {
  if (!entry) throw new DomainError('not-found', { entity: 'payEntry', id });
  if (entry.employeeId !== ctx.actor.employeeId) throw new DomainError('pay-appeal.of-another');
  if (!entry.isStanding || entry.amount >= 0 || !isDeductionKind(entry.kind))
    throw new DomainError('pay-appeal.no-deduction');
  return entry.kind;
}
