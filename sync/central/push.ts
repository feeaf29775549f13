import { scopeOfUnit } from '#db/sync/scope.ts';
import { dropRefusal, keepRefusal, refusalsOf } from '#db/sync/refusals.ts';
import { lockStation, noteStation, type StationRow } from '#db/sync/stations.ts';
import type { Transaction } from '#db/store.ts';
import type { PushAnswer, PushRequest } from '../protocol.ts';
import type { Central } from './central.ts';
import { takeIn, type TakenIn } from './take-in.ts';

/**
 * Takes in a batch: its rows, how far the station has come, and what was refused, in one transaction. A batch that begins
 * elsewhere than where the server has come to is not taken in: it was sent before, or by a copy of the station.
 */
export async function push(central: Central, stationId: string, batch: PushRequest): Promise<PushAnswer> {
  const { store } = central;
  return store.replicate({ origin: stationId, log: 'relay' }, async (trx) => {
    const station = await lockStation(trx, stationId);
    if (!station) throw new Error(`no station ${stationId}`);
    const at = { seq: station.pushedSeq, digest: station.pushedDigest };
    if (batch.from !== at.seq || batch.fromDigest !== at.digest) return { state: 'elsewhere', pushed: at };
    const now = central.now();
    const scope = await scopeOfUnit(trx, station.unitId);
    const { unitId } = station;
    const taken = await takeIn(trx, { stationId, unitId, scope, now, newId: central.newId }, batch);
    await noteRefusals(trx, central, station, batch, taken);
    await noteStation(trx, stationId, {
      pushedSeq: batch.to,
      pushedDigest: batch.toDigest,
      lastSeenAt: now,
      lastSuccessAt: now,
    });
    const refused = taken.refused.map(({ content: _, ...refusal }) => refusal);
    return { state: 'taken', pushed: { seq: batch.to, digest: batch.toDigest }, refused };
  });
}

/** What is refused is kept with its content; what was refused once and now stands is forgotten. */
async function noteRefusals(
  trx: Transaction,
  central: Central,
  { id: stationId }: StationRow,
  batch: PushRequest,
  { refused }: TakenIn,
): Promise<void> {
  const before = await refusalsOf(trx, stationId, 'in');
  if (before.length > 0) {
    const sent = new Set(batch.upserts.flatMap(([table, rows]) => rows.map((row) => `${table} ${row[0]}`)));
    for (const [table, ids] of batch.deletes) for (const id of ids) sent.add(`${table} ${id}`);
    for (const { id, tableName, rowId } of before) if (sent.has(`${tableName} ${rowId}`)) await dropRefusal(trx, id);
  }
  for (const { table: tableName, rowId, code, detail, content } of refused)
    await keepRefusal(trx, {
      id: central.newId(),
      stationId,
      direction: 'in',
      tableName,
      rowId,
      code,
      detail: JSON.stringify({ detail }),
      content: JSON.stringify(content),
      at: central.now(),
    });
  if (refused.length > 0)
    central.log(`station ${stationId}: ${refused.length} rows refused, first ${refused[0]?.code}`);
}
