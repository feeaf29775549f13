import { cursorOf } from '#db/sync/cursor.ts';
import { partedUnits } from '#db/sync/parted.ts';
import { withBatch, type Batch } from '#db/sync/batch.ts';
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
export function push(central: Central, stationId: string, request: PushRequest, rows: string): Promise<PushAnswer> {
  return withBatch(rows, (batch) => takeBatch(central, stationId, request, batch));
}

async function takeBatch(central: Central, stationId: string, request: PushRequest, batch: Batch): Promise<PushAnswer> {
  const { store } = central;
  const beside = store.dialect === 'sqlite' && batch.file !== null ? { beside: batch.file } : {};
  return store.replicate({ origin: stationId, log: 'relay', ...beside }, async (trx) => {
    const station = await lockStation(trx, stationId);
    if (!station) throw new Error(`no station ${stationId}`);
    const at = { seq: station.pushedSeq, digest: station.pushedDigest };
    if (request.from !== at.seq || request.fromDigest !== at.digest) return { state: 'elsewhere', pushed: at };
    const now = central.now();
    const scope = await scopeOfUnit(trx, station.unitId);
    const { unitId } = station;
    const parted = await partedUnits(trx, unitId, cursorOf(station.pullCursor), scope);
    const taken = await takeIn(
      trx,
      { stationId, unitId, scope, parted, now, newId: central.newId },
      request.deletes,
      batch,
    );
    await noteRefusals(trx, central, station, { deletes: request.deletes, batch }, taken);
    await noteStation(trx, stationId, {
      pushedSeq: request.to,
      pushedDigest: request.toDigest,
      lastSeenAt: now,
      lastSuccessAt: now,
    });
    const refused = taken.refused.map(({ content: _, ...refusal }) => refusal);
    return { state: 'taken', pushed: { seq: request.to, digest: request.toDigest }, refused };
  });
}

/** What is refused is kept with its content; what was refused once and now stands is forgotten. */
async function noteRefusals(
  trx: Transaction,
  central: Central,
  { id: stationId }: StationRow,
  { deletes, batch }: Readonly<{ deletes: PushRequest['deletes']; batch: Batch }>,
  { refused }: TakenIn,
): Promise<void> {
  const before = await refusalsOf(trx, stationId, 'in');
  if (before.length > 0) {
    const sent = new Set<string>();
    for (const table of batch.counts.keys()) for (const [id] of batch.rows(table)) sent.add(`${table} ${id}`);
    for (const [table, ids] of deletes) for (const id of ids) sent.add(`${table} ${id}`);
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
