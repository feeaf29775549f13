import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { openStore } from '#db/open.ts';
import { databaseIn } from '#server/station/service.ts';
import { enrol } from '#sync/station/enrol.ts';

/** A new station: from its code to a database that can be worked with. */

const [dataFolder = '', address = '', fingerprint = '', code = ''] = process.argv.slice(2);

console.log('ready');
await once(createInterface({ input: process.stdin }), 'line');
await enrol({ dataFolder, address, code, fingerprint, name: 'bench' });
const store = await openStore(databaseIn(dataFolder));
const row = await store.read((sql) => sql.first<{ count: number }>('SELECT COUNT(*) AS count FROM work_orders'));
await store.close();
console.log(`done ${row?.count}`);
await new Promise(() => {}); // what it has used is asked for
