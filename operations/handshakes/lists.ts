import { standingOf, type RequestKind } from '#domain/handshakes/standing.ts';
import { DomainError } from '#domain/errors.ts';
import { listRows, type ListPage } from '#db/listing.ts';
import { handshakeOf, HANDSHAKES, type Handshake, type HandshakeRow } from '#db/repositories/handshakes.ts';
import type { QueryContext } from '../operation.ts';

/** What other units ask of this one, or this one of others. */
export async function listBox(ctx: QueryContext, kind: RequestKind, box: 'in' | 'out', page: ListPage) {
  const column = box === 'in' ? 'r.to_unit_id' : 'r.unit_id';
  return listRows<HandshakeRow>(ctx.sql, HANDSHAKES, page, ctx.station.timeZone, (query) => {
    query.where('r.kind', kind).where(column, ctx.station.unitId);
  });
}

/** @throws DomainError `not-found` */
export async function requireHandshake(ctx: QueryContext, kind: RequestKind, id: string): Promise<Handshake> {
  const handshake = await handshakeOf(ctx.sql, kind, id);
  if (!handshake) throw new DomainError('not-found', { entity: 'request', id });
  return handshake;
}

/** The two documents, and where things stand, without what only the service needs to know. */
export function sheetOf({ stationUnitId }: Readonly<{ stationUnitId: string }>, handshake: Handshake) {
  const { content: _, ...request } = handshake.request;
  return {
    ...request,
    answer: handshake.answer,
    ...standingOf(handshake.request, handshake.answer, handshake.followUp),
    isOurs: request.unitId === stationUnitId,
    isForUs: request.toUnitId === stationUnitId,
  };
}
