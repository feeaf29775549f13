import { parseArgs } from 'node:util';
import { openStore, type DatabaseAddress } from '#db/open.ts';
import { installedUnit } from '#db/repositories/organisation.ts';
import { startJobs } from '#server/central/jobs.ts';
import { deliverToWebhooks } from '#server/central/webhooks/deliver.ts';
import { tellWebhooks } from '#server/central/webhooks/tell.ts';
import { environmentOf } from '#server/environment.ts';

/** One of several server processes, with nothing to do but its jobs: `node jobs-process.ts --address JSON --lease MS`. */

const { values } = parseArgs({ options: { address: { type: 'string' }, lease: { type: 'string' } } });
const store = await openStore(JSON.parse(values.address ?? '') as DatabaseAddress);
const unit = await store.read(installedUnit);
if (!unit) throw new Error('no company');
const { id: unitId, code, name, timeZone, currency } = unit;
startJobs(
  {
    environment: environmentOf(store, { unitId, code, name, timeZone, currency }),
    store,
    dataFolder: '',
    log: (line) => process.stderr.write(`${line}\n`),
  },
  [tellWebhooks, deliverToWebhooks].map((job) => ({ ...job, everyMs: 20 })),
  { lookMs: 20, leaseMs: Number(values.lease) },
);
process.stdout.write('ready\n');
