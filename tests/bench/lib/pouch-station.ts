import Database from 'better-sqlite3';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fetchTrusting, Pouch } from './pouch-http.ts';

/** A PouchDB that replicates to a server, or from it: `push` has the rows of a SQLite file as its documents. */

const [direction = '', folder = '', port = '', certificate = '', batch = '', source = '', count = ''] =
  process.argv.slice(2);
const { cert } = JSON.parse(readFileSync(certificate, 'utf8')) as { cert: string };

const here = new Pouch(folder, { adapter: 'leveldb' });
if (direction === 'push') {
  const rows = new Database(source, { readonly: true })
    .prepare('SELECT id AS _id, * FROM work_orders LIMIT ?')
    .all(Number(count)) as object[];
  for (let i = 0; i < rows.length; i += 1000) await here.bulkDocs(rows.slice(i, i + 1000));
}
const there = new Pouch(`https://127.0.0.1:${port}/rows`, { adapter: 'http', fetch: fetchTrusting(cert) });

console.log('ready');
await once(createInterface({ input: process.stdin }), 'line');
const options = batch === 'default' ? {} : { batch_size: Number(batch) };
const [from, to] = direction === 'push' ? [here, there] : [there, here];
const { docs_written } = await Pouch.replicate(from, to, options);
console.log(`done ${docs_written}`);
await new Promise(() => {}); // what it has used is asked for
