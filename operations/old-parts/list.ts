import { z } from 'zod';
import { listRows, sumsOf } from '#db/listing.ts';
import { OLD_PARTS, type OldPartRow } from '#db/repositories/old-part-lists.ts';
import { codesOfParts } from '#db/repositories/part-search.ts';
import { id, listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { ownOnly } from './whose.ts';

const VIEWS = ['open', 'overdue', 'uninspected', 'held', 'uncredited', 'all'] as const;
const SUMMED = ['open', 'openAmount', 'uninspected', 'held', 'uncredited'] as const;

/**
 * Old parts that must come back: still owed, overdue, waiting for inspection, accepted and still here, at the maker; with
 * all that added up. Who neither takes back nor decides sees his own.
 */
export const listOldParts = defineQuery({
  name: 'oldParts.list',
  right: 'old-parts.view',
  input: z.object({
    ...listInput,
    view: z.enum(VIEWS).default('open'),
    /** Of one debtor: an employee, or a unit by itself. */
    employeeId: id().nullable().default(null),
    unitId: id().nullable().default(null),
  }),

  async run(ctx, { view, employeeId, unitId, ...page }) {
    const own = ownOnly(ctx);
    const narrow: Parameters<typeof listRows>[4] = (query) => {
      if (view === 'open' || view === 'overdue') query.where('s.open', '>', 0);
      else if (view !== 'all') query.where(`s.${view}`, '>', 0);
      if (view === 'overdue') query.where('o.due_on', '<', ctx.today);
      if (own !== null) query.where('o.employee_id', own);
      if (employeeId !== null) query.where('o.employee_id', employeeId);
      if (unitId !== null) query.where('o.to_unit_id', unitId).whereNull('o.employee_id');
    };
    const { timeZone } = ctx.station;
    const listed = await listRows<OldPartRow>(ctx.sql, OLD_PARTS, page, timeZone, narrow);
    const totals = await sumsOf(ctx.sql, OLD_PARTS, SUMMED, page, timeZone, narrow);
    const codes = await codesOfParts(
      ctx.sql,
      listed.rows.map(({ partId }) => partId),
    );
    const rows = listed.rows.map((row) => ({
      ...row,
      isOverdue: row.open > 0 && row.dueOn < ctx.today,
      codes: codes.get(row.partId) ?? [],
    }));
    return { ...listed, rows, totals };
  },
});
