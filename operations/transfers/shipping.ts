import { DomainError } from '#domain/errors.ts';
import type { IssueKind } from '#domain/stock/issues.ts';
import type { Lot } from '#domain/stock/lots.ts';
import type { Request } from '#db/repositories/handshakes.ts';
import { movesOfDocument, postStock, type StockDocument, type StockMoveWithLots } from '#db/repositories/stock.ts';
import {
  partsToShip,
  warehouseOfCompany,
  type ShippedPart,
  type TransferWarehouse,
} from '#db/repositories/transfers.ts';
import { ask } from '../handshakes/asking.ts';
import type { TransferContent } from '../handshakes/content.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import type { CommandContext } from '../operation.ts';
import { arrive } from './arrival.ts';
import { transferDocument } from './document.ts';

type Shipment = Readonly<{
  fromWarehouseId: string;
  toWarehouseId: string;
  lines: ReadonlyArray<Readonly<{ partId: string; quantity: number; lots: readonly Lot[] }>>;
  note: string;
  /** Why it leaves, where it isn't for another outlet. */
  issueKind?: IssueKind;
}>;

type Shipped = Readonly<{
  request: Request;
  document: StockDocument;
  values: readonly number[];
  isReceived: boolean;
}>;

/**
 * Parts leave one warehouse for another, and arrive at once in one of our own; see transfers.ship.
 * @throws DomainError `not-found`, `document.of-another-unit`, `input.invalid`, and as `postStock`
 */
export async function shipParts(ctx: CommandContext, shipment: Shipment): Promise<Shipped> {
  const { from, to } = await placesOf(ctx, shipment);
  const { lines, note, issueKind } = shipment;
  const parts = await partsOf(ctx, shipment);
  const requestId = ctx.newId();
  const partner = `${to.unit} · ${to.name}`;
  const leaving = { kind: 'issue', warehouseId: from.id, partner, note, requestId } as const;
  const document = await transferDocument(ctx, issueKind ? { ...leaving, issueKind } : leaving);
  const postings = lines.map(
    (line, index) => ({ ...line, way: 'out', warehouseId: from.id, price: 0, line: index + 1 }) as const,
  );
  const values = await postStock(ctx.trx, ctx.newId, document, postings);
  const request = await ask(ctx, {
    id: requestId,
    kind: 'transfer',
    toUnitId: to.unitId,
    subject: parts
      .map(({ number, name }) => `${number} ${name}`)
      .slice(0, 3)
      .join('，'),
    content: contentOf({ from, to }, parts, await movesOfDocument(ctx.trx, document.id)),
    note,
    stockDocumentId: document.id,
  });
  const isReceived = to.unitId === ctx.station.unitId;
  if (isReceived) await arrive(ctx, request);
  return { request, document, values, isReceived };
}

type Places = Readonly<{ from: TransferWarehouse; to: TransferWarehouse }>;

async function placesOf(ctx: CommandContext, { fromWarehouseId, toWarehouseId }: Shipment): Promise<Places> {
  const from = await requireWarehouse(ctx, fromWarehouseId);
  if (from.unitId !== ctx.station.unitId) throw new DomainError('document.of-another-unit');
  const to = await requireWarehouse(ctx, toWarehouseId);
  if (to.id === from.id) throw fieldFault('toWarehouseId', 'notAllowed');
  return { from, to };
}

async function requireWarehouse(ctx: CommandContext, warehouseId: string): Promise<TransferWarehouse> {
  const warehouse = await warehouseOfCompany(ctx.trx, warehouseId);
  if (!warehouse) throw new DomainError('not-found', { entity: 'warehouse', id: warehouseId });
  return warehouse;
}

/** The part of each line. @throws DomainError `not-found` */
async function partsOf(ctx: CommandContext, { lines }: Shipment): Promise<ShippedPart[]> {
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

/** With the serial and batch numbers that left, also where nobody named them. */
function contentOf(
  { from, to }: Places,
  parts: readonly ShippedPart[],
  moves: readonly StockMoveWithLots[],
): TransferContent {
  const place = ({ id, code, name }: TransferWarehouse) => ({ id, code, name });
  return {
    from: place(from),
    to: place(to),
    lines: parts.map(({ id: partId, number, name, measure }, index) => {
      const move = moves[index];
      const figures = { quantity: 0 - (move?.quantity ?? 0), value: 0 - (move?.value ?? 0) };
      return { partId, number, name, measure, ...figures, lots: [...(move?.lots ?? [])] };
    }),
  };
}
