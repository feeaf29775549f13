import { progressOf, restOf, type Granted, type Rest, type Shipped } from '#domain/stock/requisition.ts';
import { answerTo, noteProgress, type Answer, type Request } from '#db/repositories/handshakes.ts';
import { transfersServing, type Serving } from '#db/repositories/requisitions.ts';
import type { Sql } from '#db/store.ts';
import { grantOf, requisitionContent, transferContent, type RequisitionContent } from '../handshakes/content.ts';
import type { CommandContext } from '../operation.ts';
import { requireAsked } from './asked.ts';

/** A line as it was asked for, granted and shipped; `rest` is granted and not shipped. */
export type ServedLine = RequisitionContent['lines'][number] &
  Readonly<{ granted: Granted & Readonly<{ note: string }>; shipped: number; rest: Rest }>;

type Requisition = Readonly<{ number: string; content: string }>;
type Grant = Readonly<{ content: string }> | null;

const NOT_GRANTED = { quantity: 0, price: 0, note: '' };

/** @param servings the transfers that serve this requisition */
export function servedLines(request: Requisition, answer: Grant, servings: readonly Serving[]): ServedLine[] {
  const grant = grantOf({ request, answer });
  const shipments = shipmentsByLine(servings);
  return requisitionContent(request).lines.map((line, index) => {
    const granted = grant?.lines[index] ?? NOT_GRANTED;
    const own = shipments.get(index + 1) ?? [];
    const shipped = own.reduce((sum, one) => sum + one.quantity, 0);
    return { ...line, granted, shipped, rest: restOf(granted, own) };
  });
}

/** What was refused and has come back wasn't shipped. */
const isBack = ({ decision, closedAt }: Serving): boolean => decision === 'refused' && closedAt !== null;

function shipmentsByLine(servings: readonly Serving[]): Map<number | null, Shipped[]> {
  const lines = servings
    .filter((serving) => !isBack(serving))
    .flatMap((serving) => transferContent({ number: serving.number, content: serving.content }).lines);
  return Map.groupBy(lines, ({ requisitionLine }) => requisitionLine);
}

export async function servedLinesOf(sql: Sql, request: Request, answer: Answer | null): Promise<ServedLine[]> {
  return servedLines(request, answer, await transfersServing(sql, [request.id]));
}

/** Says in the grant how far the shipments have come, after one more or one less. What was closed stays so. */
export async function noteProgressOf(ctx: CommandContext, requisitionId: string): Promise<void> {
  const request = await requireAsked(ctx, requisitionId);
  const answer = await answerTo(ctx.trx, requisitionId);
  if (!answer || answer.outcome === 'closed') return;
  const outcome = progressOf(await servedLinesOf(ctx.trx, request, answer));
  const endedAt = outcome === 'shipped' ? ctx.now : null;
  if (outcome !== answer.outcome) await noteProgress(ctx.trx, answer, { outcome, outcomeNote: '', endedAt });
}
