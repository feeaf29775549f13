import { z } from 'zod';
import { isRealDate } from '#domain/dates.ts';

/** The pieces parameters of reports are made of. Each says of itself what a form needs; none is required. */

/** What a form shows for a parameter; `initially` is what a screen suggests, seen from today. */
export type ParamField = Readonly<
  | { type: 'date'; initially: 'first-of-last-month' | 'first-of-month' | 'last-of-month' }
  | { type: 'choice'; values?: readonly string[]; texts?: string }
>;

const fields = z.registry<ParamField>();

export const fieldOf = (schema: z.core.$ZodType): ParamField | undefined => fields.get(schema);

const date = () => z.string().refine(isRealDate, { params: { rule: 'notADate' } });

/** First and last day, both included. A screen suggests the current month. */
export const period = {
  from: date().optional().register(fields, { type: 'date', initially: 'first-of-month' }),
  to: date().optional().register(fields, { type: 'date', initially: 'last-of-month' }),
};

/** The same where the current month has nothing yet: the screen's suggestion begins with the last. */
export const periodOfTwoMonths = {
  from: date().optional().register(fields, { type: 'date', initially: 'first-of-last-month' }),
  to: period.to,
};

/** One of our codes, whose texts stand under the path `texts`. */
export const codeParam = <const Codes extends readonly [string, ...string[]]>(codes: Codes, texts: string) =>
  z.enum(codes).optional().register(fields, { type: 'choice', values: codes, texts });

/** One of what the report's `choices` finds. */
export const choiceParam = () => z.string().max(60).optional().register(fields, { type: 'choice' });
