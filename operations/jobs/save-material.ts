import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireLots, type Lot } from '#domain/stock/lots.ts';
import { CHARGES, materialSteps, usualCharge, type Charge, type Draw, type PutBack } from '#domain/stock/material.ts';
import { classOfCharge } from '#domain/stock/prices.ts';
import { acceptsParts } from '#domain/work-orders/states.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { lotsOfMaterial, trackedParts } from '#db/repositories/lots.ts';
import { materialOf, replaceMaterial, type MaterialRow } from '#db/repositories/material.ts';
import { lockOldParts } from '#db/repositories/old-parts.ts';
import { pricesFor } from '#db/repositories/part-lists.ts';
import type { PartRow } from '#db/repositories/parts.ts';
import { postStock, type StockPosting } from '#db/repositories/stock.ts';
import { updateWorkOrder, type WorkOrder } from '#db/repositories/work-orders.ts';
import { id, lots, money, quantity, version } from '../inputs.ts';
import { oweOldParts, undoDebts } from '../old-parts/debts.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { levelOf } from '../stock/level.ts';
import { amountFits, MAX_LINES, TOO_BIG } from '../stock/lines.ts';
import { takeReserved } from '../stock/take-reserved.ts';
import { requireOrderAt, requireVisible } from '../work-orders/own-work.ts';
import { fieldFault, requireDiscountWithin } from './sheet-rules.ts';

const materialLine = z
  .object({
    /** Of a line saved before; null: a new one. */
    id: id().nullable().default(null),
    partId: id(),
    warehouseId: id(),
    quantity: quantity(),
    /** Fen for one; null: what the part is sold for to whoever pays. */
    price: money().nullable().default(null),
    /** Who pays; null: as the order's warranty class has it. */
    charge: z.enum(CHARGES).nullable().default(null),
    /** All numbers of a tracked part; of a batch left out: the oldest, or those that are drawn already. */
    lots: lots(),
  })
  .refine(({ quantity, price }) => amountFits({ quantity, price: price ?? 0 }), TOO_BIG);

const material = z.object({
  workOrderId: id(),
  version: version(),
  /** The whole list; a line that was there and is not any more is put back. */
  lines: z.array(materialLine).max(MAX_LINES),
});

type Line = z.output<typeof materialLine>;
type WantedLine = Omit<MaterialRow, 'workOrderId' | 'lineNo' | 'cost'> & Readonly<{ lots: readonly Lot[] }>;

/** Saves the material list: stock moves by the difference to what it was, in one document. */
export const saveMaterial = defineCommand({
  name: 'jobs.saveMaterial',
  right: 'job.materials',
  input: material,

  async run(ctx, { workOrderId, version, lines }) {
    const order = await requireOrderAt(ctx, workOrderId, version);
    await requireVisible(ctx.trx, ctx.actor, workOrderId);
    if (!acceptsParts(order.state)) throw new DomainError('work-order.takes-no-parts', { state: order.state });
    const before = await materialOf(ctx.trx, workOrderId);
    const held = await lotsOfMaterial(ctx.trx, workOrderId);
    const wanted = await wantedLines(ctx, order, before, lines);
    await requireLotsOf(ctx, before, wanted);
    const lotsBefore = before.map((line) => ({ ...line, lots: held.get(line.id) ?? [] }));
    const { putBack, draw } = materialSteps(lotsBefore, wanted);
    const costs = await moveStock(ctx, order, putBack, draw);
    await takeReserved(ctx, workOrderId, draw);
    const kept = new Map(before.map((line) => [line.id, line.cost]));
    const rows = wanted.map(({ lots: _, ...line }) => ({
      ...line,
      cost: (kept.get(line.id) ?? 0) + (costs.get(line.id) ?? 0),
    }));
    await replaceMaterial(ctx.trx, order, rows);
    await requireDiscountWithin(ctx.trx, order, rows);
    await updateWorkOrder(ctx.trx, workOrderId, version, {});
    ctx.audit('material-saved', 'work-order', workOrderId, { before: { lines: before }, after: { lines: rows } });
    return { id: workOrderId, number: order.number, version: version + 1, lines: rows };
  },
});

/** @throws DomainError `not-found`, `input.invalid` */
async function wantedLines(
  ctx: CommandContext,
  order: WorkOrder,
  before: readonly MaterialRow[],
  lines: readonly Line[],
): Promise<WantedLine[]> {
  const known = new Set(before.map((line) => line.id));
  const wanted: WantedLine[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.id !== null && !known.delete(line.id)) throw fieldFault(`lines.${index}.id`, 'doesNotExist');
    const part = await requireRow<PartRow>(ctx.trx, 'parts', line.partId, 'part');
    await requireRow(ctx.trx, 'warehouses', line.warehouseId, 'warehouse');
    const charge = line.charge ?? usualCharge(order.warrantyClass);
    const price = line.price ?? (await usualPrice(ctx, part, charge));
    if (!amountFits({ quantity: line.quantity, price })) throw fieldFault(`lines.${index}.price`, 'tooBig');
    wanted.push({ ...line, id: line.id ?? ctx.newId(), price, charge });
  }
  return wanted;
}

async function usualPrice(ctx: CommandContext, { id, salePrice }: PartRow, charge: Charge): Promise<number> {
  const asked = { level: await levelOf(ctx.trx, ctx.station), customerClass: classOfCharge(charge) };
  return (await pricesFor(ctx.trx, [id], asked)).get(id) ?? salePrice;
}

/**
 * Numbers that are told are the whole line's; those of pieces have to be told where their count changes.
 * @throws DomainError as `requireLots`
 */
async function requireLotsOf(
  ctx: CommandContext,
  before: readonly MaterialRow[],
  wanted: readonly WantedLine[],
): Promise<void> {
  const parts = await trackedParts(
    ctx.trx,
    wanted.map(({ partId }) => partId),
  );
  const held = new Map(before.map((line) => [line.id, line]));
  for (const [index, { id, partId, warehouseId, quantity, lots }] of wanted.entries()) {
    const part = parts.get(partId);
    const line = held.get(id);
    const isAsHeld = line?.quantity === quantity && line.partId === partId && line.warehouseId === warehouseId;
    const needsLots = lots.length > 0 || (part?.tracking === 'serial' && !isAsHeld);
    if (!needsLots) continue;
    requireLots({ line: index + 1, part: part?.number ?? partId, tracking: part?.tracking ?? 'none', quantity }, lots);
  }
}

/** What each line's cost changes by, fen, by the line's id. */
async function moveStock(
  ctx: CommandContext,
  order: WorkOrder,
  putBack: readonly PutBack[],
  draw: readonly Draw[],
): Promise<Map<string, number>> {
  const changes = new Map<string, number>();
  const postings: StockPosting[] = [
    ...putBack.map((step) => ({ ...step, way: 'in', workOrderPartId: step.lineId }) as const),
    ...draw.map((step) => ({ ...step, way: 'out', workOrderPartId: step.lineId }) as const),
  ];
  if (postings.length === 0) return changes;
  if (putBack.length > 0) await lockOldParts(ctx.trx, order.unitId);
  const document = await materialDocument(ctx, order, postings);
  const values = await postStock(ctx.trx, ctx.newId, document, postings);
  for (const { lineId: id, partId, quantity } of putBack)
    await undoDebts(ctx, { cause: 'work_order_part_id', id, partId, quantity, documentId: document.id });
  const employeeId = order.technicianId ?? ctx.actor.employeeId;
  await oweOldParts(ctx, document, { employeeId, toUnitId: order.unitId });
  for (const [index, posting] of postings.entries()) {
    const lineId = posting.workOrderPartId ?? '';
    const value = values[index] ?? 0;
    changes.set(lineId, (changes.get(lineId) ?? 0) + (posting.way === 'in' ? -value : value));
  }
  return changes;
}

async function materialDocument(ctx: CommandContext, order: WorkOrder, postings: readonly StockPosting[]) {
  const warehouses = [...new Set(postings.map((posting) => posting.warehouseId))];
  return {
    id: ctx.newId(),
    unitId: order.unitId,
    number: await ctx.nextNumber('ML'),
    kind: 'material',
    issueKind: null,
    warehouseId: warehouses.length === 1 ? (warehouses[0] ?? null) : null,
    supplierId: null,
    workOrderId: order.id,
    recipient: '',
    note: '',
    movedOn: ctx.today,
    at: ctx.now,
    employeeId: ctx.actor.employeeId,
    reversesId: null,
  } as const;
}
