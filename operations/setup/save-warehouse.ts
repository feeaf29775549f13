import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { rolesOf, type Employee } from '#db/repositories/organisation.ts';
import { takeTurn } from '#db/repositories/sequences.ts';
import { holdsStock, warehouseOfHolder } from '#db/repositories/warehouses.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { warehouseFields } from './fields.ts';
import { existing, requireFree, saveRow } from './saving.ts';

/** A warehouse of this station; a technician's is his alone, and only an empty one is closed. */
export const saveWarehouse = defineCommand({
  name: 'setup.saveWarehouse',
  right: 'setup.edit',
  input: z.object({ existing: existing(), fields: warehouseFields }),

  async run(ctx, { existing, fields: typed }) {
    const fields = { ...typed, holderId: typed.kind === 'technician' ? typed.holderId : null };
    await requireFree(ctx, ['warehouses', 'code'], fields.code, existing?.id);
    if (fields.kind === 'technician') await requireHolder(ctx, fields, existing?.id);
    const isClosed = existing !== null && !fields.isActive;
    if (isClosed && (await holdsStock(ctx.trx, existing.id)))
      throw new DomainError('warehouse.has-stock', { code: fields.code });
    return saveRow(ctx, existing, {
      table: 'warehouses',
      entity: 'warehouse',
      fields,
      origin: { unitId: ctx.station.unitId },
    });
  },
});

type Held = Readonly<{ holderId: string | null; isActive: boolean }>;

/** @throws DomainError `input.invalid`, `not-found`, `employee.not-a-technician`, `warehouse.holder-has-one {name, code}` */
async function requireHolder(ctx: CommandContext, { holderId, isActive }: Held, ownId = ''): Promise<void> {
  if (holderId === null) throw fieldFault('fields.holderId', 'required');
  const { name, unitId } = await requireRow<Employee>(ctx.trx, 'employees', holderId, 'employee');
  const isOurs = unitId === ctx.station.unitId;
  if (!isOurs || !(await rolesOf(ctx.trx, holderId)).includes('technician'))
    throw new DomainError('employee.not-a-technician', { name });
  await takeTurn(ctx.trx, `warehouse of ${holderId}`);
  const other = isActive ? await warehouseOfHolder(ctx.trx, holderId, ownId) : undefined;
  if (other !== undefined) throw new DomainError('warehouse.holder-has-one', { name, code: other });
}
