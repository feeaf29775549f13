/**
 * The station service in a process of its own: a long report never freezes the window, and a crash of one is not a crash
 * of the other. Started by the main process, which says in MENDWAY_DATA where the data is and sends the ports to serve.
 */
import { DatabaseFromFutureError, MigrationFailedError } from '#db/migrate.ts';
import { startJobs } from '#server/central/jobs.ts';
import { firstRunRouter, type FirstRun } from '#server/rpc/first-run.ts';
import { routerOf } from '#server/rpc/router.ts';
import { createSampleIn } from '#server/sample/create-in.ts';
import { sampleSignIns } from '#server/sample/people.ts';
import { createCompanyIn } from '#server/station/create-company.ts';
import { databaseIn, NoCompanyError, openStationService, type StationService } from '#server/station/service.ts';
import { joiningIn } from '#server/station/joining.ts';
import type { Lan } from '#server/station/lan.ts';
import { startAgent, type Agent } from '#sync/station/agent.ts';
import { parseCommand, type FailureReason, type StationReport } from './messages.ts';
import { createPortHost, type ServicePort } from './port-host.ts';

const parent = process.parentPort;
const dataFolder = process.env['MENDWAY_DATA'] ?? 'data';
const address = databaseIn(dataFolder);

let service: StationService | undefined;
let agent: Agent | undefined;
let jobs: ReturnType<typeof startJobs> | undefined;
let lan: Lan | undefined;
let serve: ((port: ServicePort) => void) | undefined;

parent.on('message', ({ data, ports }) => {
  const command = parseCommand(data);
  const [port] = ports;
  if (command?.kind === 'serve' && port) serve?.(port);
  if (command?.kind === 'stop') void stop();
});

async function open(): Promise<void> {
  try {
    service = await openStationService(address);
    agent = startAgent({ ...service, dataFolder, log });
    jobs = startJobs({ ...service, dataFolder, log });
    serve = createPortHost(routerOf(service, log));
    report({ kind: 'up', mode: 'company' });
    if (process.env['MENDWAY_LAN'] === '1') void openLan(service).catch(log);
  } catch (error) {
    if (!(error instanceof NoCompanyError)) return fail(error);
    serve = createPortHost(firstRunRouter(firstRun, log));
    report({ kind: 'up', mode: 'first-run' });
  }
}

const firstRun: FirstRun = {
  ...joiningIn(dataFolder),
  createCompany: (input) => createCompanyIn(address, input),
  async createSample() {
    await createSampleIn(dataFolder, Date.now());
    return sampleSignIns();
  },
  begin: open,
};

/** For the station's other PCs. That they can't come in is no reason for this one to stop. */
async function openLan(opened: StationService): Promise<void> {
  const { serveLan } = await import('#server/station/lan.ts'); // most stations are one PC
  lan = await serveLan(opened, { dataFolder, port: Number(process.env['MENDWAY_LAN_PORT'] ?? 4872) });
  log(`Other PCs: ${lan.address}/  ${lan.fingerprint}`);
}

/** A command that is being written is finished: closing waits for the writer. */
async function stop(): Promise<void> {
  await Promise.all([lan?.close(), agent?.stop(), jobs?.stop()]);
  await service?.close();
  process.exit(0);
}

function fail(error: unknown): void {
  log(error);
  report({ kind: 'failed', reason: reasonOf(error), message: error instanceof Error ? error.message : String(error) });
}

function reasonOf(error: unknown): FailureReason {
  if (error instanceof DatabaseFromFutureError) return 'from-future';
  return error instanceof MigrationFailedError ? 'migration' : 'other';
}

function report(message: StationReport): void {
  parent.postMessage(message);
}

function log(error: unknown): void {
  const text = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${new Date().toISOString()} ${text}\n`);
}

await open();
