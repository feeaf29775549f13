import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireRow, updateVersioned } from '#db/repositories/documents.ts';
import type { EnrolledStation, StationState } from '#db/repositories/stations.ts';
import { id, version } from '../inputs.ts';
import type { CommandContext } from '../operation.ts';

export const stationInput = { id: id(), version: version() };
const seen = z.object(stationInput);

export const requireStation = (ctx: CommandContext, stationId: string): Promise<EnrolledStation> =>
  requireRow<EnrolledStation>(ctx.trx, 'stations', stationId, 'station', ctx.trx.forUpdate);

/** @throws DomainError `not-found`, `station.wrong-state`, `document.changed` */
export async function moveStation(
  ctx: CommandContext,
  { id: stationId, version: seenVersion }: z.output<typeof seen>,
  { from, to }: Readonly<{ from: readonly StationState[]; to: StationState }>,
): Promise<{ state: StationState }> {
  const station = await requireStation(ctx, stationId);
  if (!from.includes(station.state)) throw new DomainError('station.wrong-state', { state: station.state });
  await updateVersioned(ctx.trx, 'stations', stationId, seenVersion, { state: to, problem: '' });
  ctx.audit(to, 'station', stationId, { before: { state: station.state }, after: { state: to } });
  return { state: to };
}
