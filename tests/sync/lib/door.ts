import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { X509Certificate } from 'node:crypto';
import { Readable } from 'node:stream';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCertificate } from '#server/tls/make-certificate.ts';
import { pack, PROTOCOL_VERSION } from '#sync/protocol.ts';
import type { CentralSync, SyncResponse } from '#sync/central/index.ts';

/** What happens to answers on their way. */
type Faults = {
  /** Answers to this path are lost; what was asked for has been done. */
  loseAnswersTo: string | null;
  /** The schema that the server says it has; null: its own. */
  schema: number | null;
  /** Once, the connection is cut when so many bytes of a snapshot have gone through it. */
  cutSnapshotAt: number | null;
};

/** The central server's HTTPS door, in this process, with a bad line before it when wished. */
export async function openDoor(server: CentralSync) {
  const { cert, key } = await makeCertificate({ names: ['127.0.0.1'], now: Date.now() });
  const faults: Faults = { loseAnswersTo: null, schema: null, cutSnapshotAt: null };
  const answered: { path: string; status: number }[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'https://server');
    const path = pathname.replace('/sync/v1', '');
    const headers = request.headers as Record<string, string>;
    if (path === '/about' && faults.schema !== null)
      return response.end(await pack(JSON.stringify({ ...ABOUT, schema: faults.schema })));
    const answer = await server.handle({
      method: request.method ?? '',
      path,
      headers,
      query: searchParams,
      body: request,
    });
    answered.push({ path, status: answer.status });
    if (faults.loseAnswersTo === path) return response.socket?.destroy();
    response.writeHead(answer.status, answer.headers);
    for await (const chunk of bytesOf(answer, faults)) if (!response.write(chunk)) await drained(response);
    return response.end();
  };
  const https = createServer({ cert, key }, (request, response) => {
    serve(request, response).catch(() => response.socket?.destroy());
  });
  await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve));
  return {
    address: `https://127.0.0.1:${(https.address() as AddressInfo).port}`,
    fingerprint: new X509Certificate(cert).fingerprint256,
    faults,
    answered,
    close: () => {
      https.closeAllConnections();
      https.close();
    },
  };
}

const ABOUT = { product: 'mendway', company: 'HQ', protocol: PROTOCOL_VERSION, program: '', now: 0 };

async function* bytesOf({ body, status }: SyncResponse, faults: Faults): AsyncGenerator<Buffer> {
  let sent = 0;
  for await (const chunk of body instanceof Readable ? (body as AsyncIterable<Buffer>) : [Buffer.from(body)]) {
    const cut = status < 202 || status === 206 ? faults.cutSnapshotAt : null;
    if (body instanceof Readable && cut !== null && sent + chunk.length > cut) {
      faults.cutSnapshotAt = null;
      yield chunk.subarray(0, cut - sent);
      await sleep(100); // it has gone through
      throw new Error('cut');
    }
    sent += chunk.length;
    yield chunk;
  }
}

const drained = (response: ServerResponse) =>
  new Promise<void>((resolve) => response.once('drain', resolve).once('close', resolve));
