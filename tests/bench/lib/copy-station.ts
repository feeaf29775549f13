import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import https from 'node:https';
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { openStore } from '#db/open.ts';

/** Fetches a SQLite file over HTTPS onto the disk, and opens it as a station does. */

const [filename = '', port = '', certificate = ''] = process.argv.slice(2);
const { cert: ca } = JSON.parse(readFileSync(certificate, 'utf8')) as { cert: string };

console.log('ready');
await once(createInterface({ input: process.stdin }), 'line');
const request = https.get({ host: '127.0.0.1', port, ca });
const [response] = (await once(request, 'response')) as [IncomingMessage];
await pipeline(response, createWriteStream(filename, { flush: true }));
const store = await openStore({ kind: 'sqlite', filename });
const row = await store.read((sql) => sql.first<{ count: number }>('SELECT COUNT(*) AS count FROM work_orders'));
await store.close();
console.log(`done ${row?.count}`);
await new Promise(() => {}); // what it has used is asked for
