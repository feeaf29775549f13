import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { postStock } from '#db/repositories/stock.ts';
import {
  partsToShip,
  warehouseOfCompany,
  type ShippedPart,
  type TransferWarehouse,
} from '#db/repositories/transfers.ts';
import { ask } from '../handshakes/asking.ts';
import type { TransferContent } from '../handshakes/content.ts';
import { id, optionalText, quantity } from '../inputs.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { MAX_LINES } from '../stock/lines.ts';
import { arrive } from './arrival.ts';
import { transferDocument } from './document.ts';

const shipment = z.object({
  fromWarehouseId: id(),
  toWarehouseId: id(),
  lines: z
    .array(z.object({ partId: id(), quantity: quantity() }))
    .min(1)
    .max(MAX_LINES),
  note: optionalText(500),
});

type Shipment = z.output<typeof shipment>;

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
    const { from, to } = await placesOf(ctx, input);
    const parts = await partsOf(ctx, input);
    const requestId = ctx.newId();
    const document = await transferDocument(ctx, {
      kind: 'issue',
      warehouseId: from.id,
      partner: `${to.unit} · ${to.name}`,
      note: input.note,
      requestId,
    });
    const postings = input.lines.map(
      (line, index) => ({ ...line, way: 'out', warehouseId: from.id, price: 0, line: index + 1 }) as const,
    );
    const values = await postStock(ctx.trx, ctx.newId, document, postings);
    const content = contentOf({ from, to }, parts, input, values);
    const request = await ask(ctx, {
      id: requestId,
      kind: 'transfer',
      toUnitId: to.unitId,
      subject: parts
        .map(({ number, name }) => `${number} ${name}`)
        .slice(0, 3)
        .join('，'),
      content,
      note: input.note,
      stockDocumentId: document.id,
    });
    const cost = values.reduce((sum, value) => sum + value, 0);
    ctx.audit('issued', 'stock-document', document.id, {
      after: { number: document.number, lines: values.length, cost },
    });
    const isReceived = to.unitId === ctx.station.unitId;
    if (isReceived) await arrive(ctx, request);
    return {
      id: requestId,
      number: request.number,
      documentId: document.id,
      documentNumber: document.number,
      isReceived,
    };
  },
});

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

function contentOf(
  { from, to }: Places,
  parts: readonly ShippedPart[],
  { lines }: Shipment,
  values: readonly number[],
): TransferContent {
  const place = ({ id, code, name }: TransferWarehouse) => ({ id, code, name });
  return {
    from: place(from),
    to: place(to),
    lines: parts.map(({ id: partId, number, name, measure }, index) => ({
      partId,
      number,
      name,
      measure,
      quantity: lines[index]?.quantity ?? 0,
      value: values[index] ?? 0,
    })),
  };
}
