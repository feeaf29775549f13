import { DomainError } from '#domain/errors.ts';
import type { IssueKind } from '#domain/stock/issues.ts';
import type { Lot } from '#domain/stock/lots.ts';
import type { Request } from '#db/repositories/handshakes.ts';
import { movesOfDocument, postStock, type StockDocument, type StockMoveWithLots } from '#db/repositories/stock.ts';
import {
  partsToShip,
  warehouseOfCompany,
  type HeldWarehouse,
  type ShippedPart,
  type TransferWarehouse,
} from '#db/repositories/transfers.ts';
import { goesBeyond } from '../deposits/exceeding.ts';
import { depositOfHolder } from '../deposits/standing.ts';
import { ask } from '../handshakes/asking.ts';
import type { TransferContent } from '../handshakes/content.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import type { CommandContext } from '../operation.ts';
import { arrive } from './arrival.ts';
import { transferDocument } from './document.ts';

type GoodsLine = Readonly<{
  partId: string;
  quantity: number;
  lots?: readonly Lot[];
  /** Fen charged to the receiver's deposit for it. */
  charge?: number;
  requisitionLine?: number;
}>;

export type Goods = Readonly<{
  fromWarehouseId: string;
  toWarehouseId: string;
  note: string;
  lines: readonly GoodsLine[];
  /** The requisition that is served, or the transfer that left with too little: its number. */
  serves?: string;
  forRequestId?: string;
  /** Why it leaves, where it isn't for another outlet. */
  issueKind?: IssueKind;
  /** Why more goes to a technician than his deposit covers. */
  exceed?: string;
}>;

/** `values`: fen of each line. */
export type Shipment = Readonly<{
  request: Request;
  document: StockDocument;
  values: readonly number[];
  isReceived: boolean;
}>;

/**
 * Parts leave for another warehouse at the average cost of the moment. In another unit's they lie when it receives them, at
 * what they left with; until then they are in transit. In one of our own they arrive at once. What a technician carries blocks
 * his deposit, where he has one.
 * @throws DomainError `not-found`, `document.of-another-unit`, `input.invalid`, and as `goesBeyond` and `postStock`
 */
export async function shipGoods(ctx: CommandContext, goods: Goods): Promise<Shipment> {
  const places = await placesOf(ctx, goods);
  const { from, to } = places;
  const parts = await partsOf(ctx, goods);
  const deposit = await depositOfHolder(ctx, newHolder(places));
  const id = ctx.newId();
  const partner = `${to.unit} · ${to.name}`;
  const written = { kind: 'issue', warehouseId: from.id, partner, note: goods.note, requestId: id } as const;
  const document = await transferDocument(ctx, goods.issueKind ? { ...written, issueKind: goods.issueKind } : written);
  const postings = goods.lines.map(({ partId, quantity, lots = [] }, index) => {
    return { way: 'out', warehouseId: from.id, partId, quantity, lots, price: 0, line: index + 1 } as const;
  });
  const values = await postStock(ctx.trx, ctx.newId, document, postings);
  const cost = values.reduce((sum, value) => sum + value, 0);
  const exceeds = goesBeyond(ctx, deposit, cost, goods.exceed ?? '') ? (goods.exceed ?? '') : '';
  const moves = await movesOfDocument(ctx.trx, document.id);
  const request = await ask(ctx, {
    id,
    kind: 'transfer',
    toUnitId: to.unitId,
    subject: subjectOf(parts),
    content: { ...contentOf(places, parts, goods, moves), exceeds },
    note: goods.note,
    stockDocumentId: document.id,
    forRequestId: goods.forRequestId ?? null,
  });
  ctx.audit('issued', 'stock-document', document.id, {
    after: { number: document.number, lines: values.length, cost, ...(exceeds === '' ? {} : { exceeds }) },
  });
  const isReceived = to.unitId === ctx.station.unitId;
  if (isReceived) await arrive(ctx, request, null);
  return { request, document, values, isReceived };
}

/** The first parts by number and name, for lists. */
export const subjectOf = (parts: readonly Readonly<{ number: string; name: string }>[]): string =>
  parts
    .map(({ number, name }) => `${number} ${name}`)
    .slice(0, 3)
    .join('，');

type Places = Readonly<{ from: HeldWarehouse; to: HeldWarehouse }>;

/** Our technician who carries from then on what he did not carry before. */
const newHolder = ({ from, to }: Places): string | null =>
  from.unitId === to.unitId && from.holderId !== to.holderId ? to.holderId : null;

async function placesOf(ctx: CommandContext, { fromWarehouseId, toWarehouseId }: Goods): Promise<Places> {
  const from = await requireWarehouse(ctx, fromWarehouseId);
  if (from.unitId !== ctx.station.unitId) throw new DomainError('document.of-another-unit');
  const to = await requireWarehouse(ctx, toWarehouseId);
  if (to.id === from.id) throw fieldFault('toWarehouseId', 'notAllowed');
  return { from, to };
}

async function requireWarehouse(ctx: CommandContext, warehouseId: string): Promise<HeldWarehouse> {
  const warehouse = await warehouseOfCompany(ctx.trx, warehouseId);
  if (!warehouse) throw new DomainError('not-found', { entity: 'warehouse', id: warehouseId });
  return warehouse;
}

/** The part of each line. @throws DomainError `not-found` */
export async function partsOf(
  ctx: CommandContext,
  { lines }: Readonly<{ lines: readonly Readonly<{ partId: string }>[] }>,
): Promise<ShippedPart[]> {
  const found = await partsToShip(
    ctx.trx,
    lines.map(({ partId }) => partId),
  );
  return lines.map(({ partId }) => {
    const part = found.get(partId);
    if (!part) throw new DomainError('not-found', { entity: 'part', id: partId });
    return part;
  });
}

function contentOf(
  { from, to }: Places,
  parts: readonly ShippedPart[],
  { lines, serves = '' }: Goods,
  moves: readonly StockMoveWithLots[],
): Omit<TransferContent, 'exceeds'> {
  const place = ({ id, code, name }: TransferWarehouse) => ({ id, code, name });
  return {
    from: place(from),
    to: place(to),
    serves,
    lines: parts.map(({ id: partId, number, name, measure }, index) => ({
      partId,
      number,
      name,
      measure,
      quantity: lines[index]?.quantity ?? 0,
      value: 0 - (moves[index]?.value ?? 0),
      lots: [...(moves[index]?.lots ?? [])],
      charge: lines[index]?.charge ?? 0,
      requisitionLine: lines[index]?.requisitionLine ?? null,
    })),
  };
}
