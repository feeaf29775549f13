import { createCompanyIn } from '#server/station/create-company.ts';
import { databaseIn, databaseOf } from '#server/station/service.ts';
import { EXIT, UsageError, type Cli, type Verb } from '../verb.ts';

const KINDS = ['outlet', 'head-office'] as const;

/** Makes an empty company with its first administrator. */
export const companyCreate: Verb = {
  name: 'company create',
  usage:
    '--code SH01 --name NAME --administrator NUMBER [--kind outlet|head-office] [--time-zone Asia/Shanghai] [--currency CNY]  (password: MENDWAY_PASSWORD)',
  help: 'companyCreate',
  options: {
    code: { type: 'string' },
    name: { type: 'string' },
    administrator: { type: 'string' },
    kind: { type: 'string', default: 'outlet' },
    'time-zone': { type: 'string', default: 'Asia/Shanghai' },
    currency: { type: 'string', default: 'CNY' },
  },
  async run(cli) {
    // Not an option: what stands on the command line can be read by everyone on the machine.
    const password = process.env['MENDWAY_PASSWORD'];
    if (!password) throw new UsageError(cli.t('cli.passwordMissing'));
    const number = required(cli, 'administrator');
    const company = {
      code: required(cli, 'code'),
      name: required(cli, 'name'),
      kind: kindOf(cli),
      timeZone: String(cli.values['time-zone']),
      currency: String(cli.values['currency']),
      administrator: { number, name: number, password },
    };
    // Only head office's may stand elsewhere: a station's service has its own file.
    const database = company.kind === 'head-office' ? databaseOf(cli.dataFolder) : databaseIn(cli.dataFolder);
    const { unitId } = await createCompanyIn(database, company);
    cli.answer({ unitId, code: company.code }, () => cli.t('cli.companyCreated', { name: company.name, number }));
    return EXIT.ok;
  },
};

function kindOf(cli: Cli): (typeof KINDS)[number] {
  const kind = KINDS.find((one) => one === cli.values['kind']);
  if (!kind) throw new UsageError(cli.t('cli.notOneOf', { option: '--kind', values: KINDS.join(', ') }));
  return kind;
}

function required(cli: Cli, name: string): string {
  const value = cli.values[name];
  if (typeof value !== 'string' || value === '')
    throw new UsageError(cli.t('cli.optionMissing', { option: `--${name}` }));
  return value;
}
