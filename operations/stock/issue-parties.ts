import { DomainError } from '#domain/errors.ts';
import { isForWork, type IssueKind } from '#domain/stock/issues.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { employeeById } from '#db/repositories/organisation.ts';
import type { WorkOrder } from '#db/repositories/work-orders.ts';
import { requireActiveUnit } from '../handshakes/asking.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import type { Debtor } from '../old-parts/debts.ts';
import type { CommandContext } from '../operation.ts';

/** Who gets what is issued, and who owes the old parts for it; null: nobody is named. */
export type Parties = Readonly<{ recipient: string; recipientId: string | null; debtor: Debtor | null }>;

type Named = Readonly<{ kind: IssueKind; recipient: string; recipientId: string | null; workOrderId: string | null }>;

/**
 * An outlet gets what goes to an outlet, an employee of ours everything else but what is sold. For work the order's
 * technician owes the old parts, unless somebody else is named.
 * @throws DomainError `not-found`, `document.of-another-unit`, `input.invalid`
 */
export async function partiesOf(ctx: CommandContext, named: Named): Promise<Parties> {
  const { kind, recipientId } = named;
  const order = await orderOf(ctx, named);
  if (recipientId === null) return { ...named, debtor: ofEmployee(ctx, order?.technicianId ?? null) };
  if (kind === 'counter-sale') throw fieldFault('recipientId', 'notAllowed');
  if (kind === 'to-outlet') return ofOutlet(ctx, named, recipientId);
  const employee = await employeeById(ctx.trx, recipientId);
  if (!employee?.isActive || employee.unitId !== ctx.station.unitId)
    throw new DomainError('not-found', { entity: 'employee', id: recipientId });
  const recipient = named.recipient || `${employee.number} ${employee.name}`.slice(0, 100);
  return { recipient, recipientId, debtor: ofEmployee(ctx, recipientId) };
}

async function ofOutlet(ctx: CommandContext, { recipient }: Named, recipientId: string): Promise<Parties> {
  const unit = await requireActiveUnit(ctx, recipientId, 'recipientId');
  if (unit.id === ctx.station.unitId) throw fieldFault('recipientId', 'notAllowed');
  const debtor = { employeeId: null, toUnitId: unit.id };
  return { recipient: recipient || `${unit.code} ${unit.name}`.slice(0, 100), recipientId, debtor };
}

function ofEmployee(ctx: CommandContext, employeeId: string | null): Debtor | null {
  return employeeId === null ? null : { employeeId, toUnitId: ctx.station.unitId };
}

async function orderOf(ctx: CommandContext, { kind, workOrderId }: Named): Promise<WorkOrder | undefined> {
  if (workOrderId === null) return undefined;
  if (!isForWork(kind)) throw fieldFault('workOrderId', 'notAllowed');
  const order = await requireRow<WorkOrder>(ctx.trx, 'work_orders', workOrderId, 'workOrder');
  if (order.unitId !== ctx.station.unitId) throw new DomainError('document.of-another-unit');
  return order;
}
