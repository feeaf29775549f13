import { parseArgs } from 'node:util';
import { startAgent } from '#sync/station/agent.ts';
import { startJobs } from '../central/jobs.ts';
import { createHttpApp } from '../http/app.ts';
import { log } from './log.ts';
import { serveLan } from './lan.ts';
import { isFirstRunPageBuilt, serveFirstRun } from './first-run.ts';
import { databaseIn, NoCompanyError, openStationService, type StationService } from './service.ts';

/**
 * The station service for browsers on this machine: `node server/station/main.ts --data DIR --port N` (0: any free port). With
 * `--lan [--lan-port N]` other PCs of the station come in over HTTPS, too, each approved once.
 */

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '4870' },
    lan: { type: 'boolean', default: process.env['MENDWAY_LAN'] === '1' },
    'lan-port': { type: 'string', default: '4872' },
  },
});
const dataFolder = values.data ?? process.env['MENDWAY_DATA'] ?? 'data';

try {
  const { service, port } = await openOrBegin();
  const app = await createHttpApp(service, log);
  const address = await app.listen({ host: '127.0.0.1', port });
  const agent = startAgent({ ...service, dataFolder, log });
  const jobs = startJobs({ ...service, dataFolder, log });
  const lan = values.lan ? await serveLan(service, { dataFolder, port: Number(values['lan-port']) }) : undefined;
  process.stdout.write(`Mendway ${service.environment.station.code}: ${address}/\n`);
  if (lan) process.stdout.write(`Other PCs: ${lan.address}/  ${lan.fingerprint}\n`);
  const stop = async () => {
    await Promise.all([app.close(), lan?.close(), agent.stop(), jobs.stop()]);
    await service.close();
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
} catch (error) {
  const hint =
    error instanceof NoCompanyError
      ? ' Make one: mendway company create, mendway enrol, or mendway sample create.'
      : '';
  process.stderr.write(`Mendway can't start: ${error instanceof Error ? error.message : String(error)}.${hint}\n`);
  process.exitCode = 1;
}

/** Without a company, the page of the first start comes first. @throws NoCompanyError where that page isn't built */
async function openOrBegin(): Promise<Readonly<{ service: StationService; port: number }>> {
  const address = databaseIn(dataFolder);
  const wanted = Number(values.port);
  try {
    return { service: await openStationService(address), port: wanted };
  } catch (error) {
    if (!(error instanceof NoCompanyError) || !isFirstRunPageBuilt()) throw error;
  }
  const onListening = (at: string) => process.stdout.write(`Mendway, first start: ${at}/\n`);
  const port = await serveFirstRun({ dataFolder, port: wanted, onListening });
  return { service: await openStationService(address), port };
}
