import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable, type Duplex } from 'node:stream';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { certificateIn, CertificateError, type Certificate } from '#server/tls/certificate.ts';
import { makeCertificate } from '#server/tls/make-certificate.ts';
import { inspectCertificate, openClient, type Client } from '#sync/station/https.ts';
import { temporaryFolder } from '../helpers/station.ts';

const NAMES = ['localhost', '127.0.0.1', '::1'];
const DAY = 24 * 60 * 60 * 1000;
const folder = temporaryFolder();
afterAll(() => folder.remove());

const inFolder = (name: string, now = Date.now()) => certificateIn(path.join(folder.path, name), { names: NAMES, now });

describe("the service's own certificate", () => {
  test('is made at the first start, stands for the names and can be read by nobody else', async () => {
    const made = await inFolder('own');
    expect(made.names).toEqual(expect.arrayContaining(['localhost', '127.0.0.1']));
    expect(made.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(statSync(path.join(folder.path, 'own/server-certificate.pem')).mode & 0o777).toBe(0o600);
  });

  test('stays the same at every start after, in nineteen years, too', async () => {
    const first = await inFolder('own');
    expect(await inFolder('own', Date.now() + 19 * 365 * DAY)).toEqual(first);
  });

  test('is one, though two processes start together', async () => {
    const [one, other] = await Promise.all([inFolder('together'), inFolder('together')]);
    expect(one.fingerprint).toBe(other.fingerprint);
  });
});

describe('a configured certificate', () => {
  async function configured(years: number, now = Date.now()): Promise<Certificate> {
    const { cert, key } = await makeCertificate({ names: ['mendway.example'], now, years });
    const files = { cert: path.join(folder.path, 'cert.pem'), key: path.join(folder.path, 'key.pem') };
    writeFileSync(files.cert, cert);
    writeFileSync(files.key, key);
    return certificateIn(folder.path, { names: NAMES, files, now: Date.now() });
  }

  test('is used as it is', async () => {
    expect(await configured(1)).toMatchObject({ names: ['mendway.example'] });
  });

  test('is refused when it has run out, with what to do', async () => {
    const refused = configured(-1);
    await expect(refused).rejects.toBeInstanceOf(CertificateError);
    await expect(refused).rejects.toThrow(/valid from .* to .*, and today is .*renewed/);
  });

  test('is refused before it is valid', async () => {
    await configured(1);
    const files = { cert: path.join(folder.path, 'cert.pem'), key: path.join(folder.path, 'key.pem') };
    await expect(certificateIn(folder.path, { names: NAMES, files, now: Date.UTC(2019, 0, 1) })).rejects.toThrow(
      /Set the clock/,
    );
  });

  test("is refused with another one's key, or when it is none", async () => {
    await configured(1);
    const other = path.join(folder.path, 'other.pem');
    writeFileSync(other, (await makeCertificate({ names: NAMES, now: Date.now() })).key);
    const cert = path.join(folder.path, 'cert.pem');
    const ask = (files: { cert: string; key: string }) =>
      certificateIn(folder.path, { names: NAMES, files, now: Date.now() });
    await expect(ask({ cert, key: other })).rejects.toThrow(/does not belong/);
    writeFileSync(other, 'nothing');
    await expect(ask({ cert, key: other })).rejects.toThrow(/no certificate with its private key/);
    await expect(ask({ cert, key: path.join(folder.path, 'missing.pem') })).rejects.toThrow(/cannot be read/);
  });
});

describe('asking a server over HTTPS', () => {
  let certificate: Certificate;
  const opened: (Server | Client)[] = [];
  let connections = 0;

  beforeAll(async () => {
    certificate = await inFolder('server');
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) one.close();
    connections = 0;
  });

  const heard: string[] = [];
  const echo: RequestListener = (request, response) => {
    heard.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'x-length': request.headers['content-length'] ?? 'none' });
    request.pipe(response);
  };

  async function serve(shown: Pick<Certificate, 'cert' | 'key'>, listener = echo, port = 0): Promise<string> {
    const sockets = new Set<Duplex>();
    const server = createServer({ cert: shown.cert, key: shown.key }, listener);
    server.on('secureConnection', () => (connections += 1));
    server.on('connection', (socket) => sockets.add(socket));
    const close = server.close.bind(server);
    server.close = () => {
      for (const socket of sockets) socket.destroy();
      return close();
    };
    opened.push(server);
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function clientOf(address: string, fingerprint: string | null = certificate.fingerprint, timeoutMs = 5000): Client {
    const client = openClient({ address, fingerprint, timeoutMs });
    opened.push(client);
    return client;
  }

  test('with the right fingerprint is answered, over one connection that stays open', async () => {
    const client = clientOf(await serve(certificate));
    for (let i = 0; i < 3; i++) {
      const answer = await client.request({ method: 'POST', path: '/a?b=1', body: Buffer.from('你好') });
      expect([answer.status, answer.headers['x-length'], (await answer.body()).toString()]).toEqual([200, '6', '你好']);
    }
    expect(connections).toBe(1);
  });

  test('sends and reads streams', async () => {
    const client = clientOf(await serve(certificate));
    const body = Readable.from([Buffer.alloc(100_000, 1), Buffer.alloc(100_000, 2)]);
    const answer = await client.request({ method: 'POST', path: '/', body });
    let length = 0;
    for await (const chunk of answer.stream) length += (chunk as Buffer).length;
    expect(length).toBe(200_000);
  });

  test('refuses another certificate before anything is sent', async () => {
    const address = await serve(await makeCertificate({ names: NAMES, now: Date.now() }));
    heard.length = 0;
    await expect(clientOf(address).request({ method: 'POST', path: '/secret' })).rejects.toMatchObject({
      code: 'sync.certificate-changed',
      details: { address, expected: certificate.fingerprint, found: expect.stringMatching(/^[0-9A-F:]{95}$/) },
    });
    expect(heard).toEqual([]);
  });

  test('refuses one that was changed between two questions', async () => {
    const address = await serve(certificate);
    const client = clientOf(address);
    await (await client.request({ method: 'GET', path: '/' })).body();
    opened.splice(0, 1)[0]?.close();
    await serve(await makeCertificate({ names: NAMES, now: Date.now() }), echo, Number(new URL(address).port));
    await expect(client.request({ method: 'GET', path: '/' })).rejects.toMatchObject({
      code: 'sync.certificate-changed',
    });
  });

  test('refuses the right one when it has run out', async () => {
    const old = await makeCertificate({ names: NAMES, now: Date.now(), years: -0.1 });
    const address = await serve(old);
    const { fingerprint } = await inspectCertificate(address);
    await expect(clientOf(address, fingerprint).request({ method: 'GET', path: '/' })).rejects.toMatchObject({
      code: 'sync.certificate-expired',
      details: { from: '2020-01-01' },
    });
  });

  test('without a fingerprint wants an authority to vouch for it', async () => {
    const address = await serve(certificate);
    await expect(clientOf(address, null).request({ method: 'GET', path: '/' })).rejects.toMatchObject({
      code: 'sync.certificate-changed',
      details: { expected: 'CA', found: certificate.fingerprint },
    });
    expect(await inspectCertificate(address)).toMatchObject({ fingerprint: certificate.fingerprint, isPublic: false });
  });

  test('goes on after the server has been started anew', async () => {
    const address = await serve(certificate);
    const client = clientOf(address);
    await (await client.request({ method: 'GET', path: '/1' })).body();
    opened.splice(0, 1)[0]?.close();
    await expect(client.request({ method: 'GET', path: '/2' })).rejects.toMatchObject({
      code: 'sync.server-unreachable',
      details: { reason: 'ECONNREFUSED' },
    });
    await serve(certificate, echo, Number(new URL(address).port));
    expect((await client.request({ method: 'GET', path: '/3' })).status).toBe(200);
  });

  test('a connection given up by the server in the same moment is asked anew', async () => {
    let isFirst = true;
    const address = await serve(certificate, (request, response) => {
      if (request.url === '/2' && isFirst) {
        isFirst = false;
        request.socket.destroy();
      } else echo(request, response);
    });
    const client = clientOf(address);
    await (await client.request({ method: 'GET', path: '/1' })).body();
    expect((await client.request({ method: 'POST', path: '/2', body: Buffer.from('x') })).status).toBe(200);
  });

  test('waits no longer than said', async () => {
    const client = clientOf(await serve(certificate, () => undefined), undefined, 200);
    await expect(client.request({ method: 'GET', path: '/' })).rejects.toMatchObject({
      code: 'sync.timeout',
      details: { seconds: 1 },
    });
  });

  test('is given up when asked to', async () => {
    const controller = new AbortController();
    const client = clientOf(await serve(certificate, () => controller.abort(new Error('enough'))));
    await expect(client.request({ method: 'GET', path: '/', signal: controller.signal })).rejects.toThrow('enough');
  });

  test('says so when it is no HTTPS at all', () => {
    expect(() => openClient({ address: 'http://127.0.0.1', fingerprint: null, timeoutMs: 1 })).toThrow(
      expect.objectContaining({ code: 'sync.server-unreachable' }),
    );
  });
});
