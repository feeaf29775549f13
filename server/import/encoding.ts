import { open } from 'node:fs/promises';

/** The encodings a file may have. GBK is read as its superset GB 18030. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

const MARKS: readonly [Encoding, readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

const CHUNK = 65_536;

/**
 * The encoding of a file, by its byte order mark or else by reading it once to its end. UTF-8 with a few broken bytes stays
 * UTF-8, so that only the rows with those bytes are unreadable; mostly broken, and whole as GBK, it is GBK.
 */
export async function encodingOf(file: string): Promise<Encoding> {
  const head = await headOf(file);
  const marked = MARKS.find(([, mark]) => mark.every((byte, i) => head[i] === byte));
  if (marked) return marked[0];
  if (await isWhole(file, 'utf-8')) return 'utf-8';
  return (await isMostlyBroken(file)) && (await isWhole(file, 'gb18030')) ? 'gb18030' : 'utf-8';
}

async function headOf(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(3), 0, 3, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function isWhole(file: string, encoding: Encoding): Promise<boolean> {
  try {
    for await (const _text of decoded(file, encoding, { fatal: true })) continue;
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** As UTF-8, it has more broken sequences than characters beyond ASCII. */
async function isMostlyBroken(file: string): Promise<boolean> {
  let broken = 0;
  let others = 0;
  for await (const text of decoded(file, 'utf-8')) {
    const beyondAscii = text.match(/[^\0-\x7f]/g) ?? [];
    const replaced = beyondAscii.filter((character) => character === '\u{fffd}').length;
    broken += replaced;
    others += beyondAscii.length - replaced;
  }
  return broken > others;
}

/** The text of a file piece by piece, without its byte order mark. `onBytes` is told how far the file has been read. */
export async function* decoded(
  file: string,
  encoding: Encoding,
  options: Readonly<{ fatal?: boolean; onBytes?: (bytes: number) => void }> = {},
): AsyncGenerator<string, void> {
  const decoder = new TextDecoder(encoding, { fatal: options.fatal ?? false });
  const handle = await open(file);
  try {
    const buffer = Buffer.alloc(CHUNK);
    for (let bytes = 0; ;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK);
      if (bytesRead === 0) break;
      bytes += bytesRead;
      options.onBytes?.(bytes);
      yield decoder.decode(buffer.subarray(0, bytesRead), { stream: true });
    }
    yield decoder.decode();
  } finally {
    await handle.close();
  }
}
