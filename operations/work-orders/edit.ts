import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { isAudited, isOpen } from '#domain/work-orders/states.ts';
import { rememberValues } from '#db/repositories/dictionaries.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { updateWorkOrder, type WorkOrder } from '#db/repositories/work-orders.ts';
import { standingIn } from '../customers/fields.ts';
import { id, instant, money, optionalText, text, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { requireOrderAt } from './own-work.ts';

const fields = z.object({
  urgency: z.enum(['normal', 'urgent']),
  warrantyClass: z.enum(['in', 'out', 'vendor']),
  storeId: id().nullable(),
  symptom: text(2000),
  appearance: optionalText(500),
  accessories: optionalText(500),
  visitAddress: optionalText(300),
  estimate: money(),
  promisedAt: instant().nullable(),
});

/** Corrects what was registered, as long as the audit hasn't fixed it. */
export const editOrder = defineCommand({
  name: 'workOrders.edit',
  right: 'intake.register',
  input: z.object({ id: id(), version: version(), fields }),

  async run(ctx, input) {
    const order = await requireOrderAt(ctx, input.id, input.version);
    requireEditable(order);
    requireAddressOfVisit(order, input.fields.visitAddress);
    if (input.fields.storeId !== null) await requireRow(ctx.trx, 'stores', input.fields.storeId, 'store');
    await updateWorkOrder(ctx.trx, order.id, order.version, input.fields);
    const { appearance, accessories } = input.fields;
    await rememberValues(ctx.trx, ctx.newId, { appearance, accessories });
    const before = standingIn(order, input.fields);
    ctx.audit('edited', 'work-order', order.id, { before, after: input.fields });
    return { id: order.id, number: order.number, version: order.version + 1 };
  },
});

function requireEditable({ state }: WorkOrder): void {
  if (isAudited(state) || !isOpen(state)) throw new DomainError('work-order.fixed', { state });
}

function requireAddressOfVisit({ mode }: WorkOrder, visitAddress: string): void {
  if (mode !== 'on-site' || visitAddress !== '') return;
  throw new DomainError('input.invalid', { faults: [{ path: 'fields.visitAddress', rule: 'required' }] });
}
