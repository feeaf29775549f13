import { z } from 'zod';
import { readTable } from '#reports/excel/table.ts';
import { text } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { awardRowsOf, checkAwards } from './award-rows.ts';

export const MOST_AWARDS = 5000;

/**
 * Reads a table of rewards and penalties, one for each row, and says of each what it would give or what is wrong with it.
 * @throws DomainError `file.unreadable`, `file.wrong-format`
 */
export const checkAwardTable = defineQuery({
  name: 'payroll.checkAwards',
  right: 'payroll.award',
  input: z.object({ name: text(255), base64: z.base64().max(4_000_000) }),

  async run(ctx, file) {
    const rows = awardRowsOf(file.name, await readTable(file, MOST_AWARDS));
    return { rows: await checkAwards(ctx, ctx.sql, rows) };
  },
});
