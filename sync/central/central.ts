import type { Store } from '#db/store.ts';

/** What the server's side of the protocol works with. */
export type Central = Readonly<{
  store: Store;
  dataFolder: string;
  /** The server's own database, and what it says of itself. */
  databaseId: string;
  company: string;
  schema: number;
  program: string;
  now(): number;
  newId(): string;
  newToken(): string;
  log(line: string): void;
}>;
