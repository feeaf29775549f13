import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { insertPeriod, overlappingPeriod } from '#db/repositories/payslips.ts';
import { takeTurn } from '#db/repositories/sequences.ts';
import { businessDay } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

/** Opens a pay period, both days included. A day belongs to one period at most. */
export const openPeriod = defineCommand({
  name: 'payroll.openPeriod',
  right: 'payroll.calculate',
  input: z
    .object({ from: businessDay(), to: businessDay() })
    .refine((input) => input.from <= input.to, { path: ['to'], params: { rule: 'beforeFrom' } }),

  async run(ctx, input) {
    const { unitId } = ctx.station;
    await takeTurn(ctx.trx, 'pay-periods');
    const other = await overlappingPeriod(ctx.trx, unitId, input);
    if (other) throw new DomainError('pay-period.overlap', { from: other.fromOn, to: other.toOn });
    const period = {
      id: ctx.newId(),
      unitId,
      fromOn: input.from,
      toOn: input.to,
      state: 'open',
      basis: '',
      version: 1,
      createdAt: ctx.now,
    } as const;
    await insertPeriod(ctx.trx, period);
    ctx.audit('period-opened', 'pay-period', period.id, { after: { from: input.from, to: input.to } });
    return { id: period.id, version: 1 };
  },
});
