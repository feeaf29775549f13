import type { IssueKind } from '#domain/stock/issues.ts';
import type { StockDocument } from '#db/repositories/stock.ts';
import type { CommandContext } from '../operation.ts';

type Written = Readonly<{
  /** Parts leave (`issue`), or they arrive or come back (`receipt`). */
  kind: 'issue' | 'receipt';
  warehouseId: string;
  /** Unit and warehouse at the other end. */
  partner: string;
  note: string;
  requestId: string;
  issueKind?: IssueKind;
}>;

/** One of a transfer's stock documents: it belongs to the request, and is never reversed by itself. */
export async function transferDocument(
  ctx: CommandContext,
  { kind, warehouseId, partner, note, requestId, issueKind = 'to-outlet' }: Written,
): Promise<StockDocument> {
  return {
    id: ctx.newId(),
    unitId: ctx.station.unitId,
    number: await ctx.nextNumber(kind === 'issue' ? 'IS' : 'RC'),
    kind,
    issueKind: kind === 'issue' ? issueKind : null,
    warehouseId,
    supplierId: null,
    workOrderId: null,
    recipient: partner,
    note,
    movedOn: ctx.today,
    at: ctx.now,
    employeeId: ctx.actor.employeeId,
    reversesId: null,
    requestId,
  };
}
