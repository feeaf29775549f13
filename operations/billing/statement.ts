import { z } from 'zod';
import { chargesOf, partCharge } from '#domain/billing/charges.ts';
import { moneyOf, settlementById, type MoneyLine, type SettlementHead } from '#db/repositories/billing.ts';
import { requireOrderSheet, workDoneOf } from '#db/repositories/work-done.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** One line of the bill: what it is, and what the customer pays for it (0 for what somebody else bears). */
export type StatementLine = Readonly<{
  kind: 'labour' | 'part';
  name: string;
  partNumber: string | null;
  measure: string | null;
  quantity: number;
  price: number;
  charge: 'customer' | 'warranty' | 'vendor' | 'free';
  amount: number;
}>;

/**
 * What an order costs the customer, what was received, what is due; with a settlement in force, its figures.
 * Everything a bill or receipt prints. Amounts in minor units, quantities in thousandths.
 */
export const statement = defineQuery({
  name: 'billing.statement',
  right: 'billing.view',
  input: z.object({ workOrderId: id() }),

  async run(ctx, input) {
    const order = await requireOrderSheet(ctx.sql, input.workOrderId);
    const done = await workDoneOf(ctx.sql, order.id);
    const charges = chargesOf({ ...order, ...done });
    const money = await moneyOf(ctx.sql, order.id);
    const received = money.reduce((sum, entry) => sum + entry.amount, 0);
    const settlement: SettlementHead | null = order.settlementId
      ? ((await settlementById(ctx.sql, order.settlementId)) ?? null)
      : null;
    return {
      order,
      station: { code: ctx.station.code, name: ctx.station.name },
      lines: linesOf(order.warrantyClass, done),
      charges,
      money: money satisfies MoneyLine[],
      received,
      due: charges.total - received,
      settlement,
    };
  },
});

function linesOf(
  warrantyClass: 'in' | 'out' | 'vendor',
  { labour, parts }: Awaited<ReturnType<typeof workDoneOf>>,
): StatementLine[] {
  const bearer = ({ out: 'customer', in: 'warranty', vendor: 'vendor' } as const)[warrantyClass];
  return [
    ...labour.map(({ workType, units, fee }) => ({
      kind: 'labour' as const,
      name: workType,
      partNumber: null,
      measure: null,
      quantity: units,
      price: fee,
      charge: bearer,
      amount: bearer === 'customer' ? fee : 0,
    })),
    ...parts.map((line) => ({
      kind: 'part' as const,
      name: line.part,
      partNumber: line.partNumber,
      measure: line.measure,
      quantity: line.quantity,
      price: line.price,
      charge: line.charge,
      amount: partCharge(line),
    })),
  ];
}
