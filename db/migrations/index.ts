import type { Knex } from 'knex';
import * as core from './0001-core.ts';
import * as customers from './0002-customers.ts';
import * as parts from './0003-parts.ts';
import * as workOrders from './0004-work-orders.ts';
import * as money from './0005-money.ts';
import * as pay from './0006-pay.ts';

/** What a migration is given beside knex, because the two databases say it differently. Their meaning never changes. */
export type SchemaTools = Readonly<{
  /** The database itself refuses update and delete. */
  appendOnly(table: string): Promise<void>;
  /** Every insert, update (of `columns`, if given) and delete of a row (by its `id`) is written to `change_log`. */
  captureChanges(table: string, columns?: readonly string[]): Promise<void>;
  /** The database itself refuses the verb on rows for which the condition, in terms of NEW and OLD, holds. */
  refuse(table: string, verb: 'INSERT' | 'UPDATE' | 'DELETE', condition: string): Promise<void>;
}>;

export type Migration = Readonly<{ up(knex: Knex, tools: SchemaTools): Promise<void> }>;

/** Add a migration: one file, one line here, one test n−1 → n. Published ones never change. */
export const migrations: ReadonlyArray<readonly [version: number, migration: Migration]> = [
  [1, core],
  [2, customers],
  [3, parts],
  [4, workOrders],
  [5, money],
  [6, pay],
];
