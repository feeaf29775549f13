// Where things are: the caller's folder, the data folder, and whether what was built is still true.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { freemem, tmpdir } from 'node:os';
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

/** Memory that Linux offers as a folder. */
const MEMORY = '/dev/shm';

/** Bytes of memory that must be free, so that what the tests write doesn't crowd them out. */
const MEMORY_WANTED = 4 * 1024 ** 3;

/**
 * A temporary folder for all that the tests write, PostgreSQL's data as well; it goes when this process ends, with whatever a
 * test that was stopped has left. In memory where there is plenty: a test waits a thousand times for a disk that guards nothing
 * here, since databases are killed with their process, never with the machine.
 */
export function temporaryFolderOfTests() {
  const folder = mkdtempSync(path.join(hasMemory() ? MEMORY : tmpdir(), 'mendway-test-'));
  chmodSync(folder, 0o711); // PostgreSQL runs as another user
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function hasMemory() {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return Math.min(bavail * bsize, freemem()) >= MEMORY_WANTED;
}
