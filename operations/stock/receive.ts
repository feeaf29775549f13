import { z } from 'zod';
import { lineAmount } from '#domain/quantity.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { holderOf } from '#db/repositories/parts.ts';
import { postStock, type StockPosting } from '#db/repositories/stock.ts';
import { id, money, optionalText, quantity } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { partFields, supplierFields } from '../setup/fields.ts';
import { createPart } from '../setup/save-part.ts';
import { amountFits, lotsField, MAX_LINES, TOO_BIG, totalOf } from './lines.ts';

const receiptLine = z
  .object({
    /** One of the catalogue, or a new one that comes into it with the receipt. */
    partId: id().nullable().default(null),
    newPart: partFields.nullable().default(null),
    quantity: quantity(),
    /** Fen paid for one. */
    price: money(),
    lots: lotsField(),
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
    await requireRow(ctx.trx, 'warehouses', input.warehouseId, 'warehouse');
    const document = {
      id: ctx.newId(),
      unitId: ctx.station.unitId,
      number: await ctx.nextNumber('RC'),
      kind: 'receipt',
      issueKind: null,
      warehouseId: input.warehouseId,
      supplierId: await supplierOf(ctx, input),
      workOrderId: null,
      recipient: '',
      note: input.note,
      movedOn: ctx.today,
      at: ctx.now,
      employeeId: ctx.actor.employeeId,
      reversesId: null,
    } as const;
    const { postings, newParts } = await postingsOf(ctx, input);
    await postStock(ctx.trx, ctx.newId, document, postings);
    const { id, number } = document;
    const total = totalOf(input.lines);
    ctx.audit('received', 'stock-document', id, { after: { number, lines: input.lines.length, total } });
    return { id, number, total, newParts };
  },
});

async function supplierOf(ctx: CommandContext, { supplierId, newSupplier }: Receipt): Promise<string | null> {
  if (newSupplier === null) {
    if (supplierId !== null) await requireRow(ctx.trx, 'suppliers', supplierId, 'supplier');
    return supplierId;
  }
  const namesake = await holderOf(ctx.trx, ['suppliers', 'name'], newSupplier.name);
  if (namesake !== undefined) return namesake;
  const newId = ctx.newId();
  await ctx.trx.insert('suppliers', {
    id: newId,
    unitId: ctx.station.unitId,
    ...newSupplier,
    version: 1,
    createdAt: ctx.now,
  });
  ctx.audit('created', 'supplier', newId, { after: newSupplier });
  return newId;
}

type NewPart = Readonly<{ line: number; id: string; number: string }>;

/** Also the new parts, with the numbers they were given. */
async function postingsOf(
  ctx: CommandContext,
  { warehouseId, lines }: Receipt,
): Promise<{ postings: StockPosting[]; newParts: NewPart[] }> {
  const postings: StockPosting[] = [];
  const newParts: NewPart[] = [];
  for (const [index, { partId, newPart, quantity, price, lots }] of lines.entries()) {
    const part = newPart
      ? await createPart(ctx, newPart, `lines.${index}.newPart.number`)
      : await requireRow<{ id: string; number: string }>(ctx.trx, 'parts', partId ?? '', 'part');
    const value = lineAmount(quantity, price);
    postings.push({ way: 'in', warehouseId, partId: part.id, quantity, value, price, lots, line: index + 1 });
    if (newPart) newParts.push({ line: index + 1, id: part.id, number: part.number });
  }
  return { postings, newParts };
}
