import { z } from 'zod';
import { medianOf, standingTo } from '#domain/payroll/team.ts';
import type { EntryKind } from '#db/repositories/pay-entries.ts';
import { auditedWithin } from '#db/repositories/pay-orders.ts';
import { earnedByKind } from '#db/repositories/pay-team.ts';
import { requirePeriod } from '#db/repositories/payslips.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { monthsOfOrders } from './months.ts';

type Kinds = Readonly<Record<EntryKind, number>>;

const NOTHING: Kinds = { commission: 0, deadline: 0, reward: 0, penalty: 0, satisfaction: 0, clawback: 0 };

/**
 * Who earned on what in a period, from its entries as they are now: payslips need not have been made. An outlier earns far more
 * or far less than the middle of the team, in all or on an order.
 */
export const team = defineQuery({
  name: 'payroll.team',
  right: 'payroll.view',
  input: z.object({ periodId: id() }),

  async run(ctx, input) {
    const period = await requirePeriod(ctx.sql, input.periodId);
    const earned = Map.groupBy(await earnedByKind(ctx.sql, period), ({ employeeId }) => employeeId);
    const days = { from: period.fromOn, to: period.toOn };
    const months = await monthsOfOrders(ctx.sql, await auditedWithin(ctx.sql, period.unitId, days));
    const people = [...earned.values()].flatMap(([first, ...others]) => {
      if (!first) return [];
      const { employeeId, number, name } = first;
      const kinds: Record<EntryKind, number> = { ...NOTHING };
      for (const { kind, amount } of [first, ...others]) kinds[kind] += amount;
      const { orders = 0, labourBase: labourFees = 0 } = months.get(number) ?? {};
      const total = Object.values(kinds).reduce((sum, amount) => sum + amount, 0);
      const average = orders === 0 ? 0 : Math.round(total / orders);
      return [{ employeeId, number, name, orders, labourFees, ...kinds, total, average }];
    });
    const median = {
      total: medianOf(people.map(({ total }) => total)),
      average: medianOf(people.filter(({ orders }) => orders > 0).map(({ average }) => average)),
    };
    const rows = people.map((person) => ({
      ...person,
      totalStands: standingTo(median.total, person.total, people.length),
      averageStands: person.orders === 0 ? null : standingTo(median.average, person.average, people.length),
    }));
    return { period, rows, median };
  },
});
