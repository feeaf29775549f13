import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DomainError } from '#domain/errors.ts';
import { DIALECTS, isAvailable, type TestDialect } from '../helpers/databases.ts';
import { step } from './lib/stock/actions.ts';
import { stockFaults, traceOf } from './lib/stock/checks.ts';
import { isRefusal, NOTHING_TO_DO, type Step } from './lib/stock/define.ts';
import { openWorld, type World } from './lib/stock/world.ts';

/** `MENDWAY_RUNS` steps on each database, of a seed that is printed (or `MENDWAY_SEED`). */
const RUNS = Number(process.env['MENDWAY_RUNS'] ?? 0);
const SEED = Number(process.env['MENDWAY_SEED'] ?? Date.now() % 1_000_000_000);
const STEPS_OF: Readonly<Record<TestDialect, number>> = { sqlite: RUNS || 400, postgres: RUNS || 160 };
/** Of one world, before the next is made: long enough for a plan to be sent, granted, shipped, received and decided about. */
const ROUNDS = 160;
const STEPS_PER_ROUND = 1.6; // about

/** Mostly one person after the other, now and then two or three at once. */
const round = fc.oneof(
  { weight: 3, arbitrary: fc.array(step, { minLength: 1, maxLength: 1 }) },
  { weight: 2, arbitrary: fc.array(step, { minLength: 2, maxLength: 3 }) },
);

const tally = new Map<string, number>();
const note = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);

/** Whether it was done; a refusal by a rule is told, anything else is thrown. */
async function tried({ name, args, run }: Step, world: World): Promise<boolean> {
  try {
    const result = await run(world);
    note(result === NOTHING_TO_DO ? `${name}: ${NOTHING_TO_DO}` : name);
    return true;
  } catch (error) {
    if (!(error instanceof DomainError) || !isRefusal(error))
      throw new Error(`${name} ${JSON.stringify(args)}`, { cause: error });
    note(`${name}: ${error.code}`);
    return false;
  }
}

async function play(world: World, steps: readonly Step[]): Promise<void> {
  const [only] = steps;
  if (steps.length !== 1 || !only) return void (await Promise.all(steps.map((one) => tried(one, world))));
  const before = await traceOf(world);
  if (!(await tried(only, world))) expect(await traceOf(world), `${only.name} was refused`).toBe(before);
}

describe.each(DIALECTS)('stock on %s', (dialect) => {
  test.skipIf(!isAvailable(dialect))(
    `whatever documents, transfers, requisitions, old parts and counts people make at once, everything adds up (seed ${SEED})`,
    async () => {
      tally.clear();
      const worlds = Math.ceil(STEPS_OF[dialect] / (ROUNDS * STEPS_PER_ROUND));
      await fc.assert(
        fc.asyncProperty(fc.array(round, { minLength: ROUNDS, maxLength: ROUNDS }), async (rounds) => {
          const world = await openWorld(dialect);
          try {
            for (const steps of rounds) await play(world, steps);
            expect(await stockFaults(world)).toEqual([]);
          } finally {
            await world.close();
          }
        }),
        // A shorter way to the same fault is not looked for: people at once don't do the same again.
        { numRuns: worlds, seed: SEED, endOnFailure: true },
      );
      if (RUNS > 0) console.log(dialect, Object.fromEntries([...tally].toSorted(([a], [b]) => (a < b ? -1 : 1))));
    },
    120_000 + STEPS_OF[dialect] * 200,
  );
});
