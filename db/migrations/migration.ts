import type { Knex } from 'knex';

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
