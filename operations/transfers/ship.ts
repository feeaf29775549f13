import { z } from 'zod';
import { id, optionalText, quantity } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { lotsField, MAX_LINES } from '../stock/lines.ts';
import { shipParts } from './shipping.ts';

const shipment = z.object({
  fromWarehouseId: id(),
  toWarehouseId: id(),
  lines: z
    .array(z.object({ partId: id(), quantity: quantity(), lots: lotsField() }))
    .min(1)
    .max(MAX_LINES),
  note: optionalText(500),
});

/**
 * Parts leave for another warehouse at the average cost of the moment. In another unit's they lie when it receives them, at
 * what they left with; until then they are in transit. In one of our own they arrive at once.
 */
export const shipTransfer = defineCommand({
  name: 'transfers.ship',
  right: 'stock.transfer',
  reach: 'company',
  input: shipment,

  async run(ctx, input) {
    const { request, document, values, isReceived } = await shipParts(ctx, input);
    const { id: documentId, number: documentNumber } = document;
    const cost = values.reduce((sum, value) => sum + value, 0);
    ctx.audit('issued', 'stock-document', documentId, {
      after: { number: documentNumber, lines: values.length, cost },
    });
    return { id: request.id, number: request.number, documentId, documentNumber, isReceived };
  },
});
