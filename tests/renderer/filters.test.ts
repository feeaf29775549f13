import { expect, test } from 'vitest';
import type { GridColumn } from '#renderer/ui/grid/columns.ts';
import { nextSort, passes, sorted, toListFilters, withFilter } from '#renderer/ui/grid/filters.ts';

const ZONE = 'Asia/Shanghai';

test('a range of days becomes the instants from the first midnight to the last moment at the station', () => {
  const filters = { receivedAt: { kind: 'instantRange', from: '2026-03-15', to: '2026-03-15' } } as const;
  expect(toListFilters(filters, ZONE)).toEqual([
    { column: 'receivedAt', op: 'from', value: Date.UTC(2026, 2, 14, 16) },
    { column: 'receivedAt', op: 'to', value: Date.UTC(2026, 2, 15, 16) - 1 },
  ]);
});

test('a filter that says nothing is no filter', () => {
  const filters = withFilter({}, 'name', { kind: 'text', text: '王' });
  expect(withFilter(filters, 'name', { kind: 'text', text: '  ' })).toEqual({});
  expect(withFilter(filters, 'state', { kind: 'oneOf', values: [] })).toEqual(filters);
});

type Row = { name: string; amount: number | null; receivedAt: number };

const COLUMNS: readonly GridColumn<Row>[] = [
  { key: 'name', title: '' },
  { key: 'amount', title: '', type: 'money' },
  { key: 'receivedAt', title: '', type: 'instant' },
];
const row: Row = { name: 'Ａnna', amount: 100, receivedAt: Date.UTC(2026, 2, 14, 17) };

test('rows at hand are filtered as the service filters: alike in width and case, both ends of a range included', () => {
  expect(passes(row, COLUMNS, { name: { kind: 'text', text: 'anN' } }, ZONE)).toBe(true);
  expect(passes(row, COLUMNS, { amount: { kind: 'numberRange', from: 100, to: 100 } }, ZONE)).toBe(true);
  expect(passes(row, COLUMNS, { receivedAt: { kind: 'instantRange', to: '2026-03-14' } }, ZONE)).toBe(false);
  expect(passes({ ...row, amount: null }, COLUMNS, { amount: { kind: 'numberRange', from: 0 } }, ZONE)).toBe(false);
});

test('rows without a value come last in either order', () => {
  const rows = [{ amount: null }, { amount: 2 }, { amount: 10 }];
  expect(sorted(rows, { column: 'amount', direction: 'desc' }, 'en').map((one) => one.amount)).toEqual([10, 2, null]);
  expect(sorted(rows, { column: 'amount', direction: 'asc' }, 'en').map((one) => one.amount)).toEqual([2, 10, null]);
});

test('the third click on a head gives the order of the list back', () => {
  const first = nextSort(undefined, 'name');
  const second = nextSort(first, 'name');
  expect([first, second, nextSort(second, 'name')]).toEqual([
    { column: 'name', direction: 'asc' },
    { column: 'name', direction: 'desc' },
    undefined,
  ]);
});
