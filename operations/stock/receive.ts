import { z } from 'zod';
import { requireRow } from '#db/repositories/documents.ts';
import { id, lots, money, optionalText, quantity } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { partFields, supplierFields } from '../setup/fields.ts';
import { createPart } from '../setup/save-part.ts';
import { amountFits, MAX_LINES, TOO_BIG } from './lines.ts';
import { postReceipt, supplierOf } from './receipt.ts';

const receiptLine = z
  .object({
    /** One of the catalogue, or a new one that comes into it with the receipt. */
    partId: id().nullable().default(null),
    newPart: partFields.nullable().default(null),
    quantity: quantity(),
    /** Fen paid for one. */
    price: money(),
    lots: lots(),
  })
  .refine(({ partId, newPart }) => (partId === null) !== (newPart === null), {
    path: ['partId'],
    params: { rule: 'required' },
  })
  .refine(amountFits, TOO_BIG);

const receipt = z.object({
  warehouseId: id(),
  supplierId: id().nullable().default(null),
  /** Kept with the receipt; one of the same name is taken for it. */
  newSupplier: supplierFields.nullable().default(null),
  note: optionalText(500),
  lines: z.array(receiptLine).min(1).max(MAX_LINES),
});

type Receipt = z.output<typeof receipt>;

/** Parts bought come into a warehouse at what they cost; parts and supplier need not be set up before. */
export const receiveStock = defineCommand({
  name: 'stock.receive',
  right: 'stock.receive',
  input: receipt,

  async run(ctx, input) {
    const { warehouseId, note } = input;
    await requireRow(ctx.trx, 'warehouses', warehouseId, 'warehouse');
    const supplierId = await supplierOf(ctx, input);
    const { parts, newParts } = await partsOf(ctx, input);
    const lines = input.lines.map(({ quantity, price, lots }, index) => ({
      partId: parts[index] ?? '',
      quantity,
      price,
      lots,
    }));
    return { ...(await postReceipt(ctx, { warehouseId, supplierId, note, lines })), newParts };
  },
});

type NewPart = Readonly<{ line: number; id: string; number: string }>;

/** The part of each line; also the new ones, with the numbers they were given. */
async function partsOf(ctx: CommandContext, { lines }: Receipt): Promise<{ parts: string[]; newParts: NewPart[] }> {
  const parts: string[] = [];
  const newParts: NewPart[] = [];
  for (const [index, { partId, newPart }] of lines.entries()) {
    const part = newPart
      ? await createPart(ctx, newPart, `lines.${index}.newPart.number`)
      : await requireRow<{ id: string; number: string }>(ctx.trx, 'parts', partId ?? '', 'part');
    parts.push(part.id);
    if (newPart) newParts.push({ line: index + 1, id: part.id, number: part.number });
  }
  return { parts, newParts };
}
