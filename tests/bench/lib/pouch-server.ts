import { readFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { Pouch } from './pouch-http.ts';

/**
 * PouchDB behind HTTPS, with nothing between: the replicator's own calls and no more of CouchDB's interface. (The known
 * servers put Express and its parsers before it, which makes the peer slower, not faster.)
 */

const [folder = '', certificate = ''] = process.argv.slice(2);
const database = new Pouch(folder, { adapter: 'leveldb', auto_compaction: false });

type Call = Readonly<{ path: string; query: URLSearchParams; body: never }>;

async function answer(method: string, { path, query, body }: Call): Promise<unknown> {
  if (path === '') return { couchdb: 'Welcome', uuid: folder };
  if (path === 'rows') return database.info();
  if (path.startsWith('rows/_local/')) {
    const id = `_local/${decodeURIComponent(path.slice('rows/_local/'.length))}`;
    return method === 'PUT' ? database.put(body) : database.get(id);
  }
  if (path === 'rows/_revs_diff') return database.revsDiff(body);
  if (path === 'rows/_bulk_docs') return database.bulkDocs(body);
  if (path === 'rows/_bulk_get') return database.bulkGet({ ...(body as object), revs: true, latest: true });
  if (path === 'rows/_changes') {
    const since = Number(query.get('since') ?? 0);
    const [style, limit] = [query.get('style') ?? 'all_docs', Number(query.get('limit'))];
    return database.changes({ since, style, limit, batch_size: limit });
  }
  throw Object.assign(new Error(`no ${method} ${path}`), { status: 404, name: 'not_found' });
}

const server = https.createServer(
  JSON.parse(readFileSync(certificate, 'utf8')) as object,
  async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const url = new URL(request.url ?? '/', 'https://bench');
    const text = Buffer.concat(chunks).toString();
    const body = (text === '' ? undefined : JSON.parse(text)) as never;
    const reply = (status: number, value: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    try {
      const call = { path: url.pathname.replace(/^\/|\/$/g, ''), query: url.searchParams, body };
      reply(200, await answer(request.method ?? 'GET', call));
    } catch (error) {
      const { status = 500, name = 'error', message } = error as { status?: number; name?: string; message?: string };
      reply(status, { error: name, reason: message });
    }
  },
);
server.listen(0, '127.0.0.1', () => console.log(`port ${(server.address() as AddressInfo).port}`));
process.once('SIGTERM', () => process.exit(0));
