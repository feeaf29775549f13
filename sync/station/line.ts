import { z } from 'zod';
import { DomainError, type ErrorCode } from '#domain/errors.ts';
import { pack, refusalAnswer, unpackAs } from '../protocol.ts';
import type { Client } from './https.ts';

/** One server, spoken to as one station. */
export type Line = Readonly<{ client: Client; token: string; signal: AbortSignal }>;

/**
 * Asks and gets an answer of the form it must have.
 * @param body JSON. @throws DomainError what the server refused with, `sync.server-failed`, and what the line throws
 */
export async function ask<S extends z.ZodType>(
  line: Line,
  path: string,
  body: string,
  answer: S,
): Promise<z.output<S>> {
  return unpackAs(answer, await contentOf(line, path, await pack(body)));
}

/** A question that is on its way, and its answer: packed as it came; nobody needs to wait for it. */
export type Asked = Readonly<{ content: Promise<Buffer> }>;

/**
 * Resolves as soon as the question is on its way: what a database does in one go would keep it here, and the other end idle.
 * Why it could not be sent, the answer tells.
 */
export async function sendOff(line: Line, path: string, body: Buffer): Promise<Asked> {
  const sent = Promise.withResolvers<void>();
  const content = contentOf(line, path, body, sent.resolve);
  content.then(
    () => sent.resolve(),
    () => sent.resolve(),
  );
  await sent.promise;
  return { content };
}

/** The content of the answer, packed as it came. */
async function contentOf(line: Line, path: string, body: Buffer, onSent?: () => void): Promise<Buffer> {
  const response = await line.client.request({
    method: 'POST',
    path: `/sync/v1/${path}`,
    headers: { 'content-type': 'application/zstd', ...(line.token && { authorization: `Bearer ${line.token}` }) },
    body,
    signal: line.signal,
    ...(onSent && { onSent }),
  });
  const content = await response.body();
  if (response.status === 200) return content;
  throw refusalOf(response.status, content);
}

export function refusalOf(status: number, content: Buffer): DomainError {
  const failed = new DomainError('sync.server-failed', { status });
  try {
    const { code, details } = refusalAnswer.parse(JSON.parse(content.toString()));
    const isOurs = /^(sync|server)\.[a-z-]+$/.test(code);
    return isOurs ? new DomainError(code as ErrorCode, details as Record<string, string>) : failed;
  } catch {
    return failed; // what answered is not our server, or it is in trouble itself
  }
}
