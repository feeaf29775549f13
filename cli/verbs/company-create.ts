import { v7 as uuidv7 } from 'uuid';
import { openStore } from '#db/open.ts';
import { operations } from '#operations/index.ts';
import { perform } from '#operations/perform.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import { environmentOf } from '#server/environment.ts';
import { databaseIn } from '#server/station/service.ts';
import { EXIT, UsageError, type Cli, type Verb } from '../verb.ts';

/** Makes an empty company with its first administrator. */
export const companyCreate: Verb = {
  name: 'company create',
  usage:
    '--code SH01 --name NAME --administrator NUMBER [--time-zone Asia/Shanghai] [--currency CNY]  (password: MENDWAY_PASSWORD)',
  help: 'companyCreate',
  options: {
    code: { type: 'string' },
    name: { type: 'string' },
    administrator: { type: 'string' },
    'time-zone': { type: 'string', default: 'Asia/Shanghai' },
    currency: { type: 'string', default: 'CNY' },
  },
  async run(cli) {
    // Not an option: what stands on the command line can be read by everyone on the machine.
    const password = process.env['MENDWAY_PASSWORD'];
    if (!password) throw new UsageError(cli.t('cli.passwordMissing'));
    const station = {
      unitId: uuidv7(),
      code: required(cli, 'code'),
      name: required(cli, 'name'),
      timeZone: String(cli.values['time-zone']),
      currency: String(cli.values['currency']),
    };
    const number = required(cli, 'administrator');
    const store = await openStore(databaseIn(cli.dataFolder));
    try {
      const input = { ...station, administrator: { number, name: number, password } };
      await perform(environmentOf(store, station), operations['company.create'], {
        actor: COMMAND_LINE,
        commandId: uuidv7(),
        input,
      });
    } finally {
      await store.close();
    }
    cli.answer({ unitId: station.unitId, code: station.code }, () =>
      cli.t('cli.companyCreated', { name: station.name, number }),
    );
    return EXIT.ok;
  },
};

function required(cli: Cli, name: string): string {
  const value = cli.values[name];
  if (typeof value !== 'string' || value === '')
    throw new UsageError(cli.t('cli.optionMissing', { option: `--${name}` }));
  return value;
}
