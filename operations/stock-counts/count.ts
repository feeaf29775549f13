import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { ONE_PIECE } from '#domain/quantity.ts';
import { lookAfter, type Look } from '#domain/stock/count.ts';
import {
  findCountLine,
  insertCountLine,
  nextLineNo,
  removeCountLine,
  setFirstLook,
  setSecondLook,
  shelfOf,
  type CountLine,
  type LookedAt,
} from '#db/repositories/stock-count-lines.ts';
import {
  otherCountOf,
  requireCount,
  requirePartOf,
  takeCountTurn,
  type CountedPart,
  type StockCount,
} from '#db/repositories/stock-counts.ts';
import { id, optionalText, quantity } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { noteCounter } from './counters.ts';

const MOST = 1_000_000_000; // thousandths, as for any other line

const counted = z
  .object({
    id: id(),
    partId: id(),
    /** Serial or batch number of a tracked part. */
    lot: optionalText(100),
    way: z.enum(['add', 'set']),
    /** Thousandths: what there is, or what a scan adds; below 0: a scan taken back. */
    quantity: z.union([quantity(), z.int().min(-MOST).max(MOST)]),
  })
  .refine(({ way, quantity }) => (way === 'set' ? quantity >= 0 : quantity !== 0), {
    path: ['quantity'],
    params: { rule: 'negative' },
  });

/** Counts a part, the first time or again: a quantity, or one more scan on top of what has been. */
export const countPart = defineCommand({
  name: 'stockCounts.count',
  right: 'stock.count',
  input: counted,

  async run(ctx, { id: countId, partId, lot, ...step }) {
    const count = await requireCount(ctx.trx, countId, ['counting', 'recounting']);
    const part = await requirePartOf(ctx.trx, count, partId);
    const line = await findCountLine(ctx.trx, countId, partId, lot);
    requireLot(part, lot, line?.lineNo ?? 0);
    const before = standingLook(count, part, line);
    const look = lookAfter(before, await shelfOf(ctx.trx, { warehouseId: count.warehouseId, partId }, lot), step);
    requireFits(part, lot, line?.lineNo ?? 0, look);
    const lineNo = await put(ctx, { count, part, lot, line, look });
    await noteCounter(ctx, count);
    const [was, now] = [before?.quantity ?? null, look?.quantity ?? null];
    ctx.audit('counted', 'stock-count', countId, {
      before: { part: part.number, lot, quantity: was },
      after: { part: part.number, lot, quantity: now, state: count.state },
    });
    return { lineNo, part: part.number, lot, before: was, quantity: now };
  },
});

/** @throws DomainError `stock-count.lot-missing {part}`, `stock.lots-not-tracked {line, part}` */
function requireLot({ number, tracking }: CountedPart, lot: string, line: number): void {
  if (tracking !== 'none' && lot === '') throw new DomainError('stock-count.lot-missing', { part: number });
  if (tracking === 'none' && lot !== '') throw new DomainError('stock.lots-not-tracked', { line, part: number });
}

/** What has been counted so far, this time. @throws DomainError `stock-count.not-to-recount {part}` */
function standingLook({ state }: StockCount, { number }: CountedPart, line: CountLine | undefined): Look | null {
  if (state === 'counting') return line?.first ?? null;
  if (!line?.isToRecount) throw new DomainError('stock-count.not-to-recount', { part: number });
  return line.second;
}

/** @throws DomainError `stock.serial-one-piece`, `stock-count.too-much {part}` */
function requireFits({ number: part, tracking }: CountedPart, lot: string, line: number, look: Look | null): void {
  const quantity = look?.quantity ?? 0;
  if (tracking === 'serial' && quantity !== 0 && quantity !== ONE_PIECE)
    throw new DomainError('stock.serial-one-piece', { line, part, lot });
  if (quantity > MOST) throw new DomainError('stock-count.too-much', { part });
}

type Counted = Readonly<{
  count: StockCount;
  part: CountedPart;
  lot: string;
  line: CountLine | undefined;
  look: Look | null;
}>;

/** Returns the number of the line; 0 where there is none. */
async function put(ctx: CommandContext, { count, part, lot, line, look }: Counted): Promise<number> {
  const looked: LookedAt | null = look && { look, byId: ctx.actor.employeeId, at: ctx.now };
  if (!line) return looked ? insert(ctx, count, part, lot, looked) : 0;
  if (count.state === 'recounting') await setSecondLook(ctx.trx, line.id, looked);
  else if (looked) await setFirstLook(ctx.trx, line.id, looked);
  else await removeCountLine(ctx.trx, line.id);
  return line.lineNo;
}

/** @throws DomainError `stock-count.counted-elsewhere {part, number}` */
async function insert(
  ctx: CommandContext,
  count: StockCount,
  part: CountedPart,
  lot: string,
  looked: LookedAt,
): Promise<number> {
  await takeCountTurn(ctx.trx, count.warehouseId);
  const other = await otherCountOf(ctx.trx, count, part.id);
  if (other !== undefined) throw new DomainError('stock-count.counted-elsewhere', { part: part.number, number: other });
  const lineNo = await nextLineNo(ctx.trx, count.id);
  const { unitId } = count;
  const line = { id: ctx.newId(), unitId, countId: count.id, lineNo, partId: part.id, lot };
  await insertCountLine(ctx.trx, line, looked);
  return lineNo;
}
