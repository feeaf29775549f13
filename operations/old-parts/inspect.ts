import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { warehouseOfReturned, type OldPartState } from '#db/repositories/old-parts.ts';
import { postStock } from '#db/repositories/stock.ts';
import { employeeById } from '#db/repositories/organisation.ts';
import { id, lots, optionalText, quantity } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';

import { enter, requireDebt } from './debts.ts';
import { oldPartsDocument } from './document.ts';

const inspection = z
  .object({
    id: id(),
    decision: z.enum(['accepted', 'rejected']),
    quantity: quantity(),
    reason: optionalText(500),
    /** Of a tracked part that is handed back. */
    lots: lots(),
  })
  .refine(({ decision, reason }) => decision === 'accepted' || reason !== '', {
    path: ['reason'],
    params: { rule: 'required' },
  });

type Inspection = z.output<typeof inspection>;

/** What came back is the right part, or it isn't: then it is handed back to who brought it, who owes it again. */
export const inspectOldPart = defineCommand({
  name: 'oldParts.inspect',
  right: 'old-parts.receive',
  input: inspection,

  async run(ctx, input) {
    const { decision, quantity, reason } = input;
    const debt = await requireDebt(ctx, input.id);
    const { id, number, part, uninspected } = debt;
    if (quantity > uninspected)
      throw new DomainError('old-parts.beyond-uninspected', { number, part, uninspected, quantity });
    if (decision === 'accepted') await enter(ctx, debt, { kind: 'accepted', change: 0, pieces: quantity, reason });
    else await handBack(ctx, debt, input);
    ctx.audit(decision, 'old-part', id, { after: { number, quantity, reason } });
    return { id, number };
  },
});

async function handBack(
  ctx: CommandContext,
  debt: OldPartState,
  { quantity, reason, lots }: Inspection,
): Promise<void> {
  const warehouseId = (await warehouseOfReturned(ctx.trx, debt.id)) ?? '';
  const employee = debt.employeeId === null ? undefined : await employeeById(ctx.trx, debt.employeeId);
  const document = await oldPartsDocument(ctx, {
    kind: 'issue',
    issueKind: 'handed-back',
    warehouseId,
    recipient: employee ? `${employee.number} ${employee.name}`.slice(0, 100) : '',
    recipientId: debt.employeeId ?? debt.toUnitId,
    note: reason,
  });
  const { partId } = debt;
  await postStock(ctx.trx, ctx.newId, document, [
    { way: 'out', warehouseId, partId, quantity, lots, price: 0, line: 1 },
  ]);
  await enter(ctx, debt, { kind: 'rejected', change: quantity, reason, documentId: document.id });
}
