import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { chargeFor as shareOf } from '#domain/stock/requisition.ts';
import { chargeFor } from '../deposits/charging.ts';
import { depositToCharge } from '../deposits/standing.ts';
import { requisitionContent } from '../handshakes/content.ts';
import { id, lots, optionalText, quantity } from '../inputs.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import { defineCommand } from '../operation.ts';
import { MAX_LINES } from '../stock/lines.ts';
import { shipGoods } from '../transfers/shipment.ts';
import { requireGranted } from './asked.ts';
import { noteProgressOf, servedLinesOf, type ServedLine } from './progress.ts';

const shippedLine = z.object({
  /** Of the requisition, from 1. */
  line: z.int().min(1).max(MAX_LINES),
  quantity: quantity(),
  lots: lots(),
});

/**
 * What was granted leaves for the outlet, at once or in several shipments and never more than is left of the grant. The
 * outlet's deposit, where it has one, is charged in the same moment.
 */
export const shipRequisition = defineCommand({
  name: 'requisitions.ship',
  right: 'stock.transfer',
  reach: 'company',
  input: z.object({
    id: id(),
    fromWarehouseId: id(),
    lines: z.array(shippedLine).min(1).max(MAX_LINES),
    note: optionalText(500),
  }),

  async run(ctx, { id, fromWarehouseId, lines, note }) {
    const { request, answer } = await requireGranted(ctx, id);
    const deposit = await depositToCharge(ctx, request.unitId);
    const served = await servedLinesOf(ctx.trx, request, answer);
    const goods = goodsOf(served, lines).map((line) => (deposit ? line : { ...line, charge: 0 }));
    const { request: transfer, document } = await shipGoods(ctx, {
      fromWarehouseId,
      toWarehouseId: requisitionContent(request).to.id,
      note,
      lines: goods,
      serves: request.number,
      forRequestId: id,
    });
    const charge = goods.reduce((sum, line) => sum + line.charge, 0);
    await chargeFor(ctx, transfer, charge);
    await noteProgressOf(ctx, id);
    return {
      id: transfer.id,
      number: transfer.number,
      documentId: document.id,
      documentNumber: document.number,
      charge,
    };
  },
});

type ShippedLine = z.output<typeof shippedLine>;

/** @throws DomainError `requisition.beyond-granted {line, part, rest, quantity}`, `input.invalid` */
function goodsOf(served: readonly ServedLine[], lines: readonly ShippedLine[]) {
  const seen = new Set<number>();
  return lines.map(({ line, quantity, lots }, index) => {
    const wanted = served[line - 1];
    if (!wanted || seen.has(line)) throw fieldFault(`lines.${index}.line`, 'notAllowed');
    seen.add(line);
    const { partId, number: part, rest } = wanted;
    if (quantity > rest.quantity)
      throw new DomainError('requisition.beyond-granted', { line, part, rest: rest.quantity, quantity });
    return { partId, quantity, lots, charge: shareOf(rest, quantity), requisitionLine: line };
  });
}
