import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { bytesReceived, contentOf, hasContent, isSeen, keepPiece, sizeOfOwn } from '#db/sync/contents.ts';
import { scopeOfUnit } from '#db/sync/scope.ts';
import type { StationRow } from '#db/sync/stations.ts';
import { PIECE_BYTES } from '../protocol.ts';
import type { Central } from './central.ts';

export const contentsRequest = z.object({ hashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(500) });

/** Of contents a station has: how many bytes of each are here; null: all. */
export async function contentsState(
  central: Central,
  { id }: StationRow,
  { hashes }: z.output<typeof contentsRequest>,
) {
  return central.store.read(async (sql) => {
    const received: (number | null)[] = [];
    for (const sha256 of hashes)
      received.push((await hasContent(sql, sha256)) ? null : await bytesReceived(sql, sha256, id));
    return { received };
  });
}

/**
 * Takes a piece of a content whose attachment the station has sent before. One that doesn't go on where the last ended is left,
 * and the answer says where to go on.
 * @throws DomainError `sync.not-the-owner`, `sync.too-large`
 */
export async function takePiece(
  central: Central,
  station: StationRow,
  sha256: string,
  position: number,
  piece: Buffer,
) {
  return central.store.write(async (trx) => {
    const size = await sizeOfOwn(trx, sha256, station.unitId);
    if (size === undefined) throw new DomainError('sync.not-the-owner');
    if (position + piece.byteLength > size) throw new DomainError('sync.too-large', { limit: size });
    if (await hasContent(trx, sha256)) return { received: size };
    const received = await bytesReceived(trx, sha256, station.id);
    if (received !== position) return { received };
    return { received: await keepPiece(trx, { sha256, stationId: station.id, position, content: piece }, size) };
  });
}

/** @throws DomainError `not-found`: nothing the station sees, or not here yet */
export async function pieceOf(central: Central, { unitId }: StationRow, sha256: string, position: number) {
  return central.store.read(async (sql) => {
    const isTheirs = await isSeen(sql, sha256, await scopeOfUnit(sql, unitId));
    const content = isTheirs ? await contentOf(sql, sha256) : undefined;
    if (!content) throw new DomainError('not-found', { entity: 'attachment', id: sha256 });
    return Buffer.from(content.subarray(position, position + PIECE_BYTES));
  });
}
