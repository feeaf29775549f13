import { z } from 'zod';
import { unitsAbove } from '#domain/organisation/tree.ts';
import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { stockIn } from '#db/repositories/requisitions.ts';
import { warehouseOfCompany } from '#db/repositories/transfers.ts';
import { allUnits } from '#db/repositories/units.ts';
import { ask } from '../handshakes/asking.ts';
import { id, optionalText, quantity } from '../inputs.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { MAX_LINES } from '../stock/lines.ts';
import { partsOf, subjectOf } from '../transfers/shipment.ts';

/** An outlet's plan goes to a unit above it: which parts it needs, for which of its warehouses. */
export const sendRequisition = defineCommand({
  name: 'requisitions.send',
  right: 'requisition.plan',
  input: z.object({
    warehouseId: id(),
    /** A unit above this one; left out, the next. */
    toUnitId: id().nullable().default(null),
    lines: z
      .array(z.object({ partId: id(), quantity: quantity(), note: optionalText(200) }))
      .min(1)
      .max(MAX_LINES),
    note: optionalText(500),
  }),

  async run(ctx, input) {
    const to = await requireWarehouse(ctx, input.warehouseId);
    const toUnitId = await higherUnit(ctx, input.toUnitId);
    const parts = await partsOf(ctx, input);
    const onHand = await stockIn(
      ctx.trx,
      to.id,
      parts.map(({ id }) => id),
    );
    const lines = parts.map(({ id: partId, number, name, measure }, index) => {
      const { quantity = 0, note = '' } = input.lines[index] ?? {};
      return { partId, number, name, measure, quantity, note, onHand: onHand.get(partId) ?? 0 };
    });
    const { note } = input;
    const content = { to, lines };
    const asked = { kind: 'requisition', toUnitId, subject: subjectOf(parts), content, note } as const;
    const { id, number } = await ask(ctx, asked);
    return { id, number };
  },
});

async function requireWarehouse(ctx: CommandContext, warehouseId: string) {
  await requireRow(ctx.trx, 'warehouses', warehouseId, 'warehouse');
  const warehouse = await warehouseOfCompany(ctx.trx, warehouseId);
  if (warehouse?.unitId !== ctx.station.unitId) throw new DomainError('document.of-another-unit');
  const { id, code, name } = warehouse;
  return { id, code, name };
}

/** @throws DomainError `input.invalid` for a unit that isn't above this one, or is closed */
async function higherUnit(ctx: CommandContext, wanted: string | null): Promise<string> {
  const units = await allUnits(ctx.trx);
  const open = new Set(units.filter(({ isActive }) => isActive).map(({ id }) => id));
  const above = unitsAbove(units, ctx.station.unitId).filter((id) => open.has(id));
  const chosen = wanted === null ? above[0] : above.find((id) => id === wanted);
  if (chosen === undefined) throw fieldFault('toUnitId', 'notAllowed');
  return chosen;
}
