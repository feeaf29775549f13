import pg from 'pg';
import { DomainError } from '#domain/errors.ts';

/**
 * What the machine behind the database does to us, told as such: nobody's mistake, and nothing was half done. Anything else is
 * thrown on as it was.
 */
export function asFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DomainError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (DISK_FULL.has(code)) return new DomainError('server.disk-full');
  if (isUnavailable(error, code)) return new DomainError('server.database-unavailable');
  return error;
}

/** 53100: PostgreSQL's disk. */
const DISK_FULL: ReadonlySet<string> = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT', '53100']);

/** 57P01–03: it is being stopped or started; 53300: all its connections are taken. */
const UNAVAILABLE: ReadonlySet<string> = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** What the driver says without a code when the connection is gone, or none was to be had in time. */
const LOST =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

function isUnavailable(error: Error, code: string): boolean {
  if (UNAVAILABLE.has(code) || code.startsWith('08')) return true;
  return !(error instanceof pg.DatabaseError) && LOST.test(error.message);
}
