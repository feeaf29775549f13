// Where things are: the caller's folder, the data folder, and whether what was built is still true.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './run.mjs';

/** The folder the user called from: `npm run` changes to the project's root and keeps the caller's in INIT_CWD. */
export const callersFolder = () => process.env.INIT_CWD ?? process.cwd();

/** The data folder: MENDWAY_DATA (seen from the caller's folder), else `data` in the project. */
export const dataFolder = () =>
  process.env.MENDWAY_DATA ? path.resolve(callersFolder(), process.env.MENDWAY_DATA) : path.join(ROOT, 'data');

/** A fingerprint of files and folders (names and contents), paths from the project's root; absent ones count, too. */
export function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesUnder)) hash.update(`${file}\0`).update(readFileSync(path.join(ROOT, file)));
  return hash.digest('hex');
}

function filesUnder(name) {
  const full = path.join(ROOT, name);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [name];
  return readdirSync(full)
    .map((entry) => `${name}/${entry}`)
    .toSorted()
    .flatMap(filesUnder);
}

/** Whether `stamp` (a file) still holds that fingerprint. */
export const isStamped = (stamp, value) => existsSync(stamp) && readFileSync(stamp, 'utf8') === value;

export function writeStamp(stamp, value) {
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, value);
}
