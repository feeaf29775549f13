import { standingOf, type HandshakeOutcome, type RequestKind } from '#domain/handshakes/standing.ts';
import { DomainError } from '#domain/errors.ts';
import { answerTo, requestToChange, type Request } from '#db/repositories/handshakes.ts';
import type { CommandContext } from '../operation.ts';

/** The asked unit's side of a handshake: it writes the answer, and nothing else. */

/** @throws DomainError `request.wrong-state` when it is answered or withdrawn already */
export async function requireWaiting(ctx: CommandContext, request: Request): Promise<void> {
  const { state } = standingOf(request, (await answerTo(ctx.trx, request.id)) ?? null, null);
  if (state !== 'waiting') throw new DomainError('request.wrong-state', { number: request.number, state });
}

/**
 * A request that waits for the answer of this station's unit.
 * @throws DomainError `not-found`, `document.of-another-unit`, `request.wrong-state`
 */
export async function requireToAnswer(ctx: CommandContext, kind: RequestKind, id: string): Promise<Request> {
  const request = await requestToChange(ctx.trx, kind, id);
  if (!request) throw new DomainError('not-found', { entity: 'request', id });
  if (request.toUnitId !== ctx.station.unitId) throw new DomainError('document.of-another-unit');
  await requireWaiting(ctx, request);
  return request;
}

type Given = Readonly<{
  decision: 'accepted' | 'refused';
  reason?: string;
  workOrder?: Readonly<{ id: string; number: string }>;
  stockDocumentId?: string;
  /** What the other side needs to know of it: see content.ts. */
  content?: object;
  /** Where the acceptance is the end of it, unless it is only some of the way. */
  outcome?: HandshakeOutcome;
}>;

export async function answer(ctx: CommandContext, request: Request, given: Given): Promise<void> {
  const { decision, reason = '', workOrder, stockDocumentId = null, content, outcome = '' } = given;
  await ctx.trx.insert('answers', {
    id: ctx.newId(),
    unitId: ctx.station.unitId,
    toUnitId: request.unitId,
    requestId: request.id,
    decision,
    reason,
    workOrderId: workOrder?.id ?? null,
    workOrderNumber: workOrder?.number ?? '',
    stockDocumentId,
    content: content ? JSON.stringify(content) : '',
    outcome,
    outcomeNote: '',
    endedAt: outcome === '' || outcome === 'differing' ? null : ctx.now,
    answeredOn: ctx.today,
    employeeId: ctx.actor.employeeId,
    employeeName: ctx.actor.name,
    version: 1,
    createdAt: ctx.now,
  });
  const after = { number: request.number, reason, workOrder: workOrder?.number };
  ctx.audit(decision, 'request', request.id, { after });
}

/** Says no, and why; what was asked goes back to who asked it. */
export async function refuse(
  ctx: CommandContext,
  kind: RequestKind,
  { id, reason }: Readonly<{ id: string; reason: string }>,
): Promise<{ id: string; number: string }> {
  const request = await requireToAnswer(ctx, kind, id);
  await answer(ctx, request, { decision: 'refused', reason });
  return { id, number: request.number };
}
