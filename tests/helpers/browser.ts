import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
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

export type DeskOptions = Readonly<{ address: string; language: Language; number: string; password?: string }>;

export async function openDesk(
  browser: Browser,
  { address, language, number, password = PASSWORD }: DeskOptions,
): Promise<Desk> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: language,
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
    ignoreHTTPSErrors: true, // certificates of our own
  });
  await context.addInitScript((chosen) => localStorage.setItem('mendway.language', chosen), language);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000); // a machine with two cores may be busy with other tests
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(message.text());
  });
  const t = createTranslator(language);
  await page.goto(address);
  await page.getByLabel(t('session.number')).fill(number);
  await page.getByLabel(t('session.password')).fill(password);
  await page.getByRole('button', { name: t('session.signIn') }).click();
  await page.getByRole('navigation').first().waitFor();
  return { page, t, faults, close: () => context.close() };
}
