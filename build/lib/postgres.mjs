// A PostgreSQL cluster of the tests' own: temporary folder, loopback, a free port, no durability, gone afterwards.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { capture, Refusal } from './run.mjs';

const DEBIAN = '/usr/lib/postgresql';
const USER = 'postgres';

/** The tests throw the cluster away: what only guards against a crash would be waited for in vain. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '150',
  listen_addresses: '127.0.0.1',
  logging_collector: 'off',
};

/** The folder with initdb and postgres: Debian's newest, else the one on the path, else undefined. */
export function postgresFolder() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => `${DEBIAN}/${version}/bin`),
    ...(process.env.PATH ?? '').split(path.delimiter),
  ];
  return folders.find((folder) => existsSync(path.join(folder, 'initdb')) && existsSync(path.join(folder, 'postgres')));
}

/**
 * Starts a cluster and gives its connection address and `stop()`, which may be called twice.
 * The first user is `postgres` with a random password: other users of this machine have no business in it.
 * `others`: settings other than those the tests want. `halt()` and `resume()`: the server is away for a while, on the same address.
 */
export async function startPostgres(bin, others = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'mendway-pg-'));
  const account = await ownAccount();
  const password = randomBytes(18).toString('base64url');
  const secret = path.join(folder, 'password');
  writeFileSync(secret, password, { mode: 0o600 });
  if (account.uid !== undefined) [folder, secret].forEach((file) => chownSync(file, account.uid, account.gid));
  try {
    const data = path.join(folder, 'data');
    await initialise(bin, data, secret, account);
    rmSync(secret);
    const port = await freePort();
    const start = () => launch(bin, data, folder, { ...SETTINGS, ...others, port: String(port) }, account);
    let server = await start();
    return {
      url: `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`,
      halt: () => ended(server),
      resume: async () => void (server = await start()),
      stop: stopper(() => server, folder),
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** initdb and postgres refuse root; Debian's package brings a user for them. */
async function ownAccount() {
  if (process.getuid?.() !== 0) return {};
  const ids = await Promise.all(['-u', '-g'].map((flag) => capture('id', [flag, USER])));
  if (ids.some(({ code }) => code !== 0))
    throw new Refusal(`PostgreSQL does not run as root, and there is no user ${USER}`);
  return { uid: Number(ids[0].stdout), gid: Number(ids[1].stdout) };
}

async function initialise(bin, data, secret, account) {
  const args = [
    '-D',
    data,
    '-U',
    USER,
    '--pwfile',
    secret,
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
  ];
  const { code, stdout, stderr } = await capture(path.join(bin, 'initdb'), args, { ...account, cwd: '/' });
  if (code !== 0) throw new Refusal(`PostgreSQL's initdb failed (exit code ${code}):\n${stdout}${stderr}`);
}

async function launch(bin, data, folder, settings, account) {
  const all = { ...settings, unix_socket_directories: folder };
  const args = ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  // Detached: Ctrl-C at the terminal must not stop it under tests that are still running; stop() does.
  const server = spawn(path.join(bin, 'postgres'), args, {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  server.stderr.setEncoding('utf8').on('data', (chunk) => (log = (log + chunk).slice(-8000)));
  server.once('error', (error) => (log += error.message));
  for (let tries = 0; tries < 300; tries += 1) {
    if (isReady(data)) return server;
    if (server.exitCode !== null || server.pid === undefined) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  server.kill('SIGQUIT');
  throw new Refusal(`PostgreSQL did not start:\n${log}`);
}

/** The last line of postmaster.pid is the server's own word on its state. */
function isReady(data) {
  const file = path.join(data, 'postmaster.pid');
  return existsSync(file) && /^ready\s*$/m.test(readFileSync(file, 'utf8'));
}

function stopper(current, folder) {
  let stopped;
  const clean = () => rmSync(folder, { recursive: true, force: true });
  const lastResort = () => {
    current().kill('SIGQUIT');
    clean();
  };
  process.once('exit', lastResort);
  return () =>
    (stopped ??= ended(current()).then(() => {
      process.off('exit', lastResort);
      clean();
    }));
}

/** Immediate shutdown: nothing in it is worth a checkpoint. */
const ended = (server) =>
  new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve();
    server.once('close', () => resolve());
    server.kill('SIGQUIT');
  });

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
