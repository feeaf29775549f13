import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ORIGIN } from './navigation.ts';

/** The files behind `mendway://app/`: what may be asked for, and with which headers it is answered. */

/** Where the files lie: the interface, and the page of the first start. */
export type AssetFolders = Readonly<{ renderer: string; firstRun: string }>;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

// Scripts come from the bundle alone and nothing is fetched: the service is reached over a port. The component library
// makes its style elements at run time.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const SECURITY_HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
} as const;

const FIRST_RUN = '/first-run/';

/** The file behind an address, or undefined when there can be none: another host, a way out of the folder, an unknown type. */
export function fileOf(address: string, folders: AssetFolders): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (`${url.protocol}//${url.host}` !== ORIGIN || url.username || url.password || url.port) return undefined;
  const name = decoded(url.pathname === '/' ? '/index.html' : url.pathname);
  if (name === undefined || !isPlain(name) || !TYPES[path.posix.extname(name)]) return undefined;
  return name.startsWith(FIRST_RUN)
    ? inside(folders.firstRun, name.slice(FIRST_RUN.length))
    : inside(folders.renderer, name.slice(1));
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}

/** Plain names between slashes: no `..`, no second slash, drive, stream or backslash that a file system could read otherwise. */
function isPlain(name: string): boolean {
  return /^(\/[\w@-][\w.@ -]*)+$/.test(name);
}

function inside(folder: string, name: string): string | undefined {
  const file = path.resolve(folder, name);
  return file.startsWith(path.resolve(folder) + path.sep) ? file : undefined;
}

/** Answers a request for one of the app's own files; anything else is not found. */
export async function answerAsset(
  request: Readonly<{ url: string; method: string }>,
  folders: AssetFolders,
): Promise<Response> {
  const file = request.method === 'GET' || request.method === 'HEAD' ? fileOf(request.url, folders) : undefined;
  const content = file === undefined ? undefined : await readIfThere(file);
  if (file === undefined || content === undefined)
    return new Response(null, { status: 404, headers: SECURITY_HEADERS });
  const headers = { ...SECURITY_HEADERS, 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' };
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(content), { headers });
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch {
    return undefined; // absent, or a folder
  }
}
