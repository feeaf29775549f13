import { expect, test } from 'vitest';
import { launchBrowser } from '../helpers/browser.ts';
import { startStation } from '../helpers/processes.ts';
import { ADMINISTRATOR, givenCompany, PASSWORD } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';

test.skipIf(isMissing('chromium'))(
  'an operation of the API is read and tried in a browser, with nothing from elsewhere and nothing the policy forbids',
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder();
    await givenCompany(folder.path);
    const [station, browser] = await Promise.all([startStation(folder.path), launchBrowser()]);
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    const [faults, asked]: [string[], string[]] = [[], []];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('request', (request) => asked.push(new URL(request.url()).origin));
    await page.goto(`${station.address}/api`);
    await page.locator('.opblock-tag', { hasText: 'session' }).first().click();
    const operation = page.locator('[id="operations-session-session\\\\.signIn"]');
    await operation.locator('.opblock-summary-control').first().click();
    await operation.getByText('Idempotency-Key').first().waitFor();
    await operation.getByText('sign-in.wrong').first().waitFor();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    await operation
      .locator('textarea')
      .first()
      .fill(JSON.stringify({ number: ADMINISTRATOR, password: PASSWORD }));
    await operation.getByRole('button', { name: 'Execute' }).click();
    await operation.locator('.live-responses-table').getByText('"token"').first().waitFor();
    expect(faults).toEqual([]);
    expect([...new Set(asked.filter((origin) => origin !== 'null'))]).toEqual([station.address]);
    await browser.close();
    await station.kill();
    folder.remove();
  },
);
