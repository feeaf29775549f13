import { installationOf } from '#db/repositories/installation.ts';
import { openCentralSync } from '#sync/central/index.ts';
import { createHttpApp } from '../http/app.ts';
import { networkDoor, type Door } from '../http/door.ts';
import type { SyncDoor } from '../http/sync-route.ts';
import { databaseOf, openStationService } from '../station/service.ts';
import { certificateIn, type Certificate, type CertificateFiles } from '../tls/certificate.ts';
import { machineNames, networkAddress } from '../tls/machine-names.ts';
import { startJobs } from './jobs.ts';
import { provideOwnItems } from './own-items.ts';

export type CentralOptions = Readonly<{
  dataFolder: string;
  host: string;
  /** 0: any free one. */
  port: number;
  /** By which it is called besides the certificate's; the first is the one it gives as its own. */
  names: readonly string[];
  certificate?: CertificateFiles | undefined;
  log(line: string): void;
}>;

export type CentralServer = Readonly<{
  /** https://name:port */
  address: string;
  fingerprint: string;
  /** Ends what has been begun. */
  stop(): Promise<void>;
}>;

/** The database is that of a station. */
export class NotCentralError extends Error {
  override readonly name = 'NotCentralError';
}

/**
 * The central server of a company, over HTTPS. On PostgreSQL any number of these processes serve side by side: sessions are in
 * the database, and jobs are taken by one of them.
 * @throws CertificateError, NoCompanyError, NotCentralError, and what opening a database or a port throws
 */
export async function serveCentral(options: CentralOptions): Promise<CentralServer> {
  const { dataFolder, log } = options;
  const certificate = await certificateIn(dataFolder, {
    names: machineNames(),
    files: options.certificate,
    now: Date.now(),
  });
  const identity = { address: '', fingerprint: certificate.fingerprint };
  const service = await openStationService(databaseOf(dataFolder), identity);
  try {
    if ((await service.store.read(installationOf))?.role !== 'central') throw new NotCentralError('a station');
    const { environment, store } = service;
    await provideOwnItems(environment, store);
    const sync = await openCentralSync({ environment, store, dataFolder, log });
    const app = await createHttpApp(service, bugs(log), doorOf(options, certificate, sync));
    const { port } = new URL(await app.listen({ host: options.host, port: options.port }));
    identity.address = addressOf(options, port);
    const jobs = startJobs({ environment, store, dataFolder, log });
    const stop = async () => {
      await app.close();
      await jobs.stop();
      await sync.close();
      await service.close();
    };
    return { ...identity, stop };
  } catch (error) {
    await service.close();
    throw error;
  }
}

function doorOf({ names }: CentralOptions, certificate: Certificate, sync: SyncDoor): Door {
  return { ...networkDoor(certificate, [...machineNames(), ...names]), sync };
}

const bugs = (log: CentralOptions['log']) => (error: unknown) =>
  log(error instanceof Error ? (error.stack ?? error.message) : String(error));

function addressOf({ host, names }: CentralOptions, port: string): string {
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const own = names[0] ?? (isEverywhere ? networkAddress() : host);
  return `https://${own.includes(':') ? `[${own}]` : own}:${port}`;
}
