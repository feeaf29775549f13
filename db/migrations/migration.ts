import type { Knex } from 'knex';

/** Who sees a synchronised row: everyone; the region of its unit; its unit (and the units above); it and the unit it is sent to. */
export type Audience = 'company' | 'region' | 'unit' | 'parties';

/** What a migration is given beside knex, because the two databases say it differently. Their meaning never changes. */
export type SchemaTools = Readonly<{
  /** The database itself refuses update and delete. */
  appendOnly(table: string): Promise<void>;
  /** Of what is append-only, a station may take out rows of other units that its server says it no longer sees. */
  forgettable(table: string): Promise<void>;
  /** Every insert, update (of `columns`, if given) and delete of a row (by its `id`) is written to `change_log`: before schema 7. */
  captureChanges(table: string, columns?: readonly string[]): Promise<void>;
  /** Takes back what `captureChanges` made. */
  releaseChanges(table: string): Promise<void>;
  /** Every change of a row (by its `key`) is written to `change_log` for those who see it, with where it came from. */
  captureFor(table: string, audience: Audience, key?: string): Promise<void>;
  /** The database itself refuses the verb on rows for which the condition, in terms of NEW and OLD, holds. */
  refuse(table: string, verb: 'INSERT' | 'UPDATE' | 'DELETE', condition: string): Promise<void>;
  /** A text column that was made with `checkIn` takes these values from now on. */
  setChoices(table: string, column: string, values: readonly string[]): Promise<void>;
  /** A column that had to have a value may be empty from now on. */
  setOptional(table: string, column: string): Promise<void>;
  /** Rows are told apart by these columns in this order from now on; SQLite keeps them where their key is, and not beside it. */
  setKey(table: string, columns: readonly string[]): Promise<void>;
  /** Takes back what `refuse` made. */
  allow(table: string, verb: 'INSERT' | 'UPDATE' | 'DELETE'): Promise<void>;
  /** As `refuse`, but only what is done here; what comes by synchronisation was allowed where it was done. */
  refuseHere(table: string, verb: 'INSERT' | 'UPDATE' | 'DELETE', condition: string): Promise<void>;
  /** After a row came by synchronisation, but not in a snapshot that brings what follows: statements in terms of NEW. */
  afterReplicated(table: string, statements: readonly string[]): Promise<void>;
  /** Rows are written by the database that serves their unit and by no other: refused with `document.of-another-unit`. */
  writtenByOwnUnit(table: string): Promise<void>;
  /** The same for rows that lie where another table says: `column` names a row of `table`, whose unit counts. */
  movedByOwnUnit(moved: string, column: string, table: string): Promise<void>;
  /** At a station that belongs to a company, rows are written by head office only: refused with `sync.head-office-only`. */
  writtenByHeadOffice(table: string): Promise<void>;
}>;

export type Migration = Readonly<{ up(knex: Knex, tools: SchemaTools): Promise<void> }>;
