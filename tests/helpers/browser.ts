import { existsSync } from 'node:fs';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { createTranslator, type Language, type Translate } from '#renderer/text/index.ts';
import { PASSWORD } from './service.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Debian's Chromium, headless. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ ...(CHROMIUM ? { executablePath: CHROMIUM } : {}), args: ARGUMENTS });
}

/** One person at one PC: a window of its own with the language chosen, signed in. `faults` collects what went wrong in the page. */
export type Desk = Readonly<{ page: Page; t: Translate; faults: string[]; close(): Promise<void> }>;

/** Of all windows that are open. */
export const openPages = new Set<Page>();

export type WindowOptions = Readonly<{
  language: Language;
  /** Things slide and grow into their places. Mostly they don't: a click on a busy machine would miss what moves. */
  isMoving?: boolean;
  /** Nobody has chosen a language here: it is the system's. */
  isFirst?: boolean;
}>;

/** A browser window, in which this language has been chosen. */
export async function openWindow(browser: Browser, of: WindowOptions): Promise<Page> {
  const { language, isMoving = false, isFirst = false } = of;
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: language,
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
    ignoreHTTPSErrors: true, // certificates of our own
    reducedMotion: isMoving ? 'no-preference' : 'reduce',
  });
  if (!isFirst) await context.addInitScript((chosen) => localStorage.setItem('mendway.language', chosen), language);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000); // a machine with two cores may be busy with other tests
  openPages.add(page);
  page.on('close', () => openPages.delete(page));
  return page;
}

export type DeskOptions = WindowOptions & Readonly<{ address: string; number: string; password?: string }>;

export async function openDesk(
  browser: Browser,
  { address, number, password = PASSWORD, ...window }: DeskOptions,
): Promise<Desk> {
  const page = await openWindow(browser, window);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(message.text());
  });
  const t = createTranslator(window.language);
  await page.goto(address);
  await page.getByLabel(t('session.number')).fill(number);
  await page.getByLabel(t('session.password')).fill(password);
  await page.getByRole('button', { name: t('session.signIn') }).click();
  await page.getByRole('navigation').first().waitFor();
  return { page, t, faults, close: () => page.context().close() };
}

/** The dialog on top, and never the drawer beneath it: what is looked for in it waits until it is there. */
export const topDialog = (page: Page): Locator => page.locator('.ant-modal').filter({ visible: true }).last();

/** As a person does it: the key, as in `Alt+N`, once it is shown, and not on a button that can't be pressed. */
export async function pressShown(page: Page, hotkey: string): Promise<void> {
  const hint = page.locator('button:enabled:not(.ant-btn-loading) kbd:visible, :not(button) > kbd:visible');
  await hint.getByText(hotkey.replaceAll('+', ' '), { exact: true }).first().waitFor();
  await page.keyboard.press(hotkey);
}
