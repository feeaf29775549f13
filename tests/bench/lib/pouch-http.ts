import https from 'node:https';
import { Readable } from 'node:stream';
import PouchDB from 'pouchdb-core';
import http from 'pouchdb-adapter-http';
import leveldb from 'pouchdb-adapter-leveldb';
import replication from 'pouchdb-replication';

/** PouchDB with just what replicates between LevelDB and a server over HTTPS. */

export const Pouch = PouchDB.plugin(leveldb).plugin(http).plugin(replication);

/** `fetch` on kept-alive HTTPS with one certificate trusted. */
export function fetchTrusting(ca: string): (address: string, options?: RequestInit) => Promise<Response> {
  const agent = new https.Agent({ keepAlive: true, ca });
  return (address, options = {}) =>
    new Promise((resolve, reject) => {
      const { method = 'GET', body, signal } = options;
      const headers = Object.fromEntries(new Headers(options.headers));
      const request = https.request(address, { method, headers, agent, ...(signal ? { signal } : {}) });
      request.once('error', reject);
      request.once('response', (response) => {
        const init = { status: response.statusCode ?? 500, headers: response.headers as Record<string, string> };
        resolve(new Response(Readable.toWeb(response) as ReadableStream, init));
      });
      request.end(typeof body === 'string' ? body : undefined);
    });
}
