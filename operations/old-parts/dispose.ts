import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { postStock, type StockPosting } from '#db/repositories/stock.ts';
import { id, lots, optionalText, quantity } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { MAX_LINES } from '../stock/lines.ts';
import { enter, requireDebt } from './debts.ts';
import { oldPartsDocument } from './document.ts';

const disposal = z.object({
  how: z.enum(['scrap', 'to-maker']),
  warehouseId: id(),
  /** The maker, or who takes the scrap. */
  recipient: optionalText(100),
  note: optionalText(500),
  lines: z
    .array(z.object({ id: id(), quantity: quantity(), lots: lots() }))
    .min(1)
    .max(MAX_LINES),
});

type Line = z.output<typeof disposal>['lines'][number];

const KINDS = { scrap: 'scrapped', 'to-maker': 'sent' } as const;

/** Accepted old parts leave for good: they are scrapped, or sent to their maker, who may pay for them. */
export const disposeOfOldParts = defineCommand({
  name: 'oldParts.dispose',
  right: 'old-parts.receive',
  input: disposal,

  async run(ctx, { how, warehouseId, recipient, note, lines }) {
    await requireRow(ctx.trx, 'warehouses', warehouseId, 'warehouse');
    const written = { kind: 'issue', issueKind: how, warehouseId, recipient, note } as const;
    const document = await oldPartsDocument(ctx, written);
    const postings: StockPosting[] = [];
    for (const [index, line] of lines.entries()) {
      const partId = await takeFromHeld(ctx, line, { line: index + 1, kind: KINDS[how], documentId: document.id });
      const { quantity, lots } = line;
      postings.push({ way: 'out', warehouseId, partId, quantity, lots, price: 0, line: index + 1 });
    }
    await postStock(ctx.trx, ctx.newId, document, postings);
    const { id, number } = document;
    ctx.audit(KINDS[how], 'stock-document', id, { after: { number, lines: lines.length, recipient } });
    return { id, number };
  },
});

type Disposed = Readonly<{ line: number; kind: (typeof KINDS)[keyof typeof KINDS]; documentId: string }>;

/** Returns which part it is of. @throws DomainError `old-parts.beyond-held {line, number, part, held, quantity}` */
async function takeFromHeld(ctx: CommandContext, { id, quantity }: Line, of: Disposed): Promise<string> {
  const debt = await requireDebt(ctx, id);
  const { number, part, held, partId } = debt;
  if (quantity > held) throw new DomainError('old-parts.beyond-held', { line: of.line, number, part, held, quantity });
  const { kind, documentId } = of;
  await enter(ctx, debt, { kind, change: 0, pieces: quantity, documentId });
  return partId;
}
