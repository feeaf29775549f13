// `npm start`: from a clean clone to the running app, without another step.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { buildElectronIfStale, buildProgramIfStale, buildRendererIfStale, FLAGS, PROGRAMS } from './lib/bundles.mjs';
import { electronBinary, fetchElectronOnce, runDesktop, whyNoWindow } from './lib/electron.mjs';
import { dataFolder } from './lib/folders.mjs';
import { installIfNeeded } from './lib/install.mjs';
import { findNode, nodeEnvironment } from './lib/node24.mjs';
import { capture, main, Refusal, ROOT, run, say } from './lib/run.mjs';

const DEFAULT_PORT = 4870;
/** A desktop app that fails sooner than this did not open. */
const STILLBORN_MS = 10_000;
/** In a data folder that this script filled: says that the sample sign-ins open it. */
const SAMPLE_MARK = 'sample-company';

/** Whether nothing has been kept there yet. Folders alone are nothing. */
function isEmpty(folder) {
  return !existsSync(folder) || readdirSync(folder).length === 0;
}

/** Made beside its place and moved there when whole, so that an interrupted start leaves no half company behind. */
async function createSample(data) {
  say(`Creating a sample company in ${data} …`);
  const draft = `${data}.unfinished`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const code = await run(findNode(), cli('sample', 'create', '--data', draft), { env: nodeEnvironment() });
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new Refusal(`the sample company could not be created (exit code ${code})`, code);
  }
  writeFileSync(path.join(draft, SAMPLE_MARK), 'Made by npm start. `mendway sample sign-ins` lists who can sign in.\n');
  putInPlace(draft, data);
}

/** An empty folder that cannot be replaced (a mounted volume) is filled instead; the database goes last. */
function putInPlace(draft, data) {
  try {
    if (existsSync(data)) rmdirSync(data);
    renameSync(draft, data);
  } catch {
    const names = readdirSync(draft).toSorted((a, b) => Number(isDatabase(a)) - Number(isDatabase(b)));
    for (const name of names) renameSync(path.join(draft, name), path.join(data, name));
    rmdirSync(draft);
  }
}

const isDatabase = (name) => /\.(db|sqlite)$/.test(name);

const cli = (...args) => [...FLAGS, path.join(ROOT, PROGRAMS.cli), ...args];

/** Opens the desktop app if that is possible here; otherwise says why not, in one line, and gives undefined. */
async function runInWindow(data) {
  let obstacle = whyNoWindow() ?? (await whyNoElectron()) ?? (await whyNoShell());
  if (!obstacle) {
    const opened = Date.now();
    const code = await runDesktop(electronBinary(), data);
    if (!isStillborn(code, Date.now() - opened)) return code;
    obstacle = `it ended at once with exit code ${code}`;
  }
  say(`No desktop window (${obstacle}): serving the same app to the browser.`);
  return undefined;
}

/** A window that never came up, as when a library is missing: not one that was closed or interrupted (130, 143). */
const isStillborn = (code, ms) => code !== 0 && code !== 130 && code !== 143 && ms < STILLBORN_MS;

async function whyNoElectron() {
  if (!electronBinary()) await fetchElectronOnce();
  return electronBinary() ? undefined : 'Electron’s binary could not be had; npx install-electron tries again';
}

async function whyNoShell() {
  await buildElectronIfStale();
  return existsSync(path.join(ROOT, 'out/electron/main.js')) ? undefined : 'the desktop shell is not built';
}

async function runInBrowser(data) {
  const port = await freePort();
  void openBrowser(port);
  const args = [...FLAGS, path.join(ROOT, PROGRAMS.station), '--data', data, '--port', String(port)];
  return run(findNode(), args, { env: nodeEnvironment() });
}

/** Prints who can sign in, when the data is the sample company. */
async function showSignIns(data) {
  if (!existsSync(path.join(data, SAMPLE_MARK))) return;
  const answer = await capture(findNode(), cli('sample', 'sign-ins', '--json'), { env: nodeEnvironment() });
  if (answer.code !== 0) return say(answer.stderr);
  const rows = JSON.parse(answer.stdout).map((row) => Object.values(row).map(String));
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column].length))) ?? [];
  console.log('Sample sign-ins:');
  for (const row of rows)
    console.log(
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd()}`,
    );
}

/** PORT or 4870; when it is taken, the next free one, said. */
async function freePort() {
  const wanted = Number(process.env.PORT || DEFAULT_PORT);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_000)
    throw new Refusal(`PORT=${process.env.PORT} is no port`, 2);
  for (let port = wanted; port < wanted + 100; port += 1) {
    if (!(await isFree(port))) continue;
    if (port !== wanted) say(`Port ${wanted} is taken: using ${port}.`);
    return port;
  }
  throw new Refusal(`no free port from ${wanted} to ${wanted + 99}`);
}

const isFree = (port) =>
  new Promise((resolve) => {
    const server = net.createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

const OPENERS = { win32: ['cmd', '/c', 'start', ''], darwin: ['open'], linux: ['xdg-open'] };

/** With a display, shows the address in the user's browser as soon as it answers. */
async function openBrowser(port) {
  const opener = OPENERS[process.platform];
  if (!opener || whyNoWindow() === 'there is no display') return;
  for (let tries = 0; tries < 150 && !(await answers(port)); tries += 1) {
    await new Promise((done) => setTimeout(done, 200));
  }
  const [command, ...args] = [...opener, `http://127.0.0.1:${port}/`];
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

/** Asks by connecting: trying to listen could take the port from the service just as it starts. */
const answers = (port) =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

await main(async () => {
  await installIfNeeded();
  findNode();
  await buildProgramIfStale();
  await buildRendererIfStale();
  const data = dataFolder();
  if (isEmpty(data)) await createSample(data);
  await showSignIns(data);
  return (await runInWindow(data)) ?? runInBrowser(data);
});
