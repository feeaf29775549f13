import { ORPCError } from '@orpc/client';
import type { ErrorCode, ErrorDetails, FieldFault } from '#domain/errors.ts';

/** The service's refusals, and what can happen on the way to it. */
export type FailureCode = ErrorCode | 'connection.lost' | 'internal';

export class OperationFailed extends Error {
  override readonly name = 'OperationFailed';
  readonly code: FailureCode;
  readonly details: ErrorDetails;

  constructor(code: FailureCode, details: ErrorDetails = {}, cause?: unknown) {
    super(`${code} ${JSON.stringify(details)}`, { cause });
    this.code = code;
    this.details = details;
  }
}

export function faultsOf(error: OperationFailed): readonly FieldFault[] {
  const faults = error.details['faults'];
  return Array.isArray(faults) ? faults : [];
}

/** What is left of a proxy or a service that is just starting: worth another try with the same command id. */
const TRANSIENT_STATUS: ReadonlySet<number> = new Set([408, 502, 503, 504]);

export function toFailure(error: unknown): OperationFailed {
  if (error instanceof OperationFailed) return error;
  if (!(error instanceof ORPCError)) return new OperationFailed('connection.lost', {}, error);
  if (TRANSIENT_STATUS.has(error.status)) return new OperationFailed('connection.lost', {}, error);
  // The service's own codes are lower case; upper case ones come from the transport and mean a fault in the programme.
  if (error.code !== error.code.toLowerCase()) return new OperationFailed('internal', { reference: error.code }, error);
  return new OperationFailed(error.code as FailureCode, detailsOf(error.data), error);
}

function detailsOf(data: unknown): ErrorDetails {
  return typeof data === 'object' && data !== null ? (data as ErrorDetails) : {};
}
