import { DomainError } from '#domain/errors.ts';
import { halfUp } from '#domain/money.ts';
import type { Request } from '#db/repositories/handshakes.ts';
import { postStock, type StockDocument } from '#db/repositories/stock.ts';
import { partsToShip } from '#db/repositories/transfers.ts';
import { answer } from '../handshakes/answering.ts';
import { transferContent, type TransferContent } from '../handshakes/content.ts';
import type { CommandContext } from '../operation.ts';
import { transferDocument } from './document.ts';

/** Puts exactly what was shipped into the warehouse it was shipped to, and answers so. */
export async function arrive(ctx: CommandContext, request: Request): Promise<StockDocument> {
  const content = transferContent(request);
  const document = await putIn(ctx, request, content, content.to.id, content.from.name);
  await answer(ctx, request, { decision: 'accepted', stockDocumentId: document.id, outcome: 'received' });
  return document;
}

/** Puts what was shipped and refused back where it left, with the value it left with. */
export async function comeBack(ctx: CommandContext, request: Request): Promise<StockDocument> {
  const content = transferContent(request);
  return putIn(ctx, request, content, content.from.id, content.to.name);
}

/** The value of a line is the shipment's to the fen; its price, for one, is only what follows from that. */
async function putIn(
  ctx: CommandContext,
  request: Request,
  { lines }: TransferContent,
  warehouseId: string,
  partner: string,
): Promise<StockDocument> {
  const parts = await partsToShip(
    ctx.trx,
    lines.map(({ partId }) => partId),
  );
  const unknown = lines.find(({ partId }) => !parts.has(partId));
  if (unknown) throw new DomainError('not-found', { entity: 'part', id: unknown.partId });
  const { id: requestId, note } = request;
  const document = await transferDocument(ctx, { kind: 'receipt', warehouseId, partner, note, requestId });
  const postings = lines.map(({ partId, quantity, value, lots }, index) => {
    const price = halfUp(value, 1000, quantity);
    return { way: 'in', warehouseId, partId, quantity, value, price, lots, line: index + 1 } as const;
  });
  const values = await postStock(ctx.trx, ctx.newId, document, postings);
  const cost = values.reduce((sum, value) => sum + value, 0);
  ctx.audit('received', 'stock-document', document.id, {
    after: { number: document.number, transfer: request.number, lines: lines.length, cost },
  });
  return document;
}
