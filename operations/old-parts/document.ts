import type { StockDocument } from '#db/repositories/stock.ts';
import type { CommandContext } from '../operation.ts';

type Written = Pick<StockDocument, 'kind' | 'issueKind' | 'warehouseId' | 'recipient' | 'note'> &
  Readonly<{ recipientId?: string | null }>;

/** A document with which old parts come in or leave again. */
export async function oldPartsDocument(ctx: CommandContext, written: Written): Promise<StockDocument> {
  return {
    id: ctx.newId(),
    unitId: ctx.station.unitId,
    number: await ctx.nextNumber(written.kind === 'recovery' ? 'RC' : 'IS'),
    supplierId: null,
    workOrderId: null,
    ...written,
    movedOn: ctx.today,
    at: ctx.now,
    employeeId: ctx.actor.employeeId,
    reversesId: null,
  };
}
