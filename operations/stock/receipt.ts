import { lineAmount } from '#domain/quantity.ts';
import type { Lot } from '#domain/stock/lots.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { holderOf } from '#db/repositories/parts.ts';
import { postStock, type StockPosting } from '#db/repositories/stock.ts';
import type { CommandContext } from '../operation.ts';
import { totalOf } from './lines.ts';

/** How parts bought come in, with an order to the supplier or without one. */

type ReceivedLine = Readonly<{
  partId: string;
  quantity: number;
  price: number;
  lots: readonly Lot[];
  purchaseLineId?: string;
}>;

type Receipt = Readonly<{
  warehouseId: string;
  supplierId: string | null;
  note: string;
  purchaseId?: string;
  lines: readonly ReceivedLine[];
}>;

/** Writes the receipt at what was paid. @throws DomainError as `postStock` */
export async function postReceipt(
  ctx: CommandContext,
  { warehouseId, supplierId, note, purchaseId, lines }: Receipt,
): Promise<Readonly<{ id: string; number: string; total: number }>> {
  const document = {
    id: ctx.newId(),
    unitId: ctx.station.unitId,
    number: await ctx.nextNumber('RC'),
    kind: 'receipt',
    issueKind: null,
    warehouseId,
    supplierId,
    workOrderId: null,
    recipient: '',
    note,
    movedOn: ctx.today,
    at: ctx.now,
    employeeId: ctx.actor.employeeId,
    reversesId: null,
    purchaseId: purchaseId ?? null,
  } as const;
  const postings = lines.map((line, index): StockPosting => {
    const value = lineAmount(line.quantity, line.price);
    return { ...line, way: 'in', warehouseId, value, line: index + 1 };
  });
  await postStock(ctx.trx, ctx.newId, document, postings);
  const { id, number } = document;
  const total = totalOf(lines);
  ctx.audit('received', 'stock-document', id, { after: { number, lines: lines.length, total } });
  return { id, number, total };
}

type ChosenSupplier = Readonly<{
  supplierId: string | null;
  newSupplier: Readonly<{ name: string; phone: string }> | null;
}>;

/** The supplier chosen, or one that is kept with the document; one of the same name is taken for it. */
export async function supplierOf(
  ctx: CommandContext,
  { supplierId, newSupplier }: ChosenSupplier,
): Promise<string | null> {
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
