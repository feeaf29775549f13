import { z } from 'zod';

import { id, lots, optionalText, quantity } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { MAX_LINES } from '../stock/lines.ts';
import { shipGoods } from './shipment.ts';

/** Parts leave for another warehouse, of this unit or of another. */
export const shipTransfer = defineCommand({
  name: 'transfers.ship',
  right: 'stock.transfer',
  reach: 'company',
  input: z.object({
    fromWarehouseId: id(),
    toWarehouseId: id(),
    lines: z
      .array(z.object({ partId: id(), quantity: quantity(), lots: lots() }))
      .min(1)
      .max(MAX_LINES),
    note: optionalText(500),
    /** Why more goes to a technician than his deposit covers. */
    exceed: optionalText(200),
  }),

  async run(ctx, input) {
    const { request, document, isReceived } = await shipGoods(ctx, input);
    const { id, number } = request;
    return { id, number, documentId: document.id, documentNumber: document.number, isReceived };
  },
});
