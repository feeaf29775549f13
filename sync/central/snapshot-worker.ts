import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, rmSync, statSync } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { constants, createZstdCompress } from 'node:zlib';
import { asFailure } from '#db/failures.ts';
import { makeSnapshotFile } from '#db/sync/snapshot-file.ts';
import { DomainError } from '#domain/errors.ts';
import type { MadeSnapshot, SnapshotTask, SnapshotTold } from './snapshots.ts';

/** A thread that makes one snapshot, while the server goes on serving, and ends. */

const { address, unitId, file } = workerData as SnapshotTask;

const tell = (told: SnapshotTold) => parentPort?.postMessage(told);

/** Making the file takes this share of the time, packing it the rest. */
const MAKING = 0.7;

async function make(): Promise<MadeSnapshot> {
  const plain = `${file}.plain`;
  try {
    const content = await makeSnapshotFile(address, unitId, plain, (share) => tell({ progress: share * MAKING }));
    const unpackedSize = statSync(plain).size;
    const sha256 = await packFile(plain, unpackedSize);
    return { ...content, sha256, size: statSync(file).size, unpackedSize };
  } finally {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(`${plain}${ending}`, { force: true });
  }
}

const CHUNK_BYTES = 1024 * 1024;
const PACKING = {
  chunkSize: CHUNK_BYTES,
  params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 },
};

/** Returns the SHA-256 of what it wrote, as hex. */
async function packFile(plain: string, size: number): Promise<string> {
  const sha256 = createHash('sha256');
  let read = 0;
  const counted = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      read += chunk.length;
      tell({ progress: MAKING + (read / size) * (1 - MAKING) });
      done(null, chunk);
    },
  });
  const hashed = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      sha256.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(
    createReadStream(plain, { highWaterMark: CHUNK_BYTES }),
    counted,
    createZstdCompress(PACKING),
    hashed,
    createWriteStream(file, { mode: 0o600, flush: true }),
  );
  return sha256.digest('hex');
}

try {
  tell({ made: await make() });
} catch (error) {
  const failure = asFailure(error);
  const code = failure instanceof DomainError ? failure.code : null;
  tell({ failed: { code, message: error instanceof Error ? (error.stack ?? error.message) : String(error) } });
}
