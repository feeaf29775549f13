// What all bundles have in common.
import { ROOT } from './run.mjs';

/**
 * Stay packages beside the bundle: native, loading parts of themselves by computed names, or finding each other only as
 * packages. They are `dependencies`, so the packager takes them along; the rest goes into the bundle, which opens faster than a
 * thousand small files.
 */
const EXTERNAL = ['electron', 'better-sqlite3', 'knex', 'pg', 'exceljs', '@peculiar/x509', 'reflect-metadata'];

export const shared = {
  absWorkingDir: ROOT,
  bundle: true,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
  sourcemap: 'linked',
  target: 'node24',
};

/** ES modules, so that `import.meta` says where they lie; threads are looked for beside the process that starts them. */
export const processes = {
  ...shared,
  platform: 'node',
  format: 'esm',
  splitting: true,
  external: EXTERNAL,
  // What was written as CommonJS and is bundled asks for Node's own modules with `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};
