import { importsOf, type Import, type Source } from './source.ts';

/**
 * Which folder may import which; `type:x` means `import type` only. A longer path overrules its parents, for who imports as
 * well as for what is imported: `renderer/text` is a leaf that others than the renderer may use.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  db: ['domain'],
  operations: ['domain', 'db', 'reports'],
  reports: ['domain', 'db', 'type:operations'],
  'reports/excel': ['domain', 'db', 'type:operations', 'renderer/text'],
  sync: ['domain', 'db', 'operations'],
  // The one file that asks which version of the program this is.
  'sync/program.ts': ['package.json'],
  server: ['domain', 'db', 'operations', 'reports', 'sync', 'renderer/text'],
  cli: ['domain', 'db', 'operations', 'reports', 'sync', 'server', 'renderer/text'],
  electron: ['domain', 'type:db', 'type:operations', 'type:reports', 'type:sync', 'type:server', 'renderer/text'],
  // The utility process: the one file of the shell that is the service instead of only starting it.
  'electron/station-process.ts': ['domain', 'db', 'operations', 'reports', 'sync', 'server', 'renderer/text'],
  renderer: ['domain', 'renderer/text', 'type:operations', 'type:reports', 'type:electron'],
  'renderer/text': ['type:domain'],
};

const LEAVES = ['renderer/text'];

/** What a file imports though its folder may not, one line each. */
export function forbiddenImports(source: Source): string[] {
  const home = longestMatch(Object.keys(MAY_IMPORT), source.file);
  if (home === undefined) return [`${source.file}: its folder is not in the table of who may import whom`];
  return importsOf(source)
    .filter((its) => its.isOurs && !isAllowed(home, its))
    .map(({ place, target }) => `${place} imports ${target}`);
}

function isAllowed(home: string, { target, isType }: Import): boolean {
  const folder = longestMatch(LEAVES, target) ?? target.split('/')[0]!;
  const own = longestMatch(LEAVES, home) ?? home.split('/')[0]!;
  const allowed = MAY_IMPORT[home]!;
  return folder === own || allowed.includes(folder) || (isType && allowed.includes(`type:${folder}`));
}

function longestMatch(candidates: readonly string[], file: string): string | undefined {
  return candidates
    .filter((candidate) => file === candidate || file.startsWith(`${candidate}/`))
    .toSorted((a, b) => b.length - a.length)[0];
}

/** A migration must do in ten years what it did on its day: it may import nothing but types. */
export function importsOfMigration(source: Source): string[] {
  return importsOf(source)
    .filter(({ target, isType }) => !isType || !(target === 'knex' || target === 'db/migrations/migration.ts'))
    .map(({ place, target }) => `${place} imports ${target}`);
}
