import { z } from 'zod';
import { WHOLE_BP } from '#domain/money.ts';
import type { AnyExplanation } from '#domain/payroll/explanation.ts';
import { isAudited } from '#domain/work-orders/states.ts';
import { chargesOf } from '#domain/billing/charges.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { explanationOf, standingEntries } from '#db/repositories/pay-entries.ts';
import {
  requireOrderSheet,
  workDoneOf,
  type OrderSheet,
  type TechnicianShare,
  type WorkDone,
} from '#db/repositories/work-done.ts';
import type { WorkOrder } from '#db/repositories/work-orders.ts';
import type { Sql } from '#db/store.ts';
import { id } from '../inputs.ts';
import { defineQuery, type QueryContext } from '../operation.ts';
import { deriverOf, type Earned } from '../payroll/derive.ts';

export type PayPreview = Readonly<{
  employeeId: string;
  number: string;
  name: string;
  kind: Earned['kind'];
  family: Earned['family'];
  amount: number;
  explanation: AnyExplanation;
}>;

/** Finished work with everything the auditor looks at, and what it will earn (or, once audited, has earned). */
export const auditSheet = defineQuery({
  name: 'audit.sheet',
  right: 'work.audit',
  input: z.object({ id: id() }),

  async run(ctx, input) {
    const order = await requireOrderSheet(ctx.sql, input.id);
    const done = await workDoneOf(ctx.sql, order.id);
    const { earned, sharesSumBp } = isAudited(order.state)
      ? { earned: await standing(ctx.sql, order.id), sharesSumBp: null }
      : await preview(ctx, order, done);
    const pay = earned.map(previewOf(done.technicians));
    return { order, ...done, charges: chargesOf({ ...order, ...done }), pay, sharesSumBp };
  },
});

async function standing(sql: Sql, workOrderId: string): Promise<readonly Earned[]> {
  const entries = await standingEntries(sql, workOrderId);
  return entries.map(({ explanation, ...entry }) => ({ ...entry, explain: () => explanationOf(explanation) }));
}

/** Shares that do not add up (`sharesSumBp`) are the auditor's to see; they must not keep the sheet from him. */
async function preview(
  ctx: QueryContext,
  order: OrderSheet,
  done: WorkDone,
): Promise<{ earned: readonly Earned[]; sharesSumBp: number | null }> {
  const sharesSumBp = done.technicians.reduce((sum, { shareBp }) => sum + shareBp, 0);
  if (done.technicians.length > 0 && sharesSumBp !== WHOLE_BP) return { earned: [], sharesSumBp };
  const { unitId } = await requireRow<WorkOrder>(ctx.sql, 'work_orders', order.id, 'workOrder');
  const earned = await deriverOf(ctx.sql, { unitId, today: ctx.today })([order.id]);
  return { earned: earned.get(order.id) ?? [], sharesSumBp: null };
}

const previewOf =
  (technicians: readonly TechnicianShare[]) =>
  ({ employeeId, kind, family, amount, explain }: Earned): PayPreview => {
    const person = technicians.find((technician) => technician.employeeId === employeeId);
    const { number, name } = person ?? { number: '', name: employeeId };
    return { employeeId, number, name, kind, family, amount, explanation: explain() };
  };
