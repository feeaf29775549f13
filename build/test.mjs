// `npm test [-- <vitest filter>]`: installs what is missing, starts a database of its own, runs every check, counts.
import { constants } from 'node:os';
import path from 'node:path';
import { buildElectronIfStale, buildProgramIfStale, buildRendererIfStale } from './lib/bundles.mjs';
import { temporaryFolderOfTests } from './lib/folders.mjs';
import { installIfNeeded } from './lib/install.mjs';
import { findNode, nodeEnvironment } from './lib/node24.mjs';
import { postgresFolder, startPostgres } from './lib/postgres.mjs';
import { capture, main, ROOT, run, say } from './lib/run.mjs';
import { add, countVitest, NOTHING, summary } from './lib/tally.mjs';
import { provideTools } from './lib/tools.mjs';

const program = (file) => path.join(ROOT, 'node_modules', file);
const VITEST = program('vitest/vitest.mjs');
const REPORT = path.join(ROOT, 'out/test-results.json');

/** The projects of vitest.config.ts that can't do without Chromium. */
const WITH_BROWSER = ['screens', 'desktop'];

/** Each counts as one test. */
const STATIC_STEPS = [
  { name: 'types (tsc)', run: () => node(program('typescript/bin/tsc'), '--noEmit', '-p', ROOT) },
  { name: 'lint (oxlint)', run: () => node(program('oxlint/bin/oxlint'), '.') },
  { name: 'format (oxfmt)', run: () => node(program('oxfmt/bin/oxfmt'), '--check', '.') },
];

const PROGRAMS_STEP = { name: 'the programs build', run: () => buildProgramIfStale() };

const BUILD_STEPS = [
  { name: 'the interface builds', run: () => buildRendererIfStale() },
  { name: 'the desktop shell builds', run: () => buildElectronIfStale() },
];

/** With a filter only what the filtered tests stand on is built, and nothing is checked beside them. */
function stepsFor(args) {
  if (args.length === 0) return [...STATIC_STEPS, PROGRAMS_STEP, ...BUILD_STEPS];
  return args.some((arg) => /screens|desktop/.test(arg)) ? [PROGRAMS_STEP, ...BUILD_STEPS] : [PROGRAMS_STEP];
}

async function runSteps(steps) {
  let tally = NOTHING;
  for (const step of steps) {
    console.log(`\n— ${step.name}`);
    const isGood = await isPassed(step);
    tally = add(tally, isGood ? { passed: 1 } : { failed: 1, failures: [step.name] });
  }
  return tally;
}

/** A check passes with exit code 0, a build by not throwing. */
async function isPassed(step) {
  try {
    return ((await step.run()) ?? 0) === 0;
  } catch (error) {
    say(error.message);
    return false;
  }
}

const node = (...args) => run(findNode(), args, { env: testEnvironment() });

/** Without a terminal no colours: the log is read by people and by programs as it is. */
function testEnvironment(extra = {}) {
  const { FORCE_COLOR: _, ...env } = nodeEnvironment(extra);
  return process.stdout.isTTY ? env : { ...env, NO_COLOR: '1' };
}

/** The database is stopped and deleted whatever happens to the tests: failure, Ctrl-C, termination. */
async function withPostgres(missing, work) {
  if (missing.includes('postgresql')) return work(undefined);
  console.log('\n— PostgreSQL: a cluster of our own');
  const cluster = await startPostgres(postgresFolder());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => cluster.stop().finally(() => process.exit(128 + constants.signals[signal])));
  }
  return work(cluster.url).finally(cluster.stop);
}

async function runVitest(args, missing, postgresUrl) {
  console.log('\n— tests (vitest)');
  const env = testEnvironment({
    MENDWAY_TEST_PG: postgresUrl,
    MENDWAY_TEST_MISSING: missing.join(','),
    // Threads and processes that tests start load the same modules over and over: compiling them was most of their start.
    NODE_COMPILE_CACHE: path.join(process.env.TMPDIR, 'compiled'),
  });
  const left = missing.includes('chromium') ? WITH_BROWSER.map((project) => `--project=!${project}`) : [];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
  const started = Date.now();
  const code = await run(findNode(), [VITEST, 'run', '--allowOnly=false', ...reporters, ...left, ...args], { env });
  const skips = missing.includes('chromium') ? await testsOf(WITH_BROWSER, args, env) : [];
  return add(countVitest(REPORT, started, code), { skipped: skips.length, skips });
}

/** The names of projects' tests, without running them. What needs PostgreSQL or LibreOffice only skips itself. */
async function testsOf(projects, args, env) {
  const chosen = projects.map((project) => `--project=${project}`);
  const { code, stdout } = await capture(findNode(), [VITEST, 'list', '--json', ...chosen, ...args], { env });
  if (code !== 0) return [`all tests of ${projects.join(' and ')}`];
  const from = stdout.indexOf('[');
  const tests = JSON.parse(from < 0 ? '[]' : stdout.slice(from));
  return tests.map(({ file, name }) => `${path.relative(ROOT, file)} > ${name}`);
}

await main(async (args) => {
  await installIfNeeded();
  findNode();
  const missing = await provideTools();
  const steps = await runSteps(stepsFor(args));
  process.env.TMPDIR = temporaryFolderOfTests();
  const tests = await withPostgres(missing, (url) => runVitest(args, missing, url));
  const tally = add(steps, tests);
  console.log(summary(tally));
  return tally.failed > 0 ? 1 : 0;
});
