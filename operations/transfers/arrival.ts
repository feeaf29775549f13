import { DomainError } from '#domain/errors.ts';
import { halfUp } from '#domain/money.ts';
import { withoutLots, type Lot } from '#domain/stock/lots.ts';
import { countedOf, partOf } from '#domain/stock/transit.ts';
import type { Request } from '#db/repositories/handshakes.ts';
import { postStock, type StockDocument, type StockPosting } from '#db/repositories/stock.ts';
import { partsToShip } from '#db/repositories/transfers.ts';
import { answer } from '../handshakes/answering.ts';
import { transferContent, type CountContent, type TransferContent } from '../handshakes/content.ts';
import type { CommandContext } from '../operation.ts';
import { transferDocument } from './document.ts';

type Line = TransferContent['lines'][number];
type CountedLine = CountContent['lines'][number];

/**
 * Puts what arrived in good order into the warehouse it was shipped to, and answers so; what differs stays in transit until
 * the shipper decides.
 * @param count line by line; null: all is as it was shipped
 */
export async function arrive(
  ctx: CommandContext,
  request: Request,
  count: CountContent | null,
): Promise<Readonly<{ document: StockDocument; isDiffering: boolean }>> {
  const content = transferContent(request);
  const { to, from } = content;
  const arrived = content.lines.map((line, index) => goodOf(line, index, count?.lines[index]));
  const goods = arrived.filter(({ quantity }) => quantity > 0);
  const document = await putIn(ctx, request, { goods, warehouseId: to.id, partner: from.name });
  const isDiffering = arrived.some((one) => one.isDiffering);
  const outcome = isDiffering ? 'differing' : 'received';
  await answer(ctx, request, {
    decision: 'accepted',
    stockDocumentId: document.id,
    ...(count ? { content: count } : {}),
    outcome,
  });
  return { document, isDiffering };
}

/** Puts what was shipped and refused back where it left, with the value it left with. */
export async function comeBack(ctx: CommandContext, request: Request): Promise<StockDocument> {
  const { lines, from, to } = transferContent(request);
  const goods = lines.map((line, index) => ({ ...line, line: index + 1 }));
  return putIn(ctx, request, { goods, warehouseId: from.id, partner: to.name });
}

/** What goes into stock of a transfer's line. */
export type Good = Readonly<{ line: number; partId: string; quantity: number; value: number; lots: readonly Lot[] }>;

function goodOf(shipped: Line, index: number, counted: CountedLine | undefined): Good & { isDiffering: boolean } {
  const line = index + 1;
  const { good, shortage, damage, surplus } = countedOf(
    shipped.quantity,
    counted ?? { received: shipped.quantity, damaged: 0 },
  );
  const { partId, charge, quantity } = shipped;
  const { part } = partOf({ quantity, value: shipped.value, charge }, good);
  const lots = good === 0 ? [] : lotsOfGood(shipped, line, counted?.lots ?? []);
  return { line, partId, quantity: good, value: part.value, lots, isDiffering: shortage + damage + surplus > 0 };
}

/** Those that were named, of what was shipped; unless some are named, all of them. */
function lotsOfGood({ lots, number }: Line, line: number, named: readonly Lot[]): readonly Lot[] {
  if (named.length === 0) return lots;
  // Of what wasn't tracked when it left, nobody knows which pieces it were.
  if (lots.length > 0 && !withoutLots(lots, named)) throw lotNotShipped(line, number, lots, named);
  return named;
}

export function lotNotShipped(line: number, part: string, lots: readonly Lot[], named: readonly Lot[]): DomainError {
  const known = new Map(lots.map(({ lot, quantity }) => [lot, quantity]));
  const stranger = named.find(({ lot, quantity }) => quantity > (known.get(lot) ?? 0));
  return new DomainError('transfer.lot-not-shipped', { line, part, lot: stranger?.lot ?? named[0]?.lot ?? '' });
}

type Arrival = Readonly<{
  goods: readonly Good[];
  warehouseId: string;
  partner: string;
  /** The decision with which some of it comes back. */
  closesId?: string;
}>;

/** The value of a line is the shipment's to the fen; its price, for one, is only what follows from that. */
export async function putIn(ctx: CommandContext, request: Request, arrival: Arrival): Promise<StockDocument> {
  const { goods, warehouseId, partner, closesId } = arrival;
  await requireParts(ctx, goods);
  const { id: requestId, note } = request;
  const written = { kind: 'receipt', warehouseId, partner, note, requestId } as const;
  const document = { ...(await transferDocument(ctx, written)), ...(closesId === undefined ? {} : { closesId }) };
  const postings = goods.map(({ line, partId, quantity, value, lots }): StockPosting => {
    return { way: 'in', warehouseId, partId, quantity, value, lots, price: halfUp(value, 1000, quantity), line };
  });
  const values = await postStock(ctx.trx, ctx.newId, document, postings);
  const cost = values.reduce((sum, value) => sum + value, 0);
  ctx.audit('received', 'stock-document', document.id, {
    after: { number: document.number, transfer: request.number, lines: goods.length, cost },
  });
  return document;
}

async function requireParts(ctx: CommandContext, goods: readonly Good[]): Promise<void> {
  if (goods.length === 0) return;
  const parts = await partsToShip(
    ctx.trx,
    goods.map(({ partId }) => partId),
  );
  const unknown = goods.find(({ partId }) => !parts.has(partId));
  if (unknown) throw new DomainError('not-found', { entity: 'part', id: unknown.partId });
}
