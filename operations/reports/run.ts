import { z } from 'zod';
import { reportPage, type ReportPage } from '#reports/engine/page.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { reportInput, requestOf } from './request.ts';

const { offset, limit } = listInput;

/** One page of a report's rows, with the count and the totals of all of them. The right to it is the report's own. */
export const runReport = defineQuery({
  name: 'reports.run',
  right: 'own.view',
  input: z.object({ ...reportInput, offset, limit }),

  async run(ctx, input): Promise<ReportPage> {
    return reportPage(ctx.sql, await requestOf(ctx, input), input);
  },
});
