import { randomBytes } from 'node:crypto';
import { createCompanyIn } from '#server/station/create-company.ts';
import { databaseIn, NoCompanyError } from '#server/station/service.ts';
import type { Cli } from './verb.ts';

const ADMINISTRATOR = 'admin';

/**
 * Opens the company of the data folder. In an empty folder one is made first, since no set-up may stand before the first
 * work: with this machine's time zone, and an administrator whose password is said once and changed at the first sign-in.
 */
export async function openOrCreateCompany(cli: Cli): ReturnType<Cli['open']> {
  try {
    return await cli.open();
  } catch (error) {
    if (!(error instanceof NoCompanyError)) throw error;
  }
  const password = `m1${randomBytes(9).toString('base64url')}`; // a letter and a digit, whatever chance brings
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const administrator = { number: ADMINISTRATOR, name: ADMINISTRATOR, password, isChangeDue: true };
  await createCompanyIn(databaseIn(cli.dataFolder), {
    code: 'ST01',
    name: 'Mendway',
    timeZone,
    currency: 'CNY',
    administrator,
  });
  cli.say(cli.t('cli.companyMade', { folder: cli.dataFolder, number: ADMINISTRATOR, password }));
  return cli.open();
}
