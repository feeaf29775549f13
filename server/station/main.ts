import { parseArgs } from 'node:util';
import { startAgent } from '#sync/station/agent.ts';
import { startJobs } from '../central/jobs.ts';
import { createHttpApp } from '../http/app.ts';
import { log } from './log.ts';
import { serveLan } from './lan.ts';
import { databaseIn, NoCompanyError, openStationService } from './service.ts';

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
  const service = await openStationService(databaseIn(dataFolder));
  const app = await createHttpApp(service, log);
  const address = await app.listen({ host: '127.0.0.1', port: Number(values.port) });
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
  const hint = error instanceof NoCompanyError ? ' Make one: mendway company create, or mendway sample create.' : '';
  process.stderr.write(`Mendway can't start: ${error instanceof Error ? error.message : String(error)}.${hint}\n`);
  process.exitCode = 1;
}
