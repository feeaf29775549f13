import { standingOf } from '#domain/handshakes/standing.ts';
import { DomainError } from '#domain/errors.ts';
import { answerTo, requestToChange, type Answer, type Request } from '#db/repositories/handshakes.ts';
import type { CommandContext } from '../operation.ts';

/**
 * A requisition that was asked of this station's unit, locked.
 * @throws DomainError `not-found`, `document.of-another-unit`
 */
export async function requireAsked(ctx: CommandContext, id: string): Promise<Request> {
  const request = await requestToChange(ctx.trx, 'requisition', id);
  if (!request) throw new DomainError('not-found', { entity: 'request', id });
  if (request.toUnitId !== ctx.station.unitId) throw new DomainError('document.of-another-unit');
  return request;
}

/**
 * The same, granted and not shipped to the end.
 * @throws DomainError `request.wrong-state`
 */
export async function requireGranted(
  ctx: CommandContext,
  id: string,
): Promise<Readonly<{ request: Request; answer: Answer }>> {
  const request = await requireAsked(ctx, id);
  const answer = (await answerTo(ctx.trx, id)) ?? null;
  const { state } = standingOf(request, answer, null);
  if (!answer || state !== 'accepted') throw new DomainError('request.wrong-state', { number: request.number, state });
  return { request, answer };
}
