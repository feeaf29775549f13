import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { lineAmount } from '#domain/quantity.ts';
import { differenceOf, surplusPrice } from '#domain/stock/count.ts';
import { updateVersioned } from '#db/repositories/documents.ts';
import { postStock, type StockDocument, type StockPosting } from '#db/repositories/stock.ts';
import { linesOfCount, notePosted, worthOf, type CountLine } from '#db/repositories/stock-count-lines.ts';
import { requireCount, type StockCount } from '#db/repositories/stock-counts.ts';
import { id, text, version } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { amountFits } from '../stock/lines.ts';
import { countersOf } from './counters.ts';

type Difference = Readonly<{ line: CountLine; quantity: number; reason: string }>;

/**
 * A second person confirms what was counted: each difference, with its reason, is posted into the ledger today. It is the
 * difference to what the books said when the part was counted, so that what moved since is not undone.
 */
export const confirmCount = defineCommand({
  name: 'stockCounts.confirm',
  right: 'stock.count-confirm',
  input: z.object({
    id: id(),
    version: version(),
    reasons: z.array(z.object({ lineId: id(), reason: text(200) })).max(5000),
  }),

  async run(ctx, { id: countId, version, reasons }) {
    const count = await requireCount(ctx.trx, countId, ['counted']);
    const { number } = count;
    if (countersOf(count).includes(ctx.actor.employeeId))
      throw new DomainError('stock-count.counted-by-you', { number });
    const given = new Map(reasons.map(({ lineId, reason }) => [lineId, reason]));
    const differences = differencesOf(await linesOfCount(ctx.trx, countId), given);
    const posted = differences.length > 0 ? await post(ctx, count, differences) : { id: null, number: null, value: 0 };
    await updateVersioned(ctx.trx, 'stock_counts', countId, version, {
      state: 'posted',
      stockDocumentId: posted.id,
      endedById: ctx.actor.employeeId,
      endedAt: ctx.now,
    });
    const { value } = posted;
    ctx.audit('confirmed', 'stock-count', countId, { after: { number, differences: differences.length, value } });
    return { number, documentId: posted.id, value, differences: differences.length };
  },
});

/** @throws DomainError `stock-count.reason-missing {line}` */
function differencesOf(lines: readonly CountLine[], reasons: ReadonlyMap<string, string>): Difference[] {
  return lines.flatMap((line) => {
    const quantity = differenceOf(line.second ?? line.first);
    if (quantity === 0) return [];
    const reason = reasons.get(line.id);
    if (reason === undefined) throw new DomainError('stock-count.reason-missing', { line: line.lineNo });
    return [{ line, quantity, reason }];
  });
}

async function post(ctx: CommandContext, count: StockCount, differences: readonly Difference[]) {
  const document: StockDocument = {
    id: ctx.newId(),
    unitId: count.unitId,
    number: count.number,
    kind: 'count',
    issueKind: null,
    warehouseId: count.warehouseId,
    supplierId: null,
    workOrderId: null,
    recipient: '',
    note: count.note,
    movedOn: ctx.today,
    at: ctx.now,
    employeeId: ctx.actor.employeeId,
    reversesId: null,
  };
  const postings: StockPosting[] = [];
  for (const difference of differences) postings.push(await postingOf(ctx, count, difference));
  const values = await postOrRecount(() => postStock(ctx.trx, ctx.newId, document, postings));
  let value = 0;
  for (const [index, { line, quantity, reason }] of differences.entries()) {
    const signed = quantity > 0 ? (values[index] ?? 0) : 0 - (values[index] ?? 0);
    await notePosted(ctx.trx, line.id, reason, signed);
    value += signed;
  }
  return { id: document.id, number: document.number, value };
}

/** @throws DomainError `stock-count.too-much {part}` when a surplus is worth more than can be counted with */
async function postingOf(
  ctx: CommandContext,
  { warehouseId }: StockCount,
  { line, quantity }: Difference,
): Promise<StockPosting> {
  const { partId, lot, lineNo } = line;
  const { balance, lastPrice } = await worthOf(ctx.trx, { warehouseId, partId });
  const price = surplusPrice(balance, lastPrice);
  const amount = Math.abs(quantity);
  if (!amountFits({ quantity: amount, price })) throw new DomainError('stock-count.too-much', { part: partId });
  const lots = lot === '' ? {} : { lots: [{ lot, quantity: amount }] };
  const common = { warehouseId, partId, quantity: amount, price, line: lineNo, ...lots };
  return quantity > 0 ? { ...common, way: 'in', value: lineAmount(amount, price) } : { ...common, way: 'out' };
}

/**
 * So much has left since the count that the difference can't any more: what is there now has to be counted.
 * @throws DomainError `stock-count.recount-needed {line, part, onHand, quantity}`
 */
async function postOrRecount<T>(post: () => Promise<T>): Promise<T> {
  try {
    return await post();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const isTooLittle = error.code === 'stock.insufficient' || error.code === 'stock.lot-insufficient';
    throw isTooLittle ? new DomainError('stock-count.recount-needed', error.details) : error;
  }
}
