import { z } from 'zod';
import { reportPage, type ReportSums } from '#reports/engine/page.ts';
import type { ReportValue } from '#reports/engine/report.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { reportInput, requestOf } from './request.ts';

const { offset, limit } = listInput;

/** A row with its place in the order asked for, from 0: what tells rows of a report apart. */
export type PlacedRow = Readonly<{ place: number; [key: string]: ReportValue }>;

/** One page of a report's rows, with the count and the totals of all of them. The right to it is the report's own. */
export const runReport = defineQuery({
  name: 'reports.run',
  right: 'own.view',
  input: z.object({ ...reportInput, offset, limit }),

  async run(ctx, input): Promise<ReportSums & Readonly<{ rows: PlacedRow[] }>> {
    const { rows, ...sums } = await reportPage(ctx.sql, await requestOf(ctx, input), input);
    return { rows: rows.map((row, i) => ({ place: input.offset + i, ...row })), ...sums };
  },
});
