import { z } from 'zod';
import { isRealDate } from '#domain/dates.ts';
import type { FieldFault } from '#domain/errors.ts';

/** The pieces inputs are made of. Each refusal is a `rule` whose text stands under `fieldRules` in renderer/text. */

const MAX_MONEY = 100_000_000_000; // fen: a thousand million yuan, far inside what sums can hold exactly
const MAX_QUANTITY = 1_000_000_000; // thousandths: a million pieces

export const id = () => printable(z.string().min(1).max(64));
export const version = () => z.int().min(1);
export const text = (max = 200) => printable(z.string().trim().min(1).max(max));
export const optionalText = (max = 200) => printable(z.string().trim().max(max)).default('');
/** What is looked for; it may be nothing. */
export const fragment = (max = 200) => printable(z.string().max(max));
/**
 * Without NUL, which PostgreSQL can't keep, halves of surrogate pairs, which no database gives back as they were, and the
 * other signs that no keyboard types; tabs and line ends are text.
 */
export const printable = (schema: z.ZodString) =>
  schema.regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, { error: 'notPrintable' });
/** Fen, not negative. */
export const money = () => z.int().min(0).max(MAX_MONEY);
/** Thousandths, more than nothing. */
export const quantity = () => z.int().min(1).max(MAX_QUANTITY);
/** Serial or batch numbers of a tracked part: each piece, or what of each batch. */
export const lots = () =>
  z
    .array(z.object({ lot: text(100), quantity: quantity() }))
    .max(500)
    .default([]);
export const basisPoints = () => z.int().min(0).max(10_000);
/** ms UTC, until the end of the year 2199. */
export const instant = () => z.int().min(0).max(7_258_118_399_999);
export const businessDay = () => z.string().refine(isRealDate, { params: { rule: 'notADate' } });
export const phone = () =>
  z
    .string()
    .trim()
    .regex(/^[+\d][\d\s()-]{2,29}$/, { error: 'notAPhone' });
export const optionalPhone = () => z.union([z.literal(''), phone()]).default('');

/** A picture or document sent with a form, at most 8 MB. */
export const file = () =>
  z.object({
    name: text(200),
    mediaType: z.string().regex(/^(image\/(jpeg|png|webp)|application\/pdf)$/, { error: 'notAPicture' }),
    base64: z.base64().max(11_000_000),
  });

const listFilter = z.object({
  column: fragment(60),
  op: z.enum(['contains', 'equals', 'one-of', 'from', 'to', 'empty']),
  value: z.union([fragment(), z.int(), z.array(fragment()).max(100)]).optional(),
});

/** What every list takes: filters on columns, order, and the page of rows wanted. */
export const listInput = {
  filters: z.array(listFilter).max(30).default([]),
  sort: z
    .array(z.object({ column: fragment(60), direction: z.enum(['asc', 'desc']) }))
    .max(3)
    .default([]),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(100),
};

const RULE_OF_CODE: Readonly<Record<string, string>> = {
  invalid_type: 'wrongType',
  invalid_value: 'notAllowed',
  invalid_format: 'wrongFormat',
  invalid_union: 'wrongFormat',
  unrecognized_keys: 'unknownField',
};

/** zod's issues as faults of our own words: a path and a rule. */
export function faultsOf(error: z.ZodError): FieldFault[] {
  return error.issues.flatMap((issue) => faultsOfIssue(issue, []));
}

/** Of a choice between forms the last is the one people fill in: its faults say what is wrong with which field. */
function faultsOfIssue(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): FieldFault[] {
  const path = [...above, ...issue.path];
  const last = issue.code === 'invalid_union' ? issue.errors.at(-1) : undefined;
  if (last?.length) return last.flatMap((inner) => faultsOfIssue(inner, path));
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : [null];
  return keys.map((key) => ({ path: [...path, ...(key === null ? [] : [key])].join('.'), ...ruleOf(issue) }));
}

function ruleOfSize(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): Omit<FieldFault, 'path'> {
  if (issue.code === 'too_big')
    return { rule: issue.origin === 'string' ? 'tooLong' : 'tooBig', params: { max: Number(issue.maximum) } };
  if (issue.origin === 'string' || issue.origin === 'array') return { rule: 'required' };
  return Number(issue.minimum) === 0
    ? { rule: 'negative' }
    : { rule: 'tooSmall', params: { min: Number(issue.minimum) } };
}

function ruleOf(issue: z.core.$ZodIssue): Omit<FieldFault, 'path'> {
  if (issue.code === 'too_big' || issue.code === 'too_small') return ruleOfSize(issue);
  if (issue.code === 'invalid_union' && issue.errors.length === 0) return { rule: 'notAllowed' }; // no such form
  if (issue.code === 'custom') return { rule: String(issue.params?.['rule'] ?? 'wrongFormat') };
  if (issue.code === 'invalid_type' && issue.input === undefined) return { rule: 'required' };
  if (issue.code === 'invalid_format' && /^not[A-Z]/.test(issue.message)) return { rule: issue.message };
  return { rule: RULE_OF_CODE[issue.code] ?? 'wrongFormat' };
}
