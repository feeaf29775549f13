import { expect, test } from 'vitest';
import { RIGHTS } from '#domain/access/rights.ts';
import { en } from '#renderer/text/en.ts';
import { zhCN } from '#renderer/text/zh-CN.ts';
import { literalsOf } from './lib/rules.ts';
import { sourcesIn } from './lib/source.ts';

type Tree = Readonly<{ [key: string]: string | Tree }>;

const LANGUAGES: readonly [name: string, texts: Tree][] = [
  ['zh-CN', zhCN],
  ['en', en],
];

function leavesOf(tree: Tree, prefix = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : leavesOf(value, `${prefix}${key}.`),
  );
}

const parametersOf = (text: string): string => [...new Set(text.match(/\{\{\s*\w+/g))].toSorted().join(' ');

test('both languages have the same texts', () => {
  const [chinese, english] = [zhCN, en].map((texts) =>
    leavesOf(texts)
      .map(([key]) => key)
      .toSorted(),
  );
  expect(english).toEqual(chinese);
});

test('a text takes the same parameters in both languages', () => {
  const english = new Map(leavesOf(en));
  const different = leavesOf(zhCN).filter(([key, text]) => parametersOf(text) !== parametersOf(english.get(key) ?? ''));
  expect(different.map(([key]) => key)).toEqual([]);
});

test.each(LANGUAGES)('no text in %s is empty', (_name, texts) => {
  expect(leavesOf(texts).filter(([, text]) => text.trim() === '')).toEqual([]);
});

test.each(LANGUAGES)('every error code has its text in %s', (_name, texts) => {
  const codes = sourcesIn(['domain'])
    .filter(({ file }) => file === 'domain/errors.ts')
    .flatMap((source) => literalsOf(source, 'ErrorCode'));
  expect(codes.length).toBeGreaterThan(5);
  expect(missingIn(texts['errors'], codes)).toEqual([]);
});

test.each(LANGUAGES)('every right has its text in %s', (_name, texts) => {
  expect(missingIn(texts['rights'], RIGHTS)).toEqual([]);
});

test('a missing text is noticed', () => {
  expect(missingIn({ 'work.view': 'See work' }, ['work.view', 'work.cancel'])).toEqual(['work.cancel']);
});

function missingIn(texts: string | Tree | undefined, keys: readonly string[]): string[] {
  const tree = typeof texts === 'object' ? texts : {};
  return keys.filter((key) => typeof tree[key] !== 'string');
}
