import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { COUNT_SCOPES } from '#domain/stock/count.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { requireNoOverlap, takeCountTurn } from '#db/repositories/stock-counts.ts';
import { binsOf } from '#db/repositories/stock-places.ts';
import { basisPoints, id, money, optionalText } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';

const count = z
  .object({
    warehouseId: id(),
    scopeKind: z.enum(COUNT_SCOPES),
    /** A bin of the warehouse; of a class of parts, a fragment of their numbers or names. */
    scopeText: optionalText(100),
    /** A difference above either of the two is counted again; null: whatever it comes to. */
    thresholdValue: money().nullable().default(null),
    thresholdShareBp: basisPoints().nullable().default(null),
    note: optionalText(500),
  })
  .refine(({ scopeKind, scopeText }) => (scopeKind === 'warehouse') === (scopeText === ''), {
    path: ['scopeText'],
    params: { rule: 'required' },
  });

/** @throws DomainError `stock-count.bin-unknown {bin}` where no part has its place there */
async function requireBin(ctx: CommandContext, warehouseId: string, wanted: string): Promise<void> {
  const bins = await binsOf(ctx.trx, warehouseId);
  if (!bins.some(({ bin }) => bin.toLowerCase() === wanted.toLowerCase()))
    throw new DomainError('stock-count.bin-unknown', { bin: wanted });
}

/** Begins a stock count of a warehouse, a bin of it, or some of its parts; business goes on meanwhile. */
export const startCount = defineCommand({
  name: 'stockCounts.start',
  right: 'stock.count',
  input: count,

  async run(ctx, input) {
    const { warehouseId } = input;
    const warehouse = await requireRow<{ unitId: string }>(ctx.trx, 'warehouses', warehouseId, 'warehouse');
    if (warehouse.unitId !== ctx.station.unitId) throw new DomainError('document.of-another-unit');
    await takeCountTurn(ctx.trx, warehouseId);
    await requireNoOverlap(ctx.trx, input);
    if (input.scopeKind === 'bin') await requireBin(ctx, warehouseId, input.scopeText);
    const started = {
      id: ctx.newId(),
      unitId: ctx.station.unitId,
      number: await ctx.nextNumber('SC'),
      ...input,
      state: 'counting',
      counterIds: '[]',
      uncounted: '',
      startedById: ctx.actor.employeeId,
      startedOn: ctx.today,
      endedReason: '',
      version: 1,
      createdAt: ctx.now,
    };
    await ctx.trx.insert('stock_counts', started);
    ctx.audit('started', 'stock-count', started.id, { after: { number: started.number, ...input } });
    return { id: started.id, number: started.number };
  },
});
