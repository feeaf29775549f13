import { createReadStream, readFileSync, statSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

/** Nothing but a file over HTTPS. */

const [file = '', certificate = ''] = process.argv.slice(2);

const server = https.createServer(JSON.parse(readFileSync(certificate, 'utf8')) as object, (_request, response) => {
  response.writeHead(200, { 'content-length': statSync(file).size });
  createReadStream(file, { highWaterMark: 1024 * 1024 }).pipe(response);
});
server.listen(0, '127.0.0.1', () => console.log(`port ${(server.address() as AddressInfo).port}`));
process.once('SIGTERM', () => process.exit(0));
