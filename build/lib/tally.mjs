// Counting what passed, failed and was skipped, and saying it in one line at the end.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './run.mjs';

export const NOTHING = { passed: 0, failed: 0, skipped: 0, failures: [], skips: [] };

export function add(a, b) {
  return {
    passed: a.passed + (b.passed ?? 0),
    failed: a.failed + (b.failed ?? 0),
    skipped: a.skipped + (b.skipped ?? 0),
    failures: [...a.failures, ...(b.failures ?? [])],
    skips: [...a.skips, ...(b.skips ?? [])],
  };
}

/** Counts vitest's JSON report. No fresh report, or a failure that no test shows, is a failure itself. */
export function countVitest(file, startedAt, exitCode) {
  if (!existsSync(file) || statSync(file).mtimeMs < startedAt) {
    return add(NOTHING, { failed: 1, failures: [`vitest gave no report (exit code ${exitCode})`] });
  }
  const tally = JSON.parse(readFileSync(file, 'utf8')).testResults.map(countFile).reduce(add, NOTHING);
  if (exitCode === 0 || tally.failed > 0) return tally;
  return add(tally, { failed: 1, failures: [`vitest ended with exit code ${exitCode} though no test failed`] });
}

function countFile({ name, status, message, assertionResults }) {
  const file = path.relative(ROOT, name);
  const named = (wanted) =>
    assertionResults.filter(({ status: its }) => wanted(its)).map(({ fullName }) => `${file} > ${fullName}`);
  const failures = named((its) => its === 'failed');
  const skips = named((its) => its !== 'failed' && its !== 'passed');
  // A file that cannot even be loaded has no tests to blame.
  if (status === 'failed' && failures.length === 0) failures.push(`${file}: ${message.split('\n')[0]}`);
  const passed = assertionResults.length - named((its) => its !== 'passed').length;
  return add(NOTHING, { passed, failed: failures.length, failures, skipped: skips.length, skips });
}

/** The names of what failed and what was skipped, and the last line. */
export function summary({ passed, failed, skipped, failures, skips }) {
  return [
    '',
    ...list('Failed', failures),
    ...list('Skipped', skips),
    `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  ].join('\n');
}

const list = (title, names) => (names.length === 0 ? [] : [`${title}:`, ...names.map((name) => `  ${name}`), '']);
