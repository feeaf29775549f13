import { DomainError } from '../errors.ts';
import type { Actor } from './actor.ts';
import type { Right } from './rights.ts';

/** Who has one of these takes part in running the station and sees everybody's work. */
const RIGHTS_OVER_ALL_WORK: readonly Right[] = [
  'dispatch.view',
  'intake.register',
  'work.audit',
  'billing.view',
  'stock.issue',
];

/** Somebody who only does the work, a technician, sees what is his. */
export function seesOnlyOwnWork(actor: Actor): boolean {
  return actor.rights.has('job.complete') && !RIGHTS_OVER_ALL_WORK.some((right) => actor.rights.has(right));
}

/** Work is moved on by the technician whose it is, or by somebody who dispatches, on his behalf. */
export function mayDoWork(actor: Actor, isOwn: boolean): boolean {
  return actor.rights.has('dispatch.assign') || (isOwn && actor.rights.has('job.complete'));
}

/** @throws DomainError `work-order.of-another`, or `access.denied` to those who do no work at all */
export function requireMayDoWork(actor: Actor, isOwn: boolean): void {
  if (mayDoWork(actor, isOwn)) return;
  if (!actor.rights.has('job.complete')) throw new DomainError('access.denied', { right: 'job.complete' });
  throw new DomainError('work-order.of-another');
}
