import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { superviseStation, type StationEvent, type Supervisor } from '#electron/supervisor.ts';
import { inspectCertificate, openClient } from '#sync/station/https.ts';
import { givenCompany } from '#tests/helpers/service.ts';
import { temporaryFolder } from '#tests/helpers/station.ts';
import { openDesktopPage } from './lib/page.ts';
import { startStationThread } from './lib/station-thread.ts';

/** The very files that are packaged, run as far as they run outside Electron; beside node_modules, as in the package. */

mkdirSync('out', { recursive: true });
const out = mkdtempSync(path.resolve('out/test-electron-'));
const data = temporaryFolder();
const page = openDesktopPage();
const { call } = await import('#renderer/api/client.ts');
const { keepToken } = await import('#renderer/api/token.ts');
const { serviceLink } = await import('#renderer/api/link.ts');

const read = (file: string) => readFileSync(path.join(out, file), 'utf8');
const events: StationEvent[] = [];
let station: Supervisor<MessagePort>;

function connect(): void {
  const { port1, port2 } = new MessageChannel();
  expect(station.connect(port1)).toBe(true);
  page.handOver(port2);
}

const up = (count: number) => vi.waitFor(() => expect(events).toHaveLength(count), { timeout: 20_000 });

beforeAll(async () => {
  const { buildElectron } = (await import(path.resolve('build/electron-bundle.mjs'))) as {
    buildElectron: (folder: string) => Promise<void>;
  };
  await buildElectron(out);
  station = superviseStation<MessagePort>({
    fork: () => startStationThread(data.path, path.join(out, 'station-process.js')),
    onEvent: (event) => events.push(event),
    now: Date.now,
  });
  await up(1);
});

afterAll(async () => {
  await station?.stop();
  rmSync(out, { recursive: true, force: true });
  data.remove();
});

test('all files that main asks for are there', () => {
  const threads = ['reader-worker.js', 'compare-worker.js'];
  for (const file of ['main.js', 'preload.cjs', 'station-process.js', ...threads, 'first-run/index.html'])
    expect(existsSync(path.join(out, file)), file).toBe(true);
  expect(readdirSync(path.join(out, 'first-run')).toSorted()).toEqual(
    expect.arrayContaining(['first-run.css', 'first-run.js', 'index.html']),
  );
});

test('main is a module with what Electron gives and what is packaged beside it, and no path of the machine that built it', () => {
  const asked = [...read('main.js').matchAll(/^import .*?from ["']([^"']+)["']/gm)].map(([, name]) => name);
  expect(asked).toContain('electron');
  expect(asked.filter((name) => !/^(electron|node:.*|path|fs|\.\/chunk-.*)$/.test(name ?? ''))).toEqual([]);
  for (const file of readdirSync(out).filter((name) => /\.c?js$/.test(name)))
    expect(read(file)).not.toContain(process.cwd());
});

test('an empty data folder serves nothing but the making of a company', async () => {
  expect(events[0]).toEqual({ kind: 'up', mode: 'first-run', isRestart: false });
  connect();
  await expect(call('session.signIn', { number: 'E001', password: 'x' })).rejects.toMatchObject({ code: 'internal' });
  const company = { code: 'sh', name: '', timeZone: 'Nowhere', currency: 'CNY', administrator: {} };
  const refused = (await serviceLink()).call(['firstRun', 'createCompany'], company, { context: {} });
  await expect(refused).rejects.toMatchObject({ code: 'input.invalid' });
});

test('a company made at the first start can be worked with at once: sign-in, list, intake', async () => {
  const company = {
    code: 'SH01',
    name: '上海一站',
    timeZone: 'Asia/Shanghai',
    currency: 'CNY',
    administrator: { number: 'E001', name: '王丽', password: 'password-1' },
  };
  await (await serviceLink()).call(['firstRun', 'createCompany'], company, { context: {} });
  await (await serviceLink()).call(['firstRun', 'begin'], {}, { context: {} });
  await up(2);
  expect(events[1]).toEqual({ kind: 'up', mode: 'company', isRestart: false });
  connect();
  const { token, station: here } = await call('session.signIn', { number: 'E001', password: 'password-1' });
  expect(here.name).toBe('上海一站');
  keepToken(token);
  // The list comes out of a reader thread: its file has been found beside the bundle.
  expect(await call('workOrders.list', { offset: 0, limit: 50 })).toMatchObject({ total: 0 });
  const intake = { customer: null, device: { category: '电饭煲' }, mode: 'carry-in', symptom: '不加热' } as const;
  await call('workOrders.registerIntake', intake, { commandId: newId() });
  expect(await call('workOrders.list', { offset: 0, limit: 50 })).toMatchObject({ total: 1 });
});

test('with MENDWAY_LAN=1 other PCs reach it over HTTPS, and wait for approval', async () => {
  const folder = temporaryFolder();
  await givenCompany(folder.path);
  const port = await freePort();
  vi.stubEnv('MENDWAY_LAN', '1').stubEnv('MENDWAY_LAN_PORT', String(port));
  const other = startStationThread(folder.path, path.join(out, 'station-process.js'));
  vi.unstubAllEnvs();
  const address = `https://127.0.0.1:${port}`;
  const seen = await vi.waitFor(() => inspectCertificate(address), { timeout: 20_000, interval: 300 });
  const client = openClient({ address, fingerprint: seen.fingerprint, timeoutMs: 10_000 });
  const answer = await client.request({ method: 'GET', path: '/pc/state' });
  expect(JSON.parse((await answer.body()).toString())).toEqual({ state: 'unknown' });
  client.close();
  await other.crash();
  folder.remove();
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await once(probe.listen(0, '127.0.0.1'), 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

/** Runs the preload bundle with nothing but what a sandboxed preload script has. */
function runPreload() {
  const listeners = new Map<string, (event: { ports: unknown[] }) => void>();
  const sent: unknown[][] = [];
  const exposed: Record<string, unknown> = {};
  const window = Object.assign(new EventTarget(), {
    location: { origin: 'mendway://app' },
    postMessage: vi.fn<(message: unknown, origin: string, ports: unknown[]) => void>(),
  });
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, value: unknown) => (exposed[name] = value) },
    ipcRenderer: {
      on: (channel: string, listener: (event: { ports: unknown[] }) => void) => listeners.set(channel, listener),
      send: (...message: unknown[]) => sent.push(message),
      invoke: (...message: unknown[]) => Promise.resolve(message),
    },
  };
  let onLanguage: () => void = () => undefined;
  const globals = {
    window,
    document: { documentElement: { lang: 'en' } },
    MutationObserver: class {
      constructor(listener: () => void) {
        onLanguage = listener;
      }
      observe(): void {}
    },
    module: { exports: {} },
    exports: {},
    require: (name: string) => {
      if (name !== 'electron') throw new Error(`a sandboxed preload script cannot require ${name}`);
      return electron;
    },
  };
  runInNewContext(read('preload.cjs'), globals);
  return { listeners, sent, exposed, window, switchLanguage: () => onLanguage() };
}

test('the preload script tells the page only that it runs on the desktop, and passes on the wish for a PDF', async () => {
  const { mendway, ...others } = runPreload().exposed as {
    mendway: { savePaper: (name: unknown) => Promise<unknown> };
  };
  expect(others).toEqual({});
  expect(mendway).toEqual({ isDesktop: true, savePaper: expect.any(Function) as unknown });
  expect(await mendway.savePaper('payslip')).toEqual(['mendway:paper', 'payslip']);
});

test('the preload script asks for a port, passes it on to its own page when that listens, and tells the language', async () => {
  const { listeners, sent, window, switchLanguage } = runPreload();
  window.dispatchEvent(new Event('DOMContentLoaded'));
  expect(sent).toEqual([['mendway:port']]);
  const port = {};
  listeners.get('mendway:port')?.({ ports: [port] });
  await Promise.resolve();
  expect(window.postMessage).not.toHaveBeenCalled();
  window.dispatchEvent(new Event('load'));
  await vi.waitFor(() => expect(window.postMessage).toHaveBeenCalledWith('mendway:port', 'mendway://app', [port]));
  switchLanguage();
  expect(sent.at(-1)).toEqual(['mendway:language', 'en']);
});
