import fc from 'fast-check';
import type { z } from 'zod';

/** Inputs made from an operation's own schema: mostly of the right shape, now and then with something in it that nobody types. */

/** Stands for the id of a row that is there when the step is run; `draw` chooses which. */
export type RowDrawn = Readonly<{ row: string; draw: number }>;
/** Stands for the version the row beside it has, plus `off`. */
export type VersionDrawn = Readonly<{ versionOff: number }>;

export const isRowDrawn = (value: unknown): value is RowDrawn =>
  typeof value === 'object' && value !== null && 'row' in value && 'draw' in value;
export const isVersionDrawn = (value: unknown): value is VersionDrawn =>
  typeof value === 'object' && value !== null && 'versionOff' in value;

type Def = Readonly<{
  type: string;
  shape?: Readonly<Record<string, z.core.$ZodType>>;
  innerType?: z.core.$ZodType;
  element?: z.core.$ZodType;
  options?: readonly z.core.$ZodType[];
  entries?: Readonly<Record<string, string>>;
  in?: z.core.$ZodType;
  valueType?: z.core.$ZodType;
}>;
type Bag = Readonly<{ minimum?: number; maximum?: number; patterns?: ReadonlySet<RegExp> }>;

const HOSTILE_TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfffy',
  '\u{1f527}',
  '\u202e\u200b',
  "'; DROP TABLE work_orders; --",
  '%_!\\',
  '$1 ?',
  '__proto__',
  'NaN',
  '1e999',
  '-1',
  'x'.repeat(10_000),
  '维修'.repeat(40),
];
const DATES = [
  '2026-03-15',
  '2026-02-30',
  '2024-02-29',
  '0000-00-00',
  '0001-01-01',
  '9999-12-31',
  '2026-3-1',
  '+010000-01-01',
];
const NUMBERS = [0, -1, 1, 0.5, -0, 1e6, 1e9, 1e11, 2 ** 53, 2 ** 63, -(2 ** 63), 1e308, 8.64e15, NaN, Infinity];

const hostileText = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary', maxLength: 40 }));
const anyText = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom('空调', '格力', 'KFR-35', 'Ångström', '不制冷', 'ﬁlter', 'A1') },
  { weight: 1, arbitrary: hostileText },
);
const hostile = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(...DATES, ...NUMBERS, null, undefined, true, [], {}, [[]], { __proto__: null }),
  fc.array(fc.constantFrom('x', 1, null), { minLength: 600, maxLength: 600 }),
);
const listedValue = fc.oneof(
  anyText,
  fc.constantFrom<unknown>(...DATES, ...NUMBERS),
  fc.array(anyText, { maxLength: 4 }),
);

/** What there is to be named: the columns of the list or report. */
export type Words = Readonly<{ columns: readonly string[] }>;

/** An input for the schema; one in four has something hostile somewhere in it. */
export function inputFor(schema: z.core.$ZodType, words: Words): fc.Arbitrary<unknown> {
  const fitting = valueFor(schema, '', words);
  const spoiled = fc.tuple(fitting, hostile, fc.nat()).map(([value, bad, at]) => spoil(value, bad, at));
  return fc.oneof({ weight: 3, arbitrary: fitting }, { weight: 1, arbitrary: spoiled });
}

function valueFor(schema: z.core.$ZodType, key: string, words: Words): fc.Arbitrary<unknown> {
  const def = schema._zod.def as Def;
  const bag = (schema._zod as { bag?: Bag }).bag ?? {};
  const made = MADE[def.type];
  return made ? made({ def, bag, key, words }) : hostile;
}

type Wanted = Readonly<{ def: Def; bag: Bag; key: string; words: Words }>;

const part = (schema: z.core.$ZodType | undefined, { key, words }: Wanted) =>
  schema ? valueFor(schema, key, words) : hostile;
const orLeftOut = (wanted: Wanted) => fc.option(part(wanted.def.innerType, wanted), { nil: undefined, freq: 3 });

/** By the kind of schema. */
const MADE: Readonly<Record<string, (wanted: Wanted) => fc.Arbitrary<unknown>>> = {
  object: ({ def, words }) => objectFor(def.shape ?? {}, words),
  string: ({ key, words }) => textFor(key, words),
  number: ({ key, bag }) => (key === 'version' ? versionDrawn : numberFor(bag)),
  boolean: () => fc.boolean(),
  enum: ({ def }) => fc.constantFrom(...Object.values(def.entries ?? {})),
  array: (wanted) => fc.array(part(wanted.def.element, wanted), { maxLength: 3 }),
  union: (wanted) =>
    wanted.key === 'value'
      ? listedValue
      : fc.oneof(...(wanted.def.options ?? []).map((option) => part(option, wanted))),
  nullable: (wanted) => fc.option(part(wanted.def.innerType, wanted), { nil: null, freq: 3 }),
  optional: orLeftOut,
  default: orLeftOut,
  prefault: orLeftOut,
  pipe: (wanted) => part(wanted.def.in, wanted),
  record: () =>
    fc.dictionary(fc.constantFrom('from', 'to', 'technician'), fc.oneof(fc.constantFrom(...DATES), anyText)),
};

function objectFor(shape: Readonly<Record<string, z.core.$ZodType>>, words: Words): fc.Arbitrary<unknown> {
  return fc.record(Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, valueFor(field, key, words)])));
}

const versionDrawn: fc.Arbitrary<VersionDrawn> = fc
  .constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 1)
  .map((versionOff) => ({ versionOff }));

/** Numbers at the limits the schema names, and few in between. */
function numberFor({ minimum = 0, maximum = 100_000 }: Bag): fc.Arbitrary<unknown> {
  const low = Math.max(minimum, -1_000_000);
  return fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: low, max: Math.min(maximum, Math.max(low, 20_000)) }) },
    { weight: 1, arbitrary: fc.constantFrom(minimum, maximum) },
  );
}

const PICTURES = ['image/png', 'image/jpeg', 'application/pdf', 'text/html'];

function textFor(key: string, words: Words): fc.Arbitrary<unknown> {
  if (key === 'id' || key.endsWith('Id')) return rowDrawn(key);
  if (key === 'column') return words.columns.length > 0 ? fc.constantFrom(...words.columns) : anyText;
  if (key === 'mediaType') return fc.constantFrom(...PICTURES);
  if (key === 'base64') return fc.constantFrom('', 'aGVsbG8=', 'no base64');
  if (/phone/i.test(key))
    return fc.constantFrom(
      '13800000001',
      '13800000002',
      '021-5555',
      '13800000001',
      '+86 (21) 5555',
      '13800000003',
      '١٢٣',
    );
  if (/^(valid|bought|joined|left|warrantyEnd)?(from|to|on|from|event_date)$/i.test(key) || key === 'event_date')
    return fc.oneof(
      { weight: 15, arbitrary: fc.constantFrom('2026-03-15', '2026-03-01', '2026-03-31') },
      fc.constantFrom(...DATES),
    );
  if (/password|next|current/i.test(key))
    return fc.constantFrom('passw0rd', 'passw0rd2', 'weak', 'p4ssw\u0000rd', '\ud800passw0rd');
  if (key === 'number')
    return fc.oneof({ weight: 9, arbitrary: fc.constantFrom('E001', 'E002', 'N-1', 'N-2') }, anyText);
  if (key === 'repair_status') return fc.constantFrom('fixed', 'repairable', 'End of life', 'unknown', 'x');
  if (key === 'year_of_manufacture') return fc.constantFrom('', '1998', '2012.0', '????', '19??', '9999');
  return anyText;
}

function rowDrawn(key: string): fc.Arbitrary<unknown> {
  const drawn = fc.nat().map((draw) => ({ row: key, draw }));
  const ofOtherKind = fc.nat().map((draw) => ({ row: 'any', draw }));
  return fc.oneof(
    { weight: 40, arbitrary: drawn },
    { weight: 1, arbitrary: ofOtherKind },
    { weight: 1, arbitrary: hostileText },
  );
}

/** The value with `bad` in one of its places. */
function spoil(value: unknown, bad: unknown, at: number): unknown {
  if (isRowDrawn(value) || isVersionDrawn(value) || typeof value !== 'object' || value === null) return bad;
  const keys = Object.keys(value);
  const key = keys[at % (keys.length + 1)];
  if (key === undefined) return at % 7 === 0 ? bad : { ...value, unexpected: bad };
  const spoiled = spoil((value as Record<string, unknown>)[key], bad, Math.floor(at / (keys.length + 1)));
  if (Array.isArray(value)) return value.with(Number(key), spoiled);
  return { ...value, [key]: spoiled };
}
