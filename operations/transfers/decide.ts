import { z } from 'zod';
import { standingOf } from '#domain/handshakes/standing.ts';
import { DomainError } from '#domain/errors.ts';
import { halfUp } from '#domain/money.ts';
import { withoutLots, type Lot } from '#domain/stock/lots.ts';
import { DECISIONS, DECISIONS_ON, DIFFERENCES, isOpen, partOf } from '#domain/stock/transit.ts';
import { answerTo, closeRequest, type Answer, type Request } from '#db/repositories/handshakes.ts';
import { closuresOf, insertClosure, type TransferClosure } from '#db/repositories/transfers.ts';
import { chargeFor, creditFor, isCharged } from '../deposits/charging.ts';
import { requireOwnRequest } from '../handshakes/asking.ts';
import { transferContent } from '../handshakes/content.ts';
import { id, lots, quantity, text } from '../inputs.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { MAX_LINES } from '../stock/lines.ts';
import { lotNotShipped, putIn } from './arrival.ts';
import { shipGoods } from './shipment.ts';
import { transitOf, type TransitLine } from './transit.ts';

const decided = z.object({
  /** Of the transfer, from 1. */
  line: z.int().min(1).max(MAX_LINES),
  kind: z.enum(DIFFERENCES),
  decision: z.enum(DECISIONS),
  quantity: quantity(),
  /** Of ours: where it comes back to, or is sent after from; left out, the one it left. */
  warehouseId: id().nullable().default(null),
  /** Of a tracked part, if not all that is open. */
  lots: lots(),
  reason: text(200),
});

/**
 * The shipper decides what became of what arrived otherwise than it left: it comes back into stock, is lost, is lost at the
 * receiver's charge, or is sent after. What a deposit was charged for and the receiver doesn't have is credited.
 */
export const decideTransfer = defineCommand({
  name: 'transfers.decide',
  right: 'requisition.decide',
  reach: 'company',
  input: z.object({ id: id(), decisions: z.array(decided).min(1).max(MAX_LINES) }),

  async run(ctx, { id, decisions }) {
    const request = await requireOwnRequest(ctx, 'transfer', id);
    const answer = await requireDiffering(ctx, request);
    const transfer = { request, answer, isCharged: await isCharged(ctx, request.id) };
    const closures = await closuresOf(ctx.trx, id);
    const closed: Closed[] = [];
    for (const [index, decision] of decisions.entries()) {
      const { closure, came } = await decide(ctx, transfer, closures, decision, index);
      closures.push(closure);
      closed.push({ ...closure, documentNumber: came.documentNumber ?? null, transfer: came.transfer ?? null });
    }
    const toCredit = closed.filter((one) => one.kind !== 'surplus' && one.decision !== 'charged');
    const credit = toCredit.reduce((sum, { charge }) => sum + charge, 0);
    await creditFor(ctx, request, credit);
    const isClosed = !transitOf(request, answer, closures).some(({ open }) => isOpen(open));
    if (isClosed) await closeRequest(ctx.trx, request, ctx.now);
    ctx.audit('decided', 'request', id, { after: { number: request.number, decisions, credit, isClosed } });
    return {
      id,
      number: request.number,
      credit,
      isClosed,
      closed: closed.map(({ lineNo, kind, decision, quantity, value, documentNumber, transfer }) => {
        return { line: lineNo, kind, decision, quantity, value, documentNumber, transfer };
      }),
    };
  },
});

type Decided = z.output<typeof decided>;
type Closed = TransferClosure & Readonly<{ documentNumber: string | null; transfer: string | null }>;
type Transfer = Readonly<{ request: Request; answer: Answer; isCharged: boolean }>;

/** @throws DomainError `request.wrong-state` unless it arrived otherwise than it left, and that isn't decided yet */
async function requireDiffering(ctx: CommandContext, request: Request): Promise<Answer> {
  const answer = (await answerTo(ctx.trx, request.id)) ?? null;
  const { state, outcome } = standingOf(request, answer, null);
  if (!answer || state !== 'accepted' || outcome !== 'differing')
    throw new DomainError('request.wrong-state', { number: request.number, state });
  return answer;
}

async function decide(
  ctx: CommandContext,
  transfer: Transfer,
  before: readonly TransferClosure[],
  decision: Decided,
  index: number,
): Promise<Readonly<{ closure: TransferClosure; came: Came }>> {
  const { request, answer } = transfer;
  const line = transitOf(request, answer, before)[decision.line - 1];
  if (!line) throw fieldFault(`decisions.${index}.line`, 'notAllowed');
  requireFitting(transfer, line, decision, index);
  const id = ctx.newId();
  const isSurplus = decision.kind === 'surplus';
  const { part } = partOf(line.open, isSurplus ? 0 : decision.quantity);
  const lots = isSurplus ? decision.lots : lotsToClose(line, decision);
  const good = { line: decision.line, partId: line.partId, quantity: decision.quantity, value: part.value, lots };
  const came = await carryOut(ctx, transfer, line, decision, { id, good });
  const closure: TransferClosure = {
    id,
    unitId: ctx.station.unitId,
    toUnitId: request.toUnitId,
    requestId: request.id,
    lineNo: decision.line,
    kind: decision.kind,
    decision: decision.decision,
    quantity: decision.quantity,
    value: part.value,
    charge: transfer.isCharged ? part.charge : 0,
    lots: JSON.stringify(lots),
    reason: decision.reason,
    stockDocumentId: came.documentId ?? null,
    transferId: came.transferId ?? null,
    closedOn: ctx.today,
    at: ctx.now,
    employeeId: ctx.actor.employeeId,
  };
  await insertClosure(ctx.trx, closure);
  return { closure, came };
}

function requireFitting(
  { isCharged }: Transfer,
  { open }: TransitLine,
  { line, kind, decision, quantity }: Decided,
  index: number,
): void {
  if (!DECISIONS_ON[kind].includes(decision) || (decision === 'charged' && !isCharged))
    throw fieldFault(`decisions.${index}.decision`, 'notAllowed');
  if (quantity > open[kind]) throw new DomainError('transfer.beyond-difference', { line, open: open[kind], quantity });
}

/** All that is open, where that is what is decided about; else those that are named. */
function lotsToClose({ openLots, number }: TransitLine, { line, quantity, lots }: Decided): readonly Lot[] {
  const open = openLots.reduce((sum, lot) => sum + lot.quantity, 0);
  if (openLots.length === 0 || (lots.length === 0 && open === quantity)) return lots.length === 0 ? openLots : lots;
  if (!withoutLots(openLots, lots)) throw lotNotShipped(line, number, openLots, lots);
  const named = lots.reduce((sum, lot) => sum + lot.quantity, 0);
  if (named !== quantity) throw new DomainError('stock.lots-differ', { line, part: number, quantity, named });
  return lots;
}

type Came = Readonly<{ documentId?: string; documentNumber?: string; transferId?: string; transfer?: string }>;
type Closing = Readonly<{ id: string; good: Parameters<typeof putIn>[2]['goods'][number] }>;

/** What the decision moves: nothing, where it is lost, or where it never left our books. */
async function carryOut(
  ctx: CommandContext,
  { request, isCharged }: Transfer,
  line: TransitLine,
  { decision, kind, warehouseId }: Decided,
  { id: closesId, good }: Closing,
): Promise<Came> {
  const { from, to } = transferContent(request);
  if (decision === 'sent-after') {
    const charge = isCharged ? halfUp(line.charge, good.quantity, line.quantity) : 0;
    const { partId, quantity, lots } = good;
    const shipment = await shipGoods(ctx, {
      fromWarehouseId: warehouseId ?? from.id,
      toWarehouseId: to.id,
      note: request.number,
      serves: request.number,
      lines: [{ partId, quantity, lots, charge }],
    });
    await chargeFor(ctx, shipment.request, charge);
    return { transferId: shipment.request.id, transfer: shipment.request.number };
  }
  if (kind === 'surplus' || (decision !== 'found-here' && decision !== 'returned')) return {};
  const arrival = { goods: [good], warehouseId: warehouseId ?? from.id, partner: to.name, closesId };
  const { id: documentId, number: documentNumber } = await putIn(ctx, request, arrival);
  return { documentId, documentNumber };
}
