import { MessageChannel, type MessagePort } from 'node:worker_threads';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerAsset } from '#electron/assets.ts';
import { superviseStation, type Supervisor } from '#electron/supervisor.ts';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { launchBrowser } from '#tests/helpers/browser.ts';
import { temporaryFolder } from '#tests/helpers/station.ts';
import { isMissing } from '#tests/helpers/tools.ts';
import { startStationThread, type StationThread } from './lib/station-thread.ts';

/**
 * What a user of the installed app sees, in Chromium: the shell's files under the shell's policy, the station process
 * reached over a port alone. Only the way of a port from process to process is played.
 */

const ORIGIN = 'http://localhost:9'; // Nobody listens there: what is not answered by the shell's own code fails.
const FOLDERS = { renderer: path.resolve('out/renderer'), firstRun: path.resolve('out/electron/first-run') };

/** What the page is given in place of the preload script: a port whose other end is passed on to the test, word by word. */
const BRIDGE = `
  window.mendway = { isDesktop: true };
  let ours;
  window.openPort = () => {
    const { port1, port2 } = new MessageChannel();
    ours = port1;
    ours.onmessage = ({ data }) => window.toStation(data);
    window.postMessage('mendway:port', location.origin, [port2]);
  };
  window.fromStation = (data) => ours.postMessage(data);
  window.closePort = () => ours.close();
`;

async function serveShell(page: Page): Promise<void> {
  await page.route('**', async (route) => {
    const { pathname, origin } = new URL(route.request().url());
    if (origin !== ORIGIN) return route.abort();
    const answer = await answerAsset({ url: `mendway://app${pathname}`, method: 'GET' }, FOLDERS);
    const body = Buffer.from(await answer.arrayBuffer());
    return route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body });
  });
  await page.addInitScript(BRIDGE);
}

async function openApp(browser: Browser, language: Language, dataFolder: string) {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: language });
  page.setDefaultTimeout(30_000);
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  let outside: MessagePort | undefined;
  let child: StationThread | undefined;
  let handedOver = 0;
  await page.exposeFunction('toStation', (data: unknown) => outside?.postMessage(data));
  await serveShell(page);

  async function handOver(): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    station.connect(port1);
    outside = port2;
    const inPage = (script: string) => page.evaluate(script).catch(() => undefined); // The page may have gone on.
    port2.on('message', (data) => void inPage(`fromStation(${JSON.stringify(data)})`));
    port2.on('close', () => void inPage('closePort()'));
    await page.evaluate('openPort()');
    handedOver += 1;
  }
  async function show(name: string): Promise<void> {
    if (new URL(page.url(), ORIGIN).pathname !== name) await page.goto(ORIGIN + name);
    await handOver();
  }
  const station: Supervisor<MessagePort> = superviseStation<MessagePort>({
    fork: () => (child = startStationThread(dataFolder)),
    onEvent: (event) =>
      void (event.kind === 'up' && show(event.mode === 'company' ? '/index.html' : '/first-run/index.html')),
    now: Date.now,
  });
  const close = async () => {
    await page.close();
    await station.stop();
  };
  return { page, faults, crash: () => child?.crash(), handedOver: () => handedOver, close };
}

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('the installed app in %s', (language) => {
  const folder = temporaryFolder();
  const t = createTranslator(language);
  let browser: Browser;
  let app: Awaited<ReturnType<typeof openApp>>;

  beforeAll(async () => {
    const { buildElectron } = (await import(path.resolve('build/electron-bundle.mjs'))) as {
      buildElectron: () => Promise<void>;
    };
    await buildElectron();
    browser = await launchBrowser();
    app = await openApp(browser, language, folder.path);
  });

  afterAll(async () => {
    await app?.close();
    await browser?.close();
    folder.remove();
  });

  test('its first start makes a company, naming what is missing field by field', async () => {
    const { page } = app;
    const fill = (label: string, value: string) => page.getByLabel(label, { exact: false }).first().fill(value);
    await fill(t('desktop.firstRun.code'), 'sh01');
    await page.getByRole('button', { name: t('desktop.firstRun.create') }).click();
    await page.locator('[aria-invalid=true]').first().waitFor();
    await expect.poll(() => page.locator('.fault:visible').count()).toBe(4);
    await fill(t('desktop.firstRun.name'), '上海一站');
    await fill(t('desktop.firstRun.administratorNumber'), 'E001');
    await fill(t('desktop.firstRun.administratorName'), '王丽');
    await page.locator('input[type=password]').first().fill('password-1');
    await page.locator('input[type=password]').last().fill('password-1');
    await page.getByRole('button', { name: t('desktop.firstRun.create') }).click();
    await page.getByRole('button', { name: t('session.signIn') }).waitFor();
  });

  test('then one signs in and works, and works on when the service has fallen', async () => {
    const { page } = app;
    await page.getByLabel(t('session.number')).fill('E001');
    await page.getByLabel(t('session.password')).fill('password-1');
    await page.getByRole('button', { name: t('session.signIn') }).click();
    await page.getByRole('navigation').first().waitFor();
    const before = app.handedOver();
    await app.crash();
    await page.getByText(t('menu.workOrders'), { exact: true }).first().click();
    await page.getByRole('heading', { name: t('workOrders.title') }).waitFor();
    await expect.poll(app.handedOver, { timeout: 20_000 }).toBe(before + 1);
    await expect.poll(() => page.getByText(t('errors.connection.lost')).count()).toBe(0);
  });

  test('nothing in it runs against the policy', () => {
    expect(app.faults).toEqual([]);
  });
});
