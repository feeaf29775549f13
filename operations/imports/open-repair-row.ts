import { z } from 'zod';
import { isRealDate } from '#domain/dates.ts';
import { businessDay, optionalText, text } from '../inputs.ts';

/**
 * One repair as the Open Repair Data Standard has it, under the column names of its version 0.3, each value the text that
 * stands in the file. Source: openrepair.org, and the table schemas published beside the data since 2019.
 */

const READABLE = { params: { rule: 'unreadable' } };

/** U+FFFD is what a byte becomes that is no text in the file's encoding. */
const isReadable = (value: string): boolean => !value.includes('\u{fffd}');

const required = (max: number) => text(max).refine(isReadable, READABLE);
const optional = (max: number) => optionalText(max).refine(isReadable, READABLE);

/** The standard's words for nothing known: `Unknown`, and question marks for the digits of a year (until version 0.2). */
const known = (max: number) => optional(max).transform((value) => (/^(unknown|n\/a|\?+)$/i.test(value) ? '' : value));

const OLDEST = 1800;

/** `1998`, or `2012.0` as spreadsheets write it; `????` and `19??` say nothing that could be kept. */
const year = z
  .string()
  .trim()
  .default('')
  .refine((value) => /^(|[\d?]{4}|\d{4}\.0)$/.test(value), { abort: true, params: { rule: 'notAYear' } })
  .transform((value) => (/^\d{4}/.test(value) ? Number(value.slice(0, 4)) : null));

export const openRepairRow = z
  .object({
    id: required(100),
    partner_product_category: optional(500),
    product_category: required(100),
    brand: known(100),
    model: known(100),
    year_of_manufacture: year,
    repair_status: z
      .string()
      .trim()
      .toLowerCase()
      .pipe(z.enum(['fixed', 'repairable', 'end of life', 'unknown'])),
    repair_barrier_if_end_of_life: optional(200),
    group_identifier: optional(200),
    event_date: z.string().trim().pipe(businessDay()),
    problem: optional(4000),
  })
  .refine((row) => isPlausible(row.year_of_manufacture, row.event_date), {
    path: ['year_of_manufacture'],
    params: { rule: 'notAYear' },
  });

export type OpenRepairRow = z.output<typeof openRepairRow>;
export type OpenRepairColumn = keyof OpenRepairRow;

/** Nothing is mended before it is made. */
function isPlausible(madeYear: number | null, eventDate: string): boolean {
  if (madeYear === null || !isRealDate(eventDate)) return true;
  return madeYear >= OLDEST && madeYear <= Number(eventDate.slice(0, 4));
}

export const OPEN_REPAIR_COLUMNS = Object.keys(openRepairRow.shape) as readonly OpenRepairColumn[];

/** Without these a file is not of the format; the others came with later versions, or went. */
export const REQUIRED_COLUMNS: readonly OpenRepairColumn[] = ['id', 'product_category', 'repair_status', 'event_date'];

/** What a column was called in versions 0.1 and 0.2. */
export const OLDER_NAMES: Readonly<Record<string, OpenRepairColumn>> = {
  date: 'event_date',
  product_category_ords: 'product_category',
  repair_barrier: 'repair_barrier_if_end_of_life',
};
