import { createReadStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { cursorText } from '#db/sync/cursor.ts';
import type { StationRow } from '#db/sync/stations.ts';
import { pack } from '../protocol.ts';
import type { Central } from './central.ts';
import type { SyncRequest, SyncResponse } from './index.ts';
import { keptSnapshot, makeSnapshot, type KeptSnapshot, type SnapshotKeeper } from './snapshots.ts';

/** How long (ms) an answer waits for a snapshot that is being made; then it says how far it is, and is asked for again. */
const PATIENCE = 1000;

export const keeperOf = ({ store, dataFolder, now, newId }: Central): SnapshotKeeper => ({
  read: (work) => store.read(work),
  address: store.address,
  dataFolder,
  now,
  newId,
});

/** The snapshot for a station's unit, or how far its making has come (status 202). */
export async function snapshot(central: Central, station: StationRow, request: SyncRequest): Promise<SyncResponse> {
  const keeper = keeperOf(central);
  const kept = await keptSnapshot(keeper, station.unitId);
  if (kept) return content(kept, request);
  const making = makeSnapshot(keeper, station.unitId);
  await Promise.race([making.made, sleep(PATIENCE)]);
  // Looked at again: what was begun for somebody else may be older than what the unit's last station has sent.
  const made = await keptSnapshot(keeper, station.unitId);
  if (made) return content(made, request);
  const headers = { 'content-type': 'application/zstd' };
  return { status: 202, headers, body: await pack(JSON.stringify({ progress: making.progress() })) };
}

/** All of it, or the rest from where it was cut off, if it is still the same. */
function content(
  { file, size, sha256, unpackedSize, cursor, clock }: KeptSnapshot,
  { headers }: SyncRequest,
): SyncResponse {
  const from = headers['if-range'] === sha256 ? Number(/^bytes=(\d+)-$/.exec(headers['range'] ?? '')?.[1] ?? 0) : 0;
  const isRest = from > 0 && from < size;
  const start = isRest ? from : 0;
  return {
    status: isRest ? 206 : 200,
    headers: {
      'content-type': 'application/zstd',
      'content-length': String(size - start),
      ...(isRest && { 'content-range': `bytes ${start}-${size - 1}/${size}` }),
      'x-mendway-sha256': sha256,
      'x-mendway-size': String(unpackedSize),
      'x-mendway-cursor': cursorText(cursor),
      'x-mendway-clock': clock,
    },
    body: createReadStream(file, { start, highWaterMark: 1024 * 1024 }),
  };
}
