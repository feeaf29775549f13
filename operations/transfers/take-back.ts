import { z } from 'zod';
import { standingOf } from '#domain/handshakes/standing.ts';
import { DomainError } from '#domain/errors.ts';
import { answerTo, closeRequest, isTakenBack } from '#db/repositories/handshakes.ts';
import { creditFor, isCharged } from '../deposits/charging.ts';
import { requireOwnRequest } from '../handshakes/asking.ts';
import { transferContent } from '../handshakes/content.ts';
import { id } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { noteProgressOf } from '../requisitions/progress.ts';
import { comeBack } from './arrival.ts';

/**
 * What the receiver refused is here again: back into the warehouse it left, with the value it left with. Once. What his deposit
 * was charged is credited, and of a requisition it is to be shipped again.
 */
export const takeBackTransfer = defineCommand({
  name: 'transfers.takeBack',
  right: 'stock.receive',
  input: z.object({ id: id() }),

  async run(ctx, { id }) {
    const request = await requireOwnRequest(ctx, 'transfer', id);
    const followUp = (await isTakenBack(ctx.trx, id)) ? 'taken-back' : null;
    const { state } = standingOf(request, (await answerTo(ctx.trx, id)) ?? null, followUp);
    if (state !== 'refused') throw new DomainError('request.wrong-state', { number: request.number, state });
    const document = await comeBack(ctx, request);
    await closeRequest(ctx.trx, request, ctx.now);
    const charge = transferContent(request).lines.reduce((sum, line) => sum + line.charge, 0);
    const credit = (await isCharged(ctx, id)) ? charge : 0;
    await creditFor(ctx, request, credit);
    if (request.forRequestId !== null) await noteProgressOf(ctx, request.forRequestId);
    ctx.audit('taken-back', 'request', id, { after: { number: request.number, document: document.number } });
    return { id, number: request.number, documentId: document.id, documentNumber: document.number, credit };
  },
});
