import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { constants, createZstdCompress, zstdCompress, zstdDecompress } from 'node:zlib';
import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { sizeOfRows } from '#db/sync/batch.ts';

/**
 * What stations and the central server say to each other, version 1. HTTPS, POST under /sync/v1/, the bearer token
 * `<station id>.<secret>` (not for `about` and `enrol`), bodies are JSON compressed by zstd. What is pushed and what is pulled is
 * followed by rows, see db/sync/batch; before it stand, not compressed, how long the JSON is and how long the rows are (4 bytes
 * each, big-endian); the rows are a SQLite file or nothing.
 *
 * - `hello`: who I am and how I am; the server answers how it sees me.
 * - `push`: the changes of my change log from where the server has come to. Taken in whole, or not at all; rows that break a
 *   rule are left out and named. Sent again, nothing happens twice.
 * - `pull`: the changes I may see from where I have come to.
 * - `attachments`: which contents of mine have you? PUT and GET `attachments/<sha256>?position=<byte>`: one piece of a content.
 * - `elsewhere`: where do these parts lie in units whose stock I don't see?
 * - `verify`, `snapshot`: beside the log.
 *
 * Both sides must know the same schema. A refusal is `{code, details}` with a status of 4xx or 5xx.
 */
export const PROTOCOL_VERSION = 1;

/**
 * Entries of the change log in one batch. Many: a batch rewrites most pages of the indexes it touches, whatever its size.
 * Unpacked it should not be larger than this; only a row alone may.
 */
export const BATCH_ENTRIES = 12_000;
export const BATCH_BYTES = 12 * 1024 * 1024;

/** Of a body as it travels, and unpacked: what is larger is refused before it is read to its end. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;
export const MAX_UNPACKED_BYTES = 128 * 1024 * 1024;

/** Contents of attachments travel in pieces of at most this. */
export const PIECE_BYTES = 1024 * 1024;

/** A clock that is further from the server's is reported; what it stamps in the future counts as now. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

const count = z.int().min(0);
const rowId = z.string().min(1).max(100);

const deletes = z.array(z.tuple([z.string().max(60), z.array(rowId)]));

export const helloRequest = z.object({
  protocol: z.int(),
  schema: z.int(),
  program: z.string().max(40),
  databaseId: z.string().max(60),
  /** ms UTC at the station. */
  now: z.number(),
  databaseSize: count,
  pendingCount: count,
  refusedCount: count,
  problem: z.string().max(60),
  /** Documents made here and not sent yet, by their human number: named, should this PC never come back. */
  announced: z.array(z.string().max(60)).max(500),
});
export type HelloRequest = z.output<typeof helloRequest>;
export type HelloAnswer = Readonly<{
  now: number;
  serverDatabaseId: string;
  /** How far the station's change log has arrived. */
  pushed: Position;
  company: string;
  unit: Readonly<{ id: string; code: string; name: string }>;
}>;

export type Position = Readonly<{ seq: number; digest: string }>;

export const pushRequest = z.object({
  from: count,
  fromDigest: z.string().max(64),
  to: count,
  toDigest: z.string().max(64),
  deletes,
});
export type PushRequest = z.output<typeof pushRequest>;

export type RowRefusal = Readonly<{ table: string; rowId: string; code: string; detail: string }>;

export type PushAnswer = Readonly<
  | { state: 'taken'; pushed: Position; refused: readonly RowRefusal[] }
  /** The server has come to another place than the batch begins at. */
  | { state: 'elsewhere'; pushed: Position }
>;

/** Which units a station saw when it last pulled. */
export const scopeSchema = z.object({ region: z.string(), units: z.array(z.string()).max(20_000) });
export type Scope = z.output<typeof scopeSchema>;

export const pullRequest = z.object({
  cursor: z.string().max(60),
  scope: scopeSchema,
  limit: z.int().min(1).max(20_000),
});
export type PullRequest = z.output<typeof pullRequest>;

export const pullAnswer = z.union([
  z.object({
    state: z.literal('rows'),
    cursor: z.string(),
    isMore: z.boolean(),
    scope: scopeSchema,
    deletes,
  }),
  /** What is missing here is no longer in the change log, or the units seen are others: take a new snapshot. */
  z.object({ state: z.literal('snapshot-needed'), reason: z.enum(['too-old', 'scope', 'server-restored']) }),
]);
export type PullAnswer = z.output<typeof pullAnswer>;

/** Parts in one question. */
export const ELSEWHERE_PARTS = 50;

export const elsewhereRequest = z.object({ partIds: z.array(rowId).max(ELSEWHERE_PARTS) });

export const elsewhereAnswer = z.object({
  rows: z.array(
    z.object({
      partId: rowId,
      unitId: rowId,
      unit: z.string().max(200),
      warehouse: z.string().max(200),
      /** Thousandths. */
      onHand: count,
      /** ms UTC: when the server had last heard from there. */
      asOf: z.number(),
    }),
  ),
});
export type ElsewhereAnswer = z.output<typeof elsewhereAnswer>;

export const enrolRequest = z.object({
  protocol: z.int(),
  schema: z.int(),
  program: z.string().max(40),
  code: z.string().max(40),
  name: z.string().max(100),
  databaseId: z.string().max(60),
  /** Of a database that is to be made anew, because it is a copy or was replaced: the code must be for the same. */
  rebuilds: z
    .object({ unitId: z.string().max(60), serverDatabaseId: z.string().max(60) })
    .nullable()
    .default(null),
});
export type EnrolRequest = z.output<typeof enrolRequest>;

export const enrolAnswer = z.object({
  stationId: z.string(),
  token: z.string(),
  serverDatabaseId: z.string(),
  unit: z.object({ id: z.string(), code: z.string(), name: z.string() }),
  /** Of the unit's PC before this one: documents announced that never came, and when it was last heard of (ms UTC). */
  before: z.object({ announced: z.array(z.string()), lastSeenAt: z.number().nullable() }).nullable(),
});
export type EnrolAnswer = z.output<typeof enrolAnswer>;

/** With status 202: the snapshot is being made. From 0 to 1. */
export const snapshotProgress = z.object({ progress: z.number() });

export const aboutAnswer = z.object({
  product: z.literal('mendway'),
  company: z.string(),
  protocol: z.int(),
  schema: z.int(),
  program: z.string(),
  now: z.number(),
});
export type AboutAnswer = z.output<typeof aboutAnswer>;

export const refusalAnswer = z.object({ code: z.string(), details: z.record(z.string(), z.unknown()).default({}) });

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

export async function pack(text: string): Promise<Buffer> {
  return compress(Buffer.from(text), LEVEL);
}

/** JSON with the rows in a file behind it, if there are any. What is not packed is never whole in memory. */
export async function packWithRows(text: string, file: string): Promise<Buffer> {
  const head = Buffer.from(text);
  const size = sizeOfRows(file);
  const parts = async function* () {
    yield head;
    if (size > 0) yield* createReadStream(file, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>;
  };
  const packing = createZstdCompress(LEVEL);
  const [packed] = await Promise.all([buffer(packing), pipeline(Readable.from(parts()), packing)]);
  const lengths = Buffer.alloc(LENGTHS);
  lengths.writeUInt32BE(head.byteLength);
  lengths.writeUInt32BE(size, 4);
  return Buffer.concat([lengths, packed]);
}

const LENGTHS = 8;
const CHUNK = 64 * 1024;

/** @throws DomainError `sync.bad-body`: truncated, not ours, or larger than allowed when unpacked */
export async function unpack(body: Buffer): Promise<string> {
  try {
    return (await decompress(body, { maxOutputLength: MAX_UNPACKED_BYTES })).toString();
  } catch {
    throw new DomainError('sync.bad-body');
  }
}

/** Unpacks and checks. @throws DomainError `sync.bad-body` with the path of what is wrong */
export async function unpackAs<S extends z.ZodType>(schema: S, body: Buffer): Promise<z.output<S>> {
  return parsedAs(schema, await unpack(body));
}

/**
 * The same for JSON with rows behind it, which go into `file`; nobody has looked at them yet. Unpacked at once, by another thread:
 * this one may be busy with the batch before.
 * @throws DomainError `sync.bad-body`
 */
export async function unpackWithRows<S extends z.ZodType>(schema: S, body: Buffer, file: string): Promise<z.output<S>> {
  const content = await unpackExactly(body);
  const end = body.readUInt32BE();
  if (content.byteLength > end) await writeFile(file, content.subarray(end), { mode: 0o600 });
  return parsedAs(schema, content.subarray(0, end).toString());
}

/** A body that was cut off or is something else is found by its lengths. */
async function unpackExactly(body: Buffer): Promise<Buffer> {
  const size = body.byteLength < LENGTHS ? Infinity : body.readUInt32BE() + body.readUInt32BE(4);
  if (size > MAX_UNPACKED_BYTES) throw new DomainError('sync.bad-body');
  try {
    // One piece, with room for more than there should be, is one job.
    const options = { chunkSize: size + CHUNK, maxOutputLength: size + CHUNK };
    const content = await decompress(body.subarray(LENGTHS), options);
    if (content.byteLength === size) return content;
  } catch {
    // told below, as what it is
  }
  throw new DomainError('sync.bad-body');
}

/** @throws DomainError `sync.bad-body` with the path of what is wrong */
function parsedAs<S extends z.ZodType>(schema: S, text: string): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DomainError('sync.bad-body');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new DomainError('sync.bad-body', { path: parsed.error.issues[0]?.path.join('.') ?? '' });
  return parsed.data;
}
