import { z } from 'zod';
import {
  bytesReceived,
  contentOf,
  keepPiece,
  missingContents,
  noteFetched,
  noteSent,
  unsentContents,
} from '#db/sync/contents.ts';
import { PIECE_BYTES } from '../protocol.ts';
import { ask, refusalOf, type Line } from './line.ts';
import type { Station } from './station.ts';

/** Contents in one round, so that documents never wait long behind photos. */
const ROUND = 40;

const state = z.object({ received: z.array(z.int().nullable()) });
const taken = z.object({ received: z.int() });

/** Sends the contents of this station's attachments, each from where it was cut off. */
export async function pushContents(station: Station, line: Line): Promise<void> {
  const hashes = await station.store.read((sql) => unsentContents(sql, ROUND));
  if (hashes.length === 0) return;
  const { received } = await ask(line, 'attachments', JSON.stringify({ hashes }), state);
  for (const [index, sha256] of hashes.entries()) {
    const from = received[index];
    if (typeof from === 'number') await send(station, line, sha256, from);
    await station.store.write((trx) => noteSent(trx, sha256));
  }
}

async function send(station: Station, line: Line, sha256: string, from: number): Promise<void> {
  const content = await station.store.read((sql) => contentOf(sql, sha256));
  if (!content) return;
  let position = from;
  while (position < content.byteLength) {
    const body = Buffer.from(content.subarray(position, position + PIECE_BYTES));
    const path = `/sync/v1/attachments/${sha256}?position=${position}`;
    const headers = { authorization: `Bearer ${line.token}`, 'content-type': 'application/octet-stream' };
    const answer = await line.client.request({ method: 'PUT', path, headers, body, signal: line.signal });
    const reply = await answer.body();
    if (answer.status !== 200) throw refusalOf(answer.status, reply);
    position = taken.parse(JSON.parse(reply.toString())).received;
  }
}

/** Fetches contents that should be here and are not, each from where it was cut off. */
export async function pullContents(station: Station, line: Line): Promise<void> {
  for (const { sha256, size } of await station.store.read((sql) => missingContents(sql, ROUND)))
    await fetchContent(station, line, sha256, size);
}

async function fetchContent(station: Station, line: Line, sha256: string, size: number): Promise<void> {
  let position = await station.store.read((sql) => bytesReceived(sql, sha256, ''));
  while (position < size) {
    const path = `/sync/v1/attachments/${sha256}?position=${position}`;
    const headers = { authorization: `Bearer ${line.token}` };
    const answer = await line.client.request({ method: 'GET', path, headers, signal: line.signal });
    const content = await answer.body();
    if (answer.status === 404) return; // its own station hasn't sent it yet
    if (answer.status !== 200) throw refusalOf(answer.status, content);
    const piece = { sha256, stationId: '', position, content };
    const before = position;
    position = await station.store.write((trx) => keepPiece(trx, piece, size));
    if (position <= before) return; // not what it should be: begun anew in the next round
  }
  await station.store.write((trx) => noteFetched(trx, sha256));
}
