import { parseArgs } from 'node:util';
import { createHttpApp } from '../http/app.ts';
import { databaseIn, NoCompanyError, openStationService } from './service.ts';

/** The station service for browsers on this machine: `node server/station/main.ts --data DIR --port N` (0: any free port). */

const { values } = parseArgs({ options: { data: { type: 'string' }, port: { type: 'string', default: '4870' } } });
const dataFolder = values.data ?? process.env['MENDWAY_DATA'] ?? 'data';

try {
  const service = await openStationService(databaseIn(dataFolder));
  const app = await createHttpApp(service, (error) =>
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`),
  );
  const address = await app.listen({ host: '127.0.0.1', port: Number(values.port) });
  process.stdout.write(`Mendway ${service.environment.station.code}: ${address}/\n`);
  const stop = async () => {
    await app.close();
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
