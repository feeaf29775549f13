import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTranslator, type Language } from '#renderer/text/index.ts';
import { launchBrowser, openDesk, type Desk, pressShown } from '../helpers/browser.ts';
import { startStation, type RunningStation } from '../helpers/processes.ts';
import { givenCompany, inCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';

describe.skipIf(isMissing('chromium')).each<Language>(['zh-CN', 'en'])('what pay goes by, in %s', (language) => {
  const t = createTranslator(language);
  let folder: ReturnType<typeof temporaryFolder>;
  let station: RunningStation;
  let browser: Browser;
  let desk: Desk;

  beforeAll(async () => {
    folder = temporaryFolder();
    await givenCompany(folder.path, ['accountant', 'technician']);
    await inCompany(folder.path, async (run) => {
      const labour = { component: 'labour', validFrom: '2026-01-01' } as const;
      await run('payroll.saveRule', { ...labour, code: 'L30', rateBp: 3000 });
      await run('payroll.saveRule', { ...labour, code: 'L35', rateBp: 3500, validFrom: '2026-02-01' });
      await run('payroll.saveRule', { ...labour, code: 'GA', rateBp: 4000, conditions: { grade: 'A' } });
      await run('payroll.saveRule', {
        code: 'EVERYONE',
        component: 'monthly_tier',
        measure: 'orders',
        mode: 'step',
        tiers: [{ from: 0, amount: 10_000 }],
        validFrom: '2026-01-01',
      });
      const { id: periodId } = await run('payroll.openPeriod', { from: '2026-02-01', to: '2026-02-28' });
      await run('payroll.calculate', { periodId, version: 1 });
    });
    [station, browser] = await Promise.all([startStation(folder.path), launchBrowser()]);
    desk = await openDesk(browser, { address: station.address, language, number: 'accountant' });
  });
  afterAll(async () => {
    await browser?.close();
    await station?.kill();
    folder?.remove();
  });

  const dialog = () => desk.page.getByRole('dialog').last();
  const field = (label: string) => dialog().getByLabel(label, { exact: true });
  const button = (name: string) => desk.page.getByRole('button', { name });

  async function open(tab: string, known: string): Promise<void> {
    await desk.page.goto(`${station.address}/#/payroll?tab=${tab}`);
    await desk.page.getByText(known, { exact: true }).first().waitFor();
  }

  async function choose(label: string, option: string): Promise<void> {
    await field(label).click();
    await desk.page.locator('.ant-select-dropdown:visible').getByTitle(option, { exact: true }).click();
  }

  /** Alt+N opens the dialog of a tab; Ctrl+Enter in it saves, and it goes. */
  async function openNew(): Promise<void> {
    await pressShown(desk.page, 'Alt+N');
    await dialog().waitFor();
  }
  async function save(): Promise<void> {
    await desk.page.keyboard.press('Control+Enter');
    await dialog().waitFor({ state: 'detached' });
  }

  test('two rules for the same work, and the one that never pays any more, are shown', async () => {
    await open('rules', 'L30');
    const overlap = { winner: 'L35', loser: 'L30', from: '2026-02-01' };
    await desk.page.getByText(t('payroll.checks.overlapOpen', overlap)).waitFor();
    await desk.page.getByText(t('payroll.checks.outdone', { rule: 'L30', by: 'L35' })).waitFor();
  });

  test('a monthly tier is published and reads as a sentence', async () => {
    await open('rules', 'L30');
    await openNew();
    await field(t('payroll.code')).fill('TIER');
    await choose(t('payroll.component'), t('payroll.components.monthly_tier'));
    await field(t('payroll.tierRules.from')).fill('0');
    await field(t('payroll.tierRules.rate')).fill('5');
    await dialog()
      .getByRole('button', { name: t('payroll.tierRules.add') })
      .click();
    await field(t('payroll.tierRules.from')).nth(1).fill('5000');
    await field(t('payroll.tierRules.rate')).nth(1).fill('8');
    await save();
    const tiers = [t('payroll.tierRules.step', { from: '¥0.00', pays: '5%' })];
    await desk.page.getByText(tiers[0] ?? '', { exact: false }).waitFor();
    await desk.page.getByText('¥5,000.00', { exact: false }).waitFor();
  });

  test('which rule wins for somebody is answered while one chooses, with what keeps the others from it', async () => {
    await open('rules', 'L30');
    await button(t('payroll.which.open')).click();
    await choose(t('payroll.conditionNames.employee'), 'technician technician');
    await dialog().getByText('GA', { exact: false }).first().waitFor();
    await dialog().getByText(t('payroll.which.why.less-specific'), { exact: false }).first().waitFor();
    await dialog().getByText(t('payroll.which.none')).first().waitFor();
    await desk.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  test('terms are published from a date on, and read as sentences with those before', async () => {
    await open('terms', t('payroll.terms.emptyTitle'));
    await openNew();
    await field(t('payroll.terms.start')).fill('8:30');
    await field(t('payroll.followUps.very_satisfied')).fill('5');
    await field(t('payroll.followUps.dissatisfied')).fill('-10');
    await field(t('payroll.terms.threshold')).fill('80');
    await desk.page.keyboard.press('Control+Enter');
    await dialog().getByText(t('fieldRules.required'), { exact: true }).waitFor();
    await field(t('payroll.terms.pointAmount')).fill('2');
    await field(t('payroll.terms.cap')).fill('20');
    await save();
    await desk.page.getByText(t('payroll.terms.sentences.cap', { rate: '20%' })).waitFor();
    await desk.page.getByText('08:30', { exact: false }).waitFor();
    await desk.page.getByText(t('payroll.terms.inForce'), { exact: true }).waitFor();

    await openNew();
    await field(t('payroll.terms.cap')).fill('25');
    await save();
    await desk.page.getByText(t('payroll.terms.sentences.cap', { rate: '25%' })).waitFor();
    await desk.page.getByText(t('payroll.terms.replaced'), { exact: true }).waitFor();
  });

  test('a deadline rule is published, and ended', async () => {
    await open('deadlines', t('payroll.deadlines.emptyTitle'));
    await openNew();
    await field(t('payroll.code')).fill('D8');
    await field(t('payroll.deadlines.limit')).fill('510');
    await field(t('payroll.deadlines.amountPerUnit')).fill('5');
    await save();
    await desk.page
      .getByText(t('payroll.deadlines.hoursMinutes', { hours: 8, minutes: 30 }), { exact: false })
      .waitFor();
    await desk.page.getByRole('button', { name: t('payroll.end'), exact: true }).click();
    await field(t('payroll.validTo')).fill('2099-12-31');
    await desk.page.keyboard.press('Enter');
    await save();
    await desk.page.getByText('2099-12-31', { exact: true }).waitFor();
  });

  test('something that is punished is put on the list', async () => {
    await desk.page.goto(`${station.address}/#/payroll?tab=items`);
    await desk.page.getByText(t('payroll.items.emptyText')).waitFor();
    await openNew();
    await field(t('payroll.items.code')).fill('P1');
    await field(t('payroll.items.name')).fill('迟到');
    await field(t('payroll.items.amount')).fill('20');
    await save();
    await desk.page.getByText('迟到', { exact: true }).waitFor();
  });

  test('a change is tried on a past period and compared with what was paid', async () => {
    await open('trial', '2026-02-01 – 2026-02-28');
    await openNew();
    await field(t('payroll.code')).fill('MORE');
    await choose(t('payroll.component'), t('payroll.components.monthly_tier'));
    await choose(t('payroll.tierRules.measure'), t('payroll.tierRules.measures.orders'));
    await field(t('payroll.tierRules.from')).fill('0');
    await field(t('payroll.tierRules.amount')).fill('150');
    await save();
    await desk.page.getByText('MORE', { exact: false }).waitFor();
    await button(t('payroll.trial.run')).click();
    const row = desk.page.getByRole('row').filter({ hasText: 'technician' });
    await row.waitFor();
    await expect.poll(() => row.textContent()).toContain('¥100.00¥150.00+¥50.00');
    const ofRule = desk.page.getByRole('row').filter({ hasText: 'EVERYONE' });
    await expect.poll(() => ofRule.textContent()).toContain('¥0.00');
  });

  test('nothing went wrong in the page meanwhile', () => {
    expect(desk.faults).toEqual([]);
  });
});
