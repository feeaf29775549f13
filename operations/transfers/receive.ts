import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { requireToAnswer } from '../handshakes/answering.ts';
import { transferContent } from '../handshakes/content.ts';
import { id } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { arrive } from './arrival.ts';

/** The parts are here: they come into stock as they left the other unit's, piece by piece and fen by fen. */
export const receiveTransfer = defineCommand({
  name: 'transfers.receive',
  right: 'stock.receive',
  input: z.object({ id: id() }),

  async run(ctx, { id }) {
    const request = await requireToAnswer(ctx, 'transfer', id);
    const { to } = transferContent(request);
    const warehouse = await requireRow<{ unitId: string }>(ctx.trx, 'warehouses', to.id, 'warehouse');
    if (warehouse.unitId !== ctx.station.unitId) throw new DomainError('document.of-another-unit');
    const document = await arrive(ctx, request);
    return { id: request.id, number: request.number, documentId: document.id, documentNumber: document.number };
  },
});
