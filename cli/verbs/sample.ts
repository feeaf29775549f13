import { openStore } from '#db/open.ts';
import { createSample } from '#server/sample/create.ts';
import { sampleSignIns } from '#server/sample/people.ts';
import { databaseIn } from '#server/station/service.ts';
import { EXIT, type Verb } from '../verb.ts';

const DAYS = 60;

/** Fills an empty data folder with a company to learn with. */
export const sampleCreate: Verb = {
  name: 'sample create',
  usage: '[--data DIR]',
  help: 'sampleCreate',
  options: {},
  async run(cli) {
    const store = await openStore(databaseIn(cli.dataFolder));
    try {
      const progress = (done: number, total: number) =>
        cli.progress(done / total, cli.t('cli.sampleProgress', { done, total }));
      const { orders } = await createSample(store, {
        now: Date.now(),
        days: DAYS,
        onProgress: progress,
        signal: cli.signal,
      });
      cli.answer({ orders }, () => cli.t('cli.sampleCreated', { orders, folder: cli.dataFolder }));
    } finally {
      await store.close();
    }
    return EXIT.ok;
  },
};

/** Who can sign in to the sample company. */
export const sampleSignInList: Verb = {
  name: 'sample sign-ins',
  usage: '[--json]',
  help: 'sampleSignIns',
  options: {},
  run: async (cli) => {
    const people = sampleSignIns();
    cli.answer(people, () =>
      people.map(({ number, roles, password }) => `${number.padEnd(8)}${roles.padEnd(20)}${password}`).join('\n'),
    );
    return EXIT.ok;
  },
};
