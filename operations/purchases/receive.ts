import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { isDelivered, overDeliveries, withDelivery } from '#domain/stock/purchasing.ts';
import { linesOfPurchase, type PurchaseLine } from '#db/repositories/purchases.ts';
import { id, lots, money, optionalText, quantity, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { amountFits, MAX_LINES, TOO_BIG } from '../stock/lines.ts';
import { postReceipt } from '../stock/receipt.ts';
import { lockPurchase, takeStep } from './step.ts';

const deliveredLine = z
  .object({
    /** Of the order. */
    lineId: id(),
    quantity: quantity(),
    /** Fen paid for one, whatever was agreed. */
    price: money(),
    lots: lots(),
  })
  .refine(amountFits, TOO_BIG);

const delivery = z.object({
  id: id(),
  version: version(),
  lines: z.array(deliveredLine).min(1).max(MAX_LINES),
  note: optionalText(500),
  /** Why more is taken than was ordered; without it that is refused. */
  overDeliveryReason: optionalText(200),
});

type Delivery = z.output<typeof delivery>;

/** Parts of an order come in, all of them or some, at what they cost in the end. With the last of them the order is closed. */
export const receivePurchase = defineCommand({
  name: 'purchases.receive',
  right: 'stock.receive',
  input: delivery,

  async run(ctx, input) {
    const purchase = await lockPurchase(ctx, input.id);
    const ordered = await linesOfPurchase(ctx.trx, purchase.id);
    const lines = linesOf(ordered, input);
    const isOver = requireWithinOrder(ordered, input);
    const { warehouseId, supplierId } = purchase;
    const receipt = await postReceipt(ctx, {
      warehouseId,
      supplierId,
      note: input.note,
      purchaseId: purchase.id,
      lines,
    });
    const reason = isOver ? input.overDeliveryReason : '';
    const received = { step: 'received', reason, stockDocumentId: receipt.id } as const;
    let stepped = await takeStep(ctx, purchase, input.version, received);
    if (isDelivered(withDelivery(ordered, input.lines)))
      stepped = await takeStep(ctx, { ...purchase, ...stepped }, stepped.version, { step: 'closed' });
    return { ...receipt, state: stepped.state, version: stepped.version };
  },
});

/** @throws DomainError `not-found` with the line that isn't the order's */
function linesOf(ordered: readonly PurchaseLine[], { lines }: Delivery) {
  return lines.map(({ lineId, ...line }, index) => {
    const known = ordered.find(({ id }) => id === lineId);
    if (!known) throw new DomainError('not-found', { entity: 'purchaseLine', id: lineId, line: index + 1 });
    return { ...line, partId: known.partId, purchaseLineId: lineId };
  });
}

/** Whether more came than was ordered, which somebody took. @throws DomainError `purchase.over-delivery` */
function requireWithinOrder(ordered: readonly PurchaseLine[], { lines, overDeliveryReason }: Delivery): boolean {
  const [first] = overDeliveries(ordered, lines);
  if (!first) return false;
  if (overDeliveryReason !== '') return true;
  const { index, outstanding, quantity } = first;
  const part = ordered.find(({ id }) => id === lines[index]?.lineId)?.partNumber ?? '';
  throw new DomainError('purchase.over-delivery', { line: index + 1, part, outstanding, quantity });
}
