import { expect, test } from 'vitest';
import { lineOf, regionOf, regionUnits, subtreeOf } from '#domain/organisation/tree.ts';

const unit = (id: string, parentId: string | null, kind: string) => ({ id, parentId, kind });

const COMPANY = [
  unit('hq', null, 'head-office'),
  unit('east', 'hq', 'region'),
  unit('jiangsu', 'east', 'province'),
  unit('nanjing', 'jiangsu', 'outlet'),
  unit('shanghai', 'east', 'outlet'),
  unit('west', 'hq', 'region'),
  unit('chengdu', 'west', 'outlet'),
  unit('sichuan', 'hq', 'province'),
  unit('mianyang', 'sichuan', 'outlet'),
];

test('a unit sees itself and all that is below it, to any depth', () => {
  expect(subtreeOf(COMPANY, 'east').toSorted()).toEqual(['east', 'jiangsu', 'nanjing', 'shanghai']);
  expect(subtreeOf(COMPANY, 'nanjing')).toEqual(['nanjing']);
  expect(subtreeOf(COMPANY, 'hq')).toHaveLength(COMPANY.length);
  expect(subtreeOf(COMPANY, 'hq')[0]).toBe('hq');
});

test('a unit works with what those above and below it brought in, not with what stands beside it', () => {
  expect(lineOf(COMPANY, 'jiangsu').toSorted()).toEqual(['east', 'hq', 'jiangsu', 'nanjing']);
  expect(lineOf(COMPANY, 'hq')).toHaveLength(COMPANY.length);
});

test('a unit nobody knows sees nothing', () => {
  expect(subtreeOf(COMPANY, 'nowhere')).toEqual([]);
  expect(regionOf(COMPANY, 'nowhere')).toBe('nowhere');
});

test('the region of a unit is the nearest region above it, or itself', () => {
  expect(regionOf(COMPANY, 'nanjing')).toBe('east');
  expect(regionOf(COMPANY, 'east')).toBe('east');
  const nested = [...COMPANY, unit('north', 'east', 'region'), unit('xuzhou', 'north', 'outlet')];
  expect(regionOf(nested, 'xuzhou')).toBe('north');
  expect(regionUnits(nested, 'xuzhou')).toEqual(['north', 'xuzhou']);
  expect(regionUnits(nested, 'nanjing')).toEqual(['east', 'jiangsu', 'nanjing', 'shanghai']);
});

test('without a region above it, the unit just below head office is the region', () => {
  expect(regionOf(COMPANY, 'mianyang')).toBe('sichuan');
  expect(regionOf(COMPANY, 'sichuan')).toBe('sichuan');
  expect(regionUnits(COMPANY, 'mianyang')).toEqual(['sichuan', 'mianyang']);
});

test('head office is its own region, and so is an outlet alone', () => {
  expect(regionOf(COMPANY, 'hq')).toBe('hq');
  expect(regionUnits(COMPANY, 'hq')).toEqual(['hq']);
  expect(regionOf([unit('alone', null, 'outlet')], 'alone')).toBe('alone');
});

test('a station that knows only its own part of the tree finds the same region', () => {
  const part = COMPANY.filter(({ id }) => id === 'nanjing' || id === 'jiangsu' || id === 'east');
  expect(regionOf(part, 'nanjing')).toBe('east');
});

test('units that stand above one another in a circle are refused', () => {
  const circle = [unit('a', 'b', 'region'), unit('b', 'c', 'province'), unit('c', 'a', 'province')];
  for (const ask of [subtreeOf, regionOf, regionUnits, lineOf])
    expect(() => ask(circle, 'a')).toThrow(expect.objectContaining({ code: 'unit.cycle' }));
});
