import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const DATABASE = [
  'tests/operations/**/*.test.ts',
  'tests/migrations/**/*.test.ts',
  'tests/db/**/*.test.ts',
  'tests/imports/**/*.test.ts',
  'tests/faults/**/*.test.ts',
  'tests/sync/**/*.test.ts',
];
const SCREENS = ['tests/screens/**/*.test.ts'];
const DESKTOP = ['tests/desktop/**/*.test.ts'];

/**
 * Each worker holds several connections, and the test cluster gives out 150: server processes that are killed leave some behind
 * for a while.
 */
const WORKERS = Math.min(availableParallelism(), 8);

/** It takes minutes, whatever its size: begun last, it would keep everybody waiting at the end. */
const LONG = /sync-faults/;

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- a sequencer's, not an array's
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/**
 * A test that only sometimes passes is a failing test: nothing is tried twice. The files of a worker share what they import: the
 * core is loaded and an empty database made once in each, not for every file.
 */
const shared = { retry: 0, environment: 'node', restoreMocks: true, isolate: false } as const;

/** One browser at a time: a slow machine must not make a screen look broken. */
const onScreen = {
  ...shared,
  fileParallelism: false,
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 30_000 } }, // as long as a page waits for what it is to show
  sequence: { groupOrder: 1 },
  setupFiles: 'tests/helpers/failure-pictures.ts',
} as const;

export default defineConfig({
  test: {
    passWithNoTests: true,
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...DATABASE, ...SCREENS, ...DESKTOP],
          testTimeout: 120_000, // a machine may be busy; what hangs is found later then
          hookTimeout: 120_000,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: 'database',
          include: DATABASE,
          testTimeout: 120_000, // a machine may be busy; what hangs is found later then
          hookTimeout: 120_000,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...onScreen, name: 'screens', include: SCREENS } },
      // Plays Electron, and a window, to the modules that it loads: nobody else may have them.
      { test: { ...onScreen, name: 'desktop', include: DESKTOP, isolate: true } },
    ],
  },
});
