import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#domain/access/actor.ts';
import { rightsOfRoles } from '#domain/access/roles.ts';
import type { Store } from '#db/store.ts';
import { operations, type InputOf, type OperationName, type OutputOf } from '#operations/index.ts';
import type { Environment } from '#operations/operation.ts';
import { perform } from '#operations/perform.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import { environmentOf } from '../environment.ts';
import { createAgenda } from './agenda.ts';
import { planDays } from './days.ts';
import { planPay } from './pay.ts';
import { seededRandom } from './random.ts';
import type { Sample } from './sample.ts';
import { SAMPLE_ADMINISTRATOR, SAMPLE_PASSWORD, SAMPLE_PEOPLE } from './people.ts';
import { setUp, type SetUp } from './set-up.ts';
import { planWarehouse } from './warehouse.ts';

export type SampleOptions = Readonly<{
  /** ms UTC: the sample's present. The same instant gives the same company. */
  now: number;
  /** How many days of history it has. */
  days: number;
  onProgress(done: number, total: number): void;
  signal?: AbortSignal;
}>;

const DAY = 86_400_000;

/** Fills an empty database with a lively company, through the operations themselves, on a clock of its own. */
export async function createSample(store: Store, options: SampleOptions): Promise<{ orders: number }> {
  const clock = { now: options.now - (options.days + 1) * DAY };
  const station = {
    unitId: uuidv7({ msecs: clock.now }),
    code: 'SH01',
    name: '修途上海一站',
    timeZone: 'Asia/Shanghai',
    currency: 'CNY',
  };
  const environment: Environment = {
    ...environmentOf(store, station),
    now: () => clock.now,
    newId: () => uuidv7({ msecs: clock.now }),
  };
  const agenda = createAgenda((at) => (clock.now = at));
  const actors = new Map<string, Actor>([['', COMMAND_LINE]]);
  const sample: Sample = {
    environment,
    random: seededRandom(20_260_315),
    agenda,
    clock,
    until: options.now,
    run: runner(environment, actors),
  };

  const administrator = { ...SAMPLE_ADMINISTRATOR, password: SAMPLE_PASSWORD };
  await sample.run('', 'company.create', { ...station, administrator });
  await hire(sample, actors);
  const base: SetUp = await setUp(sample, actors);
  const orders = planDays(sample, base, options.now - options.days * DAY, options.days);
  planWarehouse(sample, base, options.now - options.days * DAY, options.days);
  planPay(sample, base, options.now - options.days * DAY, options.now);
  let day = 0;
  await agenda.live(options.now, () => {
    options.signal?.throwIfAborted();
    options.onProgress(Math.min(++day, options.days), options.days);
  });
  return { orders };
}

function runner(environment: Environment, actors: ReadonlyMap<string, Actor>): Sample['run'] {
  return async <N extends OperationName>(number: string, name: N, input: InputOf<N>) => {
    const actor = actors.get(number);
    if (!actor) throw new Error(`the sample has nobody with number ${number}`);
    return (await perform(environment, operations[name], {
      actor,
      commandId: environment.newId(),
      input,
    })) as OutputOf<N>;
  };
}

async function hire(sample: Sample, actors: Map<string, Actor>): Promise<void> {
  for (const person of SAMPLE_PEOPLE) {
    const { id } = await sample.run('', 'access.saveEmployee', {
      ...person,
      roles: [...person.roles],
      joinedOn: '2023-04-01',
    });
    await sample.run('', 'access.setPassword', { employeeId: id, password: SAMPLE_PASSWORD, isChangeDue: false });
    const { number, name, roles } = person;
    actors.set(number, { employeeId: id, unitId: '', number, name, roles, rights: rightsOfRoles(roles) });
  }
}
