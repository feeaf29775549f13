import type { Store } from '#db/store.ts';

/** What the station's side of the protocol works with. */
export type Station = Readonly<{
  store: Store;
  dataFolder: string;
  databaseId: string;
  unitId: string;
  now(): number;
  newId(): string;
  log(line: string): void;
}>;
