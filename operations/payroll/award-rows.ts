import { hash } from 'node:crypto';
import { isRealDate } from '#domain/dates.ts';
import { DomainError, type FieldFault } from '#domain/errors.ts';
import { decimalText, minorDigits } from '#domain/money.ts';
import { OLD_PART_CODE } from '#domain/payroll/items.ts';
import {
  givenFrom,
  itemsToAward,
  peopleToAward,
  type GivenBefore,
  type ItemChoice,
  type PersonChoice,
} from '#db/repositories/pay-awards.ts';
import type { Sql } from '#db/store.ts';
import type { TableRecord } from '#reports/excel/table.ts';
import type { QueryContext } from '../operation.ts';

/** Allowances and other rewards and penalties of people, as a table brings them. */

export const AWARD_COLUMNS = ['employee', 'item', 'amount', 'givenOn', 'reason'] as const;
export type AwardColumn = (typeof AWARD_COLUMNS)[number];

/** As written. `line`: of the file. */
export type AwardRow = Readonly<{ line: number } & Record<AwardColumn, string>>;

/** How a heading may name a column, in lower case. */
const HEADINGS: Readonly<Record<AwardColumn, readonly string[]>> = {
  employee: ['employee', 'employee number', '工号', '员工工号'],
  item: ['item', 'item code', '项目', '项目代码'],
  amount: ['amount', '金额', '金额（元）'],
  givenOn: ['date', 'month', 'date or month', '日期', '月份', '日期或月份'],
  reason: ['reason', '原因'],
};

/** A row with what it means, or why it means nothing. */
export type CheckedAward = AwardRow &
  Readonly<{
    person: string | null;
    kind: ItemChoice['kind'] | null;
    itemName: string | null;
    /** `path`: the column, '' for the row as a whole. */
    faults: readonly FieldFault[];
    /** The row was imported before: it is not given again. */
    before: GivenBefore | null;
    award: Wanted | null;
  }>;

type Wanted = Readonly<{
  itemId: string;
  employeeId: string;
  /** Fen. */
  amount: number;
  givenOn: string;
  reason: string;
  sourceId: string;
}>;

/** @throws DomainError `file.wrong-format` where the heading lacks a column */
export function awardRowsOf(file: string, [heading, ...records]: readonly TableRecord[]): (AwardRow & Unread)[] {
  const names = (heading?.values ?? []).map((name) => name.trim().toLowerCase());
  const places = AWARD_COLUMNS.map((column) => names.findIndex((name) => HEADINGS[column].includes(name)));
  const missing = AWARD_COLUMNS.filter((_, at) => places[at] === -1);
  if (missing.length > 0)
    throw new DomainError('file.wrong-format', {
      file,
      missing: missing.map((column) => HEADINGS[column].join('/')).join(', '),
    });
  return records.map(({ line, values, fault }) => {
    const [employee = '', item = '', amount = '', givenOn = '', reason = ''] = places.map((at) => values[at] ?? '');
    return { line, employee, item, amount, givenOn, reason, ...(fault && { fault: { path: '', ...fault } }) };
  });
}

/** What could not even be read. */
type Unread = Readonly<{ fault?: FieldFault }>;

/** Looks at every row, whatever is wrong with others. */
export async function checkAwards(
  { station, today }: Pick<QueryContext, 'station' | 'today'>,
  sql: Sql,
  rows: readonly (AwardRow & Unread)[],
): Promise<CheckedAward[]> {
  const known: Known = {
    people: new Map((await peopleToAward(sql, station.unitId)).map((person) => [person.number, person])),
    items: new Map((await itemsToAward(sql)).map((item) => [item.code, item])),
    decimals: minorDigits(station.currency),
    today,
  };
  const checked = rows.map((row) => checkedRow(known, row));
  const before = new Map((await givenFrom(sql, checked.flatMap(sourceOf))).map((given) => [given.sourceId, given]));
  const lines = new Map<string, number>();
  return checked.map((row) => {
    const [sourceId = ''] = sourceOf(row);
    const line = lines.get(sourceId);
    if (sourceId === '') return row;
    if (line !== undefined)
      return { ...row, faults: [{ path: '', rule: 'sameAsLine', params: { line } }], award: null };
    lines.set(sourceId, row.line);
    return { ...row, before: before.get(sourceId) ?? null };
  });
}

const sourceOf = ({ award }: CheckedAward): string[] => (award === null ? [] : [award.sourceId]);

type Known = Readonly<{
  people: ReadonlyMap<string, PersonChoice>;
  items: ReadonlyMap<string, ItemChoice>;
  decimals: number;
  today: string;
}>;

type Read<T> = Readonly<{ value: T } | { fault: Omit<FieldFault, 'path'> }>;

const fault = (rule: string, params?: Record<string, number | string>) => ({
  fault: { rule, ...(params && { params }) },
});

function checkedRow(known: Known, { fault: unread, ...row }: AwardRow & Unread): CheckedAward {
  const nothing = { ...row, person: null, kind: null, itemName: null, before: null, award: null };
  if (unread) return { ...nothing, faults: [unread] };
  const read = readRow(known, row);
  const [person, item] = [valueOf(read.employee), valueOf(read.item)];
  const named = { person: person?.name ?? null, kind: item?.kind ?? null, itemName: item?.name ?? null };
  const faults = Object.entries(read).flatMap(([path, one]) => ('fault' in one ? [{ path, ...one.fault }] : []));
  return { ...nothing, ...named, faults, award: faults.length > 0 ? null : wantedBy(read) };
}

function wantedBy(read: ReturnType<typeof readRow>): Wanted | null {
  const [person, item, amount] = [valueOf(read.employee), valueOf(read.item), valueOf(read.amount)];
  const [givenOn, reason] = [valueOf(read.givenOn), valueOf(read.reason)];
  if (!person || !item || !amount || !givenOn || !reason) return null;
  const said = { itemId: item.id, employeeId: person.id, givenOn, reason };
  return { ...said, amount: amount.amount, sourceId: sourceIdOf({ ...said, amount: amount.written }) };
}

const valueOf = <T>(read: Read<T> | undefined): T | undefined => (read && 'value' in read ? read.value : undefined);

function readRow({ people, items, decimals, today }: Known, row: AwardRow) {
  const code = row.item.trim();
  const item = items.get(code);
  const person = people.get(row.employee.trim());
  return {
    employee: person ? { value: person } : fault(row.employee.trim() === '' ? 'required' : 'noSuchEmployee'),
    item: item ? { value: item } : fault(whyNotGiven(code)),
    amount: amountIn(row.amount.trim(), item, decimals),
    givenOn: dayIn(row.givenOn.trim(), today),
    reason: reasonIn(row.reason.trim()),
  } satisfies Record<AwardColumn, Read<unknown>>;
}

function whyNotGiven(code: string): string {
  if (code === '') return 'required';
  return code === OLD_PART_CODE ? 'onlyBySystem' : 'noSuchItem';
}

const MOST_FEN = 1_000_000_000;
const GROUPED = /^\d{1,3}(,\d{3})+(\.\d+)?$/;

/** In fen; `written` is null where the item's own amount stands in for what was left empty. */
type Amount = Readonly<{ amount: number; written: number | null }>;

function amountIn(text: string, item: ItemChoice | undefined, decimals: number): Read<Amount> {
  if (text !== '') return writtenAmount(GROUPED.test(text) ? text.replaceAll(',', '') : text, decimals);
  // A rate is of what somebody earns on an order, and these are no order's.
  if (item?.amount === null) return fault('required');
  return { value: { amount: item?.amount ?? 0, written: null } };
}

function writtenAmount(text: string, decimals: number): Read<Amount> {
  const [, sign = '', whole = '', part = ''] = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === '') return fault('notANumber');
  if (sign !== '') return fault('negative');
  if (part.length > decimals) return fault('tooManyDecimals', { max: decimals });
  const amount = Number(whole + part.padEnd(decimals, '0'));
  if (amount < 1) return fault('tooSmall', { min: decimalText(1, decimals) });
  return amount > MOST_FEN ? fault('tooBig') : { value: { amount, written: amount } };
}

/** A month counts as its first day, so that it is never in the future and always in the month's period. */
function dayIn(text: string, today: string): Read<string> {
  if (text === '') return fault('required');
  const [, year = '', month = '', day = '1'] = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$/.exec(text) ?? [];
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isRealDate(value)) return fault('notADate');
  return value > today ? fault('inTheFuture') : { value };
}

const MOST_LETTERS = 500;

function reasonIn(value: string): Read<string> {
  if (value === '') return fault('required');
  return value.length > MOST_LETTERS ? fault('tooLong', { max: MOST_LETTERS }) : { value };
}

/** The same for the same row, in whatever file it comes. */
function sourceIdOf({ itemId, employeeId, amount, givenOn, reason }: Omit<Wanted, 'amount' | 'sourceId'> & Amounted) {
  return hash('sha256', JSON.stringify([itemId, employeeId, amount, givenOn, reason]), 'hex');
}

type Amounted = Readonly<{ amount: number | null }>;
