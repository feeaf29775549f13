import { createHttpApp } from '../http/app.ts';
import { networkDoor } from '../http/door.ts';
import { certificateIn } from '../tls/certificate.ts';
import { machineNames, networkAddress } from '../tls/machine-names.ts';
import { log } from './log.ts';
import { pcGate } from './pcs.ts';
import type { StationService } from './service.ts';

export type Lan = Readonly<{ address: string; fingerprint: string; close(): Promise<void> }>;

/**
 * The station for its other PCs: over HTTPS, each PC approved once, whatever its address. @param port 0: any free one
 * @throws CertificateError
 */
export async function serveLan(
  service: StationService,
  { dataFolder, port }: Readonly<{ dataFolder: string; port: number }>,
): Promise<Lan> {
  const names = machineNames();
  const certificate = await certificateIn(dataFolder, { names, now: Date.now() });
  const app = await createHttpApp(service, log, { ...networkDoor(certificate, names), pcs: pcGate(service) });
  const listening = new URL(await app.listen({ host: '0.0.0.0', port }));
  const address = `https://${networkAddress()}:${listening.port}`;
  return { address, fingerprint: certificate.fingerprint, close: () => app.close() };
}
