import type { QueryContext } from '../operation.ts';

/** Whose old parts somebody sees: those who take them back or decide about them, everybody's; others, their own. */
export function ownOnly({ actor }: Pick<QueryContext, 'actor'>): string | null {
  const seesAll = actor.rights.has('old-parts.receive') || actor.rights.has('old-parts.decide');
  return seesAll ? null : actor.employeeId;
}
