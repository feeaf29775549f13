import type { RequestKind } from '#domain/handshakes/standing.ts';
import { DomainError } from '#domain/errors.ts';
import type { NumberKind } from '#domain/numbers.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { requestToChange, withdrawRequest, type Request } from '#db/repositories/handshakes.ts';
import type { UnitRow } from '#db/repositories/units.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import type { CommandContext } from '../operation.ts';
import { requireWaiting } from './answering.ts';

/** The asker's side of a handshake: he writes the request, and nothing else. */

const PREFIXES: Readonly<Record<RequestKind, NumberKind>> = {
  referral: 'RF',
  sale: 'SA',
  transfer: 'TR',
  requisition: 'RQ',
};

/** @throws DomainError `not-found`, and `input.invalid` for a unit that is closed */
export async function requireActiveUnit(ctx: CommandContext, unitId: string, field: string): Promise<UnitRow> {
  const unit = await requireRow<UnitRow>(ctx.trx, 'units', unitId, 'unit');
  if (!unit.isActive) throw fieldFault(field, 'notAllowed');
  return unit;
}

type Asked = Readonly<{
  id?: string;
  kind: RequestKind;
  toUnitId: string;
  /** What it is about, in a line. */
  subject: string;
  /** All that the other side needs to know: see content.ts. */
  content: object;
  note: string;
  workOrderId?: string;
  stockDocumentId?: string;
  replacesId?: string | null;
  forRequestId?: string | null;
}>;

/** Asks another unit, in a numbered document that travels there when there is a line. */
export async function ask(ctx: CommandContext, { id: asId, kind, content, ...asked }: Asked): Promise<Request> {
  const request = {
    id: asId ?? ctx.newId(),
    unitId: ctx.station.unitId,
    kind,
    number: await ctx.nextNumber(PREFIXES[kind]),
    content: JSON.stringify(content),
    workOrderId: null,
    stockDocumentId: null,
    replacesId: null,
    forRequestId: null,
    ...asked,
    requestedOn: ctx.today,
    employeeId: ctx.actor.employeeId,
    employeeName: ctx.actor.name,
    withdrawnAt: null,
    withdrawnReason: '',
    closedAt: null,
    version: 1,
    createdAt: ctx.now,
  };
  await ctx.trx.insert('requests', request);
  const { id, number, toUnitId, note } = request;
  ctx.audit('requested', 'request', id, { after: { kind, number, toUnitId, note } });
  return request;
}

/**
 * A request of this station's unit, to be changed.
 * @throws DomainError `not-found`, `document.of-another-unit`
 */
export async function requireOwnRequest(ctx: CommandContext, kind: RequestKind, id: string): Promise<Request> {
  const request = await requestToChange(ctx.trx, kind, id);
  if (!request) throw new DomainError('not-found', { entity: 'request', id });
  if (request.unitId !== ctx.station.unitId) throw new DomainError('document.of-another-unit');
  return request;
}

/**
 * Takes a request back that nobody has answered, as far as is known here: an answer that is under way stands.
 * @throws DomainError `document.changed`, `request.wrong-state`, and as `requireOwnRequest`
 */
export async function withdraw(
  ctx: CommandContext,
  kind: RequestKind,
  { id, version, reason }: Readonly<{ id: string; version: number; reason: string }>,
): Promise<{ id: string; number: string }> {
  const request = await requireOwnRequest(ctx, kind, id);
  if (request.version !== version) throw new DomainError('document.changed', { id });
  await requireWaiting(ctx, request);
  await withdrawRequest(ctx.trx, request, ctx.now, reason);
  ctx.audit('withdrawn', 'request', id, { after: { number: request.number, reason } });
  return { id, number: request.number };
}
