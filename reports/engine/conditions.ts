import type { Knex } from 'knex';

/** Limits a column of business dates to a period, for `query.modify`; a side that is not given is open. */
export function withinPeriod(
  query: Knex.QueryBuilder,
  column: string,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): void {
  if (from !== undefined) query.where(column, '>=', from);
  if (to !== undefined) query.where(column, '<=', to);
}

/** Limits pay periods, as `p`, to those with a day in the time, for `query.modify`; a side that is not given is open. */
export function payPeriodsWithin(
  query: Knex.QueryBuilder,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): void {
  if (from !== undefined) query.where('p.to_on', '>=', from);
  if (to !== undefined) query.where('p.from_on', '<=', to);
}

/** For `query.modify`; a value that is not given is no condition. */
export function ifGiven(query: Knex.QueryBuilder, column: string, value: string | undefined): void {
  if (value !== undefined) query.where(column, value);
}
