import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

const DATABASE = [
  'tests/operations/**/*.test.ts',
  'tests/migrations/**/*.test.ts',
  'tests/db/**/*.test.ts',
  'tests/imports/**/*.test.ts',
  'tests/faults/**/*.test.ts',
  'tests/sync/**/*.test.ts',
];
const SCREENS = ['tests/screens/**/*.test.ts', 'tests/desktop/**/*.test.ts'];

/**
 * Each worker holds several connections, and the test cluster gives out 150: server processes that are killed leave some behind
 * for a while.
 */
const WORKERS = Math.min(availableParallelism(), 8);

/** A test that only sometimes passes is a failing test: nothing is tried twice. */
const shared = { retry: 0, environment: 'node', restoreMocks: true } as const;

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...DATABASE, ...SCREENS],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: 'database',
          include: DATABASE,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // One browser at a time: a slow machine must not make a screen look broken.
        test: {
          ...shared,
          name: 'screens',
          include: SCREENS,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 30_000 } }, // as long as a page waits for what it is to show
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
