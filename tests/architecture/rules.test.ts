import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { unusedExports } from './lib/exports.ts';
import { clockAndChanceIn, fileOfOperation, isVaguelyNamed, overlong, sqlIn } from './lib/rules.ts';
import { PRODUCT_FOLDERS, sourcesIn } from './lib/source.ts';

const product = sourcesIn(PRODUCT_FOLDERS);

test('there is no SQL but in db and reports', () => {
  const others = product.filter(({ file }) => !/^(db|reports)\//.test(file));
  expect(others.flatMap(sqlIn)).toEqual([]);
});

test('domain and operations have no clock and no chance of their own', () => {
  expect(sourcesIn(['domain', 'operations']).flatMap(clockAndChanceIn)).toEqual([]);
});

test('no file of the product is longer than 400 lines', () => {
  expect(product.flatMap(overlong)).toEqual([]);
});

test('every file is named after what is in it', () => {
  expect(product.map(({ file }) => file).filter(isVaguelyNamed)).toEqual([]);
});

test('nothing is offered that nobody takes', () => {
  // A migration's parts are taken all at once, by `import * as`.
  const offering = product.filter(({ file }) => !file.startsWith('db/migrations/'));
  expect(unusedExports(offering, sourcesIn(['tests']))).toEqual([]);
});

test.each([
  ['export function cost() {}', 'cost()', []],
  ['export function cost() {}', 'price()', ['domain/a.ts: cost']],
  ['export const COST = 1; const own = COST;', '', ['domain/a.ts: COST']],
  ['function cost() {}', '', []],
])('`%s` beside `%s`', (text, user, unused) => {
  const sources = [{ file: 'domain/a.ts', text }];
  expect(unusedExports(sources, [{ file: 'domain/b.ts', text: user }])).toEqual(unused);
});

test('every operation is in the file its name says', async () => {
  const { operations } = await import('#operations/index.ts');
  expect(Object.keys(operations).filter((name) => !existsSync(fileOfOperation(name)))).toEqual([]);
  expect(fileOfOperation('workOrders.registerIntake')).toBe('operations/work-orders/register-intake.ts');
});

test('every file that defines an operation is registered', async () => {
  const { operations } = await import('#operations/index.ts');
  const registered = new Set(Object.keys(operations).map(fileOfOperation));
  const defined = sourcesIn(['operations']).filter(({ text }) => /= define(Command|Query)\(/.test(text));
  expect(defined.map(({ file }) => file).filter((file) => !registered.has(file))).toEqual([]);
});

test.each([
  ['sql.all(`SELECT id FROM parts WHERE id = ${id}`)', 1],
  ['sql.all("\\n  INSERT INTO parts (id) VALUES (?)")', 1],
  [`sql.run('UPDATE parts SET name = ?')`, 1],
  [`sql.run('DELETE FROM parts')`, 1],
  ['sql.run(`select id\n from parts`)', 1],
  ['sql.run(`WITH sold AS (SELECT 1) SELECT * FROM sold`)', 1],
  [`t('Select a part from the list')`, 0],
  [`t('Update the set of parts')`, 0],
  ['// SELECT id FROM parts', 0],
])('`%s` is SQL %i times', (text, times) => {
  expect(sqlIn({ file: 'server/sample.ts', text })).toHaveLength(times);
});

test.each([
  ['const now = Date.now();', 1],
  ['const clock = Date.now;', 1],
  ['const now = new Date();', 1],
  ['const day = new Date(ctx.now);', 0],
  ['const die = Math.random();', 1],
  ['const id = crypto.randomUUID();', 1],
  [`import { randomUUID } from 'node:crypto';`, 1],
  [`import { v7 as uuidv7 } from 'uuid';`, 1],
  [`import { hash } from 'node:crypto';`, 0],
  ['const id = ctx.newId();', 0],
])('`%s` reaches for clock or chance %i times', (text, times) => {
  expect(clockAndChanceIn({ file: 'operations/sample.ts', text })).toHaveLength(times);
});

test('a file of 401 lines is too long, a language may be longer', () => {
  const text = 'a;\n'.repeat(401);
  expect(overlong({ file: 'domain/sample.ts', text })).toHaveLength(1);
  expect(overlong({ file: 'renderer/text/en.ts', text })).toEqual([]);
  expect(overlong({ file: 'domain/sample.ts', text: 'a;\n'.repeat(400) })).toEqual([]);
});

test.each([
  ['db/utils.ts', true],
  ['renderer/ui/helpers.tsx', true],
  ['domain/helpers/money.ts', true],
  ['domain/money.ts', false],
  ['db/schema-tools.ts', false],
])('%s is a vague name: %s', (file, isVague) => {
  expect(isVaguelyNamed(file)).toBe(isVague);
});
