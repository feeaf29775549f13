import { expect, test } from 'vitest';
import { forbiddenImports, importsOfMigration } from './lib/imports.ts';
import { PRODUCT_FOLDERS, sourcesIn } from './lib/source.ts';

test.each(PRODUCT_FOLDERS)('%s imports only what it may', (folder) => {
  expect(sourcesIn([folder]).flatMap(forbiddenImports)).toEqual([]);
});

test('a migration imports nothing that could change after it', () => {
  const migrations = sourcesIn(['db/migrations']).filter(({ file }) => /\/\d{4}-[^/]+$/.test(file));
  expect(migrations.flatMap(importsOfMigration)).toEqual([]);
});

/** The check itself: each of these lines has to be found, or not, in a file of that name. */
const SAMPLES: readonly [file: string, line: string, isOffence: boolean][] = [
  ['domain/money.ts', `import { openStore } from '#db/open.ts';`, true],
  ['domain/money.ts', `import type { Store } from '#db/store.ts';`, true],
  ['domain/stock/rules.ts', `import { fail } from '../errors.ts';`, false],
  ['domain/stock/rules.ts', `import { fail } from '../../db/open.ts';`, true],
  ['db/open.ts', `export * from '../operations/index.ts';`, true],
  ['db/open.ts', `const { a } = await import('#operations/index.ts');`, true],
  ['db/open.ts', `new Worker(new URL('../server/worker.ts', import.meta.url));`, true],
  ['db/open.ts', `new Worker(new URL('./reader.ts', import.meta.url));`, false],
  ['db/open.ts', `type A = import('#operations/index.ts').Operations;`, true],
  ['db/open.ts', `// import { a } from '#operations/index.ts';`, false],
  ['db/open.ts', `import knex from 'knex';`, false],
  ['operations/stock/issue.ts', `import { reports } from '#reports/index.ts';`, false],
  ['operations/stock/issue.ts', `import { text } from '#renderer/text/index.ts';`, true],
  ['reports/stock/on-hand.ts', `import type { QueryContext } from '#operations/operation.ts';`, false],
  ['reports/stock/on-hand.ts', `import { perform } from '#operations/perform.ts';`, true],
  ['reports/excel/write.ts', `import { createTranslator } from '#renderer/text/index.ts';`, false],
  ['reports/excel/write.ts', `import { client } from '#renderer/api/client.ts';`, true],
  ['server/http/session.ts', `import { createTranslator } from '#renderer/text/index.ts';`, false],
  ['server/http/session.ts', `import { openStation } from '#tests/helpers/station.ts';`, true],
  ['cli/main.ts', `import { serve } from '#server/station/serve.ts';`, false],
  ['electron/main.ts', `import { serve } from '#server/station/serve.ts';`, true],
  ['electron/main.ts', `import type { Port } from '#server/station/port.ts';`, false],
  ['electron/station-process.ts', `import { serve } from '#server/station/serve.ts';`, false],
  ['renderer/api/client.ts', `import type { Operations } from '#operations/index.ts';`, false],
  ['renderer/api/client.ts', `import { type Operations } from '#operations/index.ts';`, true],
  ['renderer/api/client.ts', `import { operations } from '#operations/index.ts';`, true],
  ['renderer/api/client.ts', `import type { Store } from '#db/store.ts';`, true],
  ['renderer/api/client.ts', `import { createTexts } from '../text/index.ts';`, false],
  ['renderer/text/en.ts', `import { client } from '../api/client.ts';`, true],
  ['renderer/text/en.ts', `import type { ErrorCode } from '#domain/errors.ts';`, false],
  ['elsewhere/a.ts', `export {};`, true],
];

test.each(SAMPLES)('in %s, `%s` is found: %s', (file, text, isOffence) => {
  expect(forbiddenImports({ file, text })).toHaveLength(isOffence ? 1 : 0);
});

test.each([
  [`import type { Knex } from 'knex';`, 0],
  [`import type { SchemaTools } from './migration.ts';`, 0],
  [`import knex from 'knex';`, 1],
  [`import { normalizeSearch } from '#domain/search.ts';`, 1],
  [`import type { Store } from '../store.ts';`, 1],
  [`import { randomUUID } from 'node:crypto';`, 1],
])('in a migration, `%s` is an offence %i times', (text, offences) => {
  expect(importsOfMigration({ file: 'db/migrations/0099-sample.ts', text })).toHaveLength(offences);
});
