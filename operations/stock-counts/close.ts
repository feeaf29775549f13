import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { isBlurred, lookAfter, mustRecount } from '#domain/stock/count.ts';
import { updateVersioned } from '#db/repositories/documents.ts';
import {
  askRecount,
  insertCountLine,
  linesOfCount,
  nextLineNo,
  shelfOf,
  worthOf,
  type CountLine,
} from '#db/repositories/stock-count-lines.ts';
import {
  otherCountOf,
  requireCount,
  shelvesNotCounted,
  takeCountTurn,
  type ShelfNotCounted,
  type StockCount,
} from '#db/repositories/stock-counts.ts';
import { id, version } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { noteCounter } from './counters.ts';

/**
 * Ends counting: what differs too much, or moved while it was counted, is to be counted again; when that is done, too, the
 * count is ready to be confirmed. What becomes of parts that lie there and nobody counted has to be said.
 */
export const closeCount = defineCommand({
  name: 'stockCounts.close',
  right: 'stock.count',
  input: z.object({
    id: id(),
    version: version(),
    /** Parts nobody counted: none of them is there, or they are left as they are. */
    uncounted: z.enum(['zero', 'leave']).nullable().default(null),
  }),

  async run(ctx, { id: countId, version, uncounted }) {
    const count = await requireCount(ctx.trx, countId, ['counting', 'recounting']);
    const isFirst = count.state === 'counting';
    const decided = isFirst ? await decide(ctx, count, uncounted) : count.uncounted;
    const lines = await linesOfCount(ctx.trx, countId);
    if (lines.length === 0) throw new DomainError('stock-count.empty', { number: count.number });
    const toRecount = isFirst ? await recountList(ctx, count, lines) : requireRecounted(lines);
    const state = toRecount > 0 ? 'recounting' : 'counted';
    await updateVersioned(ctx.trx, 'stock_counts', countId, version, {
      state,
      uncounted: decided,
      closedAt: ctx.now,
    });
    ctx.audit('closed', 'stock-count', countId, {
      before: { state: count.state },
      after: { number: count.number, state, lines: lines.length, toRecount, uncounted: decided },
    });
    return { state, toRecount, version: version + 1 } as const;
  },
});

/** @throws DomainError `stock-count.uncounted {count}` as long as nobody has said what becomes of them */
async function decide(
  ctx: CommandContext,
  count: StockCount,
  uncounted: 'zero' | 'leave' | null,
): Promise<'' | 'zero' | 'leave'> {
  const left = await shelvesNotCounted(ctx.trx, count);
  if (left.length === 0) return '';
  if (uncounted === null) throw new DomainError('stock-count.uncounted', { count: left.length });
  if (uncounted === 'zero') await countAsNone(ctx, count, left);
  return uncounted;
}

/** @throws DomainError `stock-count.counted-elsewhere {part, number}` */
async function countAsNone(ctx: CommandContext, count: StockCount, left: readonly ShelfNotCounted[]): Promise<void> {
  const { id: countId, unitId, warehouseId } = count;
  await takeCountTurn(ctx.trx, warehouseId);
  let lineNo = await nextLineNo(ctx.trx, countId);
  for (const { partId, part, lot } of left) {
    const other = await otherCountOf(ctx.trx, count, partId);
    if (other !== undefined) throw new DomainError('stock-count.counted-elsewhere', { part, number: other });
    const look = lookAfter(null, await shelfOf(ctx.trx, { warehouseId, partId }, lot), { way: 'set', quantity: 0 });
    if (look === null) continue;
    const line = { id: ctx.newId(), unitId, countId, lineNo: lineNo++, partId, lot };
    await insertCountLine(ctx.trx, line, { look, byId: ctx.actor.employeeId, at: ctx.now });
  }
  await noteCounter(ctx, count);
}

/** Marks what is to be counted again; returns how many lines that is. */
async function recountList(ctx: CommandContext, count: StockCount, lines: readonly CountLine[]): Promise<number> {
  const threshold = { value: count.thresholdValue, shareBp: count.thresholdShareBp };
  let toRecount = 0;
  for (const line of lines) {
    const { warehouseId } = count;
    const { balance, lastPrice } = await worthOf(ctx.trx, { warehouseId, partId: line.partId });
    if (!mustRecount(line.first, threshold, balance, lastPrice)) continue;
    await askRecount(ctx.trx, line.id);
    toRecount++;
  }
  return toRecount;
}

/**
 * All that was to be counted again has been, and nothing moved meanwhile. Returns that nothing is left.
 * @throws DomainError `stock-count.recount-missing {count, line}`, `stock-count.recount-blurred {line}`
 */
function requireRecounted(lines: readonly CountLine[]): 0 {
  const wanted = lines.filter(({ isToRecount }) => isToRecount);
  const missing = wanted.filter(({ second }) => second === null);
  const [first] = missing;
  if (first) throw new DomainError('stock-count.recount-missing', { count: missing.length, line: first.lineNo });
  const blurred = wanted.find(({ second }) => second !== null && isBlurred(second));
  if (blurred) throw new DomainError('stock-count.recount-blurred', { line: blurred.lineNo });
  return 0;
}
