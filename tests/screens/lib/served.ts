import type { Store } from '#db/store.ts';
import type { ServerIdentity } from '#operations/operation.ts';
import { createHttpApp } from '#server/http/app.ts';
import { databaseIn, openEnvironment, openStationService } from '#server/station/service.ts';

/**
 * A data folder served to a browser by the service alone: no agent changes what a test has put into the tables.
 * @param nextTurn holds long commands up between their parts, as a slow machine does
 */
export async function serveFolder(
  dataFolder: string,
  server?: ServerIdentity,
  nextTurn?: () => Promise<void>,
): Promise<Readonly<{ address: string; close(): Promise<void> }>> {
  const service = await openStationService(databaseIn(dataFolder), server);
  if (nextTurn) Object.assign(service.environment, { nextTurn });
  const app = await createHttpApp(service, (error) => console.error(error));
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    address,
    close: async () => {
      await app.close();
      await service.close();
    },
  };
}

/** Puts rows into the database of a data folder, beside whoever serves it. */
export async function inDatabase<T>(dataFolder: string, work: (store: Store) => Promise<T>): Promise<T> {
  const { store } = await openEnvironment(databaseIn(dataFolder));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
