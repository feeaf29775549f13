import { z } from 'zod';
import { DomainError, type FieldFault } from '#domain/errors.ts';
import { fragment, text } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { checkAwards, type CheckedAward } from './award-rows.ts';
import { MOST_AWARDS } from './check-awards.ts';
import { keepAward } from './give-award.ts';

const row = z.object({
  /** Of the file they come from. */
  line: z.int().min(1),
  employee: fragment(),
  item: fragment(),
  /** Yuan, as written; left empty, what the item says. */
  amount: fragment(),
  /** A date or a month, which counts as its first day. */
  givenOn: fragment(),
  reason: fragment(2000),
});

const AT_ONCE = 100;

/**
 * Gives people rewards and penalties by a table, all of its rows or none. A row that was imported before, in this file or
 * another one, is not given again.
 * @throws DomainError `input.invalid` with the faults of all rows
 */
export const importAwards = defineCommand({
  name: 'payroll.importAwards',
  right: 'payroll.award',
  input: z.object({ source: text(255), rows: z.array(row).min(1).max(MOST_AWARDS) }),

  async run(ctx, { source, rows }) {
    const checked = await checkAwards(ctx, ctx.trx, rows);
    const faults = checked.flatMap(faultsOfRow);
    if (faults.length > 0) throw new DomainError('input.invalid', { faults });
    const wanted = checked.flatMap(({ award, before }) => (award && before === null ? [award] : []));
    for (const [n, award] of wanted.entries()) {
      if (n % AT_ONCE === 0) await ctx.tell(n / wanted.length);
      await keepAward(ctx, { ...award, workOrderId: null, source: 'import' });
    }
    await ctx.tell(1);
    const result = { imported: wanted.length, unchanged: rows.length - wanted.length };
    ctx.audit('imported', 'import', source, { after: result });
    return result;
  },
});

const faultsOfRow = ({ faults }: CheckedAward, index: number): FieldFault[] =>
  faults.map((fault) => ({ ...fault, path: ['rows', index, fault.path].filter((part) => part !== '').join('.') }));
