import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { openStore } from '#db/open.ts';
import type { Language } from '#renderer/text/index.ts';
import { createSample } from '#server/sample/create.ts';
import { SAMPLE_PASSWORD } from '#server/sample/people.ts';
import { databaseIn } from '#server/station/service.ts';
import { launchBrowser, openDesk } from './helpers/browser.ts';
import { startStation } from './helpers/processes.ts';
import { temporaryFolder } from './helpers/station.ts';

/**
 * `npm run pictures`: the pictures of the README, taken from the running app on a sample company; with `--all FOLDER` every
 * screen in both languages, to look at.
 */

const { values } = parseArgs({ options: { all: { type: 'string' } } });

const SCREENS = [
  '/',
  '/intake',
  '/work-orders',
  '/dispatch',
  '/stock',
  '/stock?tab=availability',
  '/stock?tab=receive',
  '/stock?tab=issue',
  '/stock?tab=transfers',
  '/stock?tab=counts',
  '/stock?tab=old-parts',
  '/stock?tab=documents',
  '/stock?tab=parts',
  '/supply?tab=purchases',
  '/supply?tab=requisitions',
  '/supply?tab=deposits',
  '/audit',
  '/settlement',
  '/payroll',
  '/payroll?tab=rules',
  '/payroll?tab=awards',
  '/payroll?tab=appeals',
  '/payroll?tab=team',
  '/payslips',
  '/payslips?tab=deductions',
  '/reports',
  '/reports?id=pay-sheet',
  '/setup',
];

const folder = temporaryFolder();
const store = await openStore(databaseIn(folder.path));
await createSample(store, { now: Date.now(), days: 60, onProgress: () => undefined });
await store.close();
const station = await startStation(folder.path);
const browser = await launchBrowser();

async function show(page: Page, path: string): Promise<void> {
  await page.goto(`${station.address}/#${path}`);
  await page.getByRole('heading').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(600); // the last figures are drawn
}

async function everyScreen(target: string): Promise<void> {
  for (const language of ['zh-CN', 'en'] as const satisfies readonly Language[]) {
    const desk = await openDesk(browser, {
      address: station.address,
      language,
      number: 'M01',
      password: SAMPLE_PASSWORD,
    });
    for (const path of SCREENS) {
      await show(desk.page, path);
      await desk.page.screenshot({ path: `${target}/${language}${path.replaceAll(/[^a-z-]/g, '_')}.png` });
    }
    if (desk.faults.length > 0) process.stderr.write(`${desk.faults.join('\n')}\n`);
    await desk.close();
  }
}

/** Four screens beside each other, drawn by the browser itself. */
async function overview(target: string): Promise<void> {
  const shots: string[] = [];
  const picture = async (page: Page) => shots.push((await page.screenshot()).toString('base64'));
  const chinese = await openDesk(browser, {
    address: station.address,
    language: 'zh-CN',
    number: 'M01',
    password: SAMPLE_PASSWORD,
  });
  await show(chinese.page, '/');
  await picture(chinese.page);
  await show(chinese.page, '/dispatch');
  await picture(chinese.page);
  await chinese.close();
  const english = await openDesk(browser, {
    address: station.address,
    language: 'en',
    number: 'M01',
    password: SAMPLE_PASSWORD,
  });
  await show(english.page, '/settlement');
  await picture(english.page);
  await show(english.page, '/payroll');
  await english.page
    .getByRole('row')
    .filter({ hasText: /\d{4}-\d\d-\d\d/ })
    .nth(1)
    .dblclick();
  await english.page.getByRole('row').filter({ hasText: 'T01' }).dblclick();
  await english.page.getByRole('listitem').getByRole('button').nth(4).click();
  await english.page.waitForTimeout(800);
  await picture(english.page);

  await english.page.setViewportSize({ width: 1380, height: 784 });
  const images = shots.map((shot) => `<img width="683" src="data:image/png;base64,${shot}">`).join('');
  await english.page.setContent(
    `<body style="margin:2px;display:grid;grid-template-columns:1fr 1fr;gap:6px;background:#888">${images}</body>`,
  );
  await english.page.screenshot({ path: `${target}/overview.png` });
  await english.close();
}

try {
  const target = values.all ?? 'build/pictures';
  mkdirSync(target, { recursive: true });
  await (values.all ? everyScreen(target) : overview(target));
} finally {
  await browser.close();
  await station.kill();
  folder.remove();
}
