import { zstdCompress, zstdDecompress, constants } from 'node:zlib';
import { promisify } from 'node:util';
import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';

/**
 * What stations and the central server say to each other, version 1. HTTPS, POST under /sync/v1/, the bearer token
 * `<station id>.<secret>` (not for `about` and `enrol`), bodies are JSON compressed by zstd.
 *
 * - `hello`: who I am and how I am; the server answers how it sees me.
 * - `push`: the changes of my change log from where the server has come to. Taken in whole, or not at all; rows that break a
 *   rule are left out and named. Sent again, nothing happens twice.
 * - `pull`: the changes I may see from where I have come to.
 * - `attachments`: which contents of mine have you? PUT and GET `attachments/<sha256>?position=<byte>`: one piece of a content.
 * - `verify`, `snapshot`: beside the log.
 *
 * Both sides must know the same schema. A refusal is `{code, details}` with a status of 4xx or 5xx.
 */
export const PROTOCOL_VERSION = 1;

/**
 * Entries of the change log in one batch. Many: a batch rewrites most pages of the indexes it touches, whatever its size.
 * As text it should not be longer than this; only a row alone may.
 */
export const BATCH_ENTRIES = 8000;
export const BATCH_LENGTH = 8_000_000;

/** Of a body as it travels, and unpacked: what is larger is refused before it is read to its end. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;
export const MAX_UNPACKED_BYTES = 128 * 1024 * 1024;

/** Contents of attachments travel in pieces of at most this. */
export const PIECE_BYTES = 1024 * 1024;

/** A clock that is further from the server's is reported; what it stamps in the future counts as now. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

const count = z.int().min(0);
const rowId = z.string().min(1).max(100);

/** A value of a row as it travels. */
export type WireValue = string | number | null;

/** By hand, since a batch holds a hundred thousand values. */
function areUpserts(value: unknown): value is [table: string, rows: WireValue[][]][] {
  const isRow = (row: unknown): boolean => Array.isArray(row) && row.every(isValue);
  return (
    Array.isArray(value) &&
    value.every(
      (one: unknown) =>
        Array.isArray(one) && typeof one[0] === 'string' && Array.isArray(one[1]) && one[1].every(isRow),
    )
  );
}

function isValue(value: unknown): boolean {
  return typeof value === 'string' || value === null || (typeof value === 'number' && Number.isSafeInteger(value));
}

/** Rows as arrays, the columns in the order of `columnsOf`. */
const upserts = z.custom<[table: string, rows: WireValue[][]][]>(areUpserts);
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
  upserts,
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
    upserts,
  }),
  /** What is missing here is no longer in the change log, or the units seen are others: take a new snapshot. */
  z.object({ state: z.literal('snapshot-needed'), reason: z.enum(['too-old', 'scope', 'server-restored']) }),
]);
export type PullAnswer = z.output<typeof pullAnswer>;

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
  const text = await unpack(body);
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
