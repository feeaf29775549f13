import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { knownParts, replaceLines } from '#db/repositories/purchases.ts';
import { businessDay, id, optionalText } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { supplierFields } from '../setup/fields.ts';
import { existing } from '../setup/saving.ts';
import { MAX_LINES, partLine, totalOf } from '../stock/lines.ts';
import { supplierOf } from '../stock/receipt.ts';
import { lockPurchase, noteStep, takeStep, type Stepped } from './step.ts';

const request = z
  .object({
    existing: existing(),
    warehouseId: id(),
    supplierId: id().nullable().default(null),
    /** Kept with the request; one of the same name is taken for it. */
    newSupplier: supplierFields.nullable().default(null),
    wishedOn: businessDay().nullable().default(null),
    note: optionalText(500),
    lines: z.array(partLine).min(1).max(MAX_LINES),
  })
  .refine(({ supplierId, newSupplier }) => (supplierId === null) !== (newSupplier === null), {
    path: ['supplierId'],
    params: { rule: 'required' },
  });

type Request = z.output<typeof request>;

/** Asks for parts to be bought, or changes what is asked for while nobody has decided on it. */
export const savePurchase = defineCommand({
  name: 'purchases.save',
  right: 'purchase.request',
  input: request,

  async run(ctx, input) {
    await requireOwnWarehouse(ctx, input.warehouseId);
    await requireParts(ctx, input);
    const { warehouseId, wishedOn, note, lines } = input;
    const supplierId = (await supplierOf(ctx, input)) ?? '';
    const fields = { supplierId, warehouseId, wishedOn, note };
    const saved = input.existing
      ? await change(ctx, input.existing, fields)
      : await create(ctx, { ...fields, state: 'requested' });
    await replaceLines(ctx.trx, ctx.newId, { id: saved.id, unitId: ctx.station.unitId }, lines);
    return { ...saved, total: totalOf(lines) };
  },
});

type Fields = Readonly<{ supplierId: string; warehouseId: string; wishedOn: string | null; note: string }>;

async function create(ctx: CommandContext, fields: Fields & Readonly<{ state: 'requested' }>): Promise<Stepped> {
  const id = ctx.newId();
  const number = await ctx.nextNumber('PO');
  await ctx.trx.insert('purchases', {
    id,
    unitId: ctx.station.unitId,
    number,
    ...fields,
    requestedOn: ctx.today,
    requestedBy: ctx.actor.employeeId,
    orderedOn: null,
    version: 1,
    createdAt: ctx.now,
  });
  await noteStep(ctx, id, { step: 'requested' });
  ctx.audit('requested', 'purchase', id, { after: { number, ...fields } });
  return { id, number, state: 'requested', version: 1 };
}

async function change(
  ctx: CommandContext,
  { id, version }: Readonly<{ id: string; version: number }>,
  changes: Fields,
): Promise<Stepped> {
  return takeStep(ctx, await lockPurchase(ctx, id), version, { step: 'changed', changes });
}

async function requireOwnWarehouse(ctx: CommandContext, id: string): Promise<void> {
  const { unitId } = await requireRow<{ unitId: string }>(ctx.trx, 'warehouses', id, 'warehouse');
  if (unitId !== ctx.station.unitId) throw new DomainError('document.of-another-unit');
}

/** @throws DomainError `not-found` with the line */
async function requireParts(ctx: CommandContext, { lines }: Request): Promise<void> {
  const known = await knownParts(
    ctx.trx,
    lines.map(({ partId }) => partId),
  );
  const at = lines.findIndex(({ partId }) => !known.has(partId));
  if (at !== -1) throw new DomainError('not-found', { entity: 'part', id: lines[at]?.partId ?? '', line: at + 1 });
}
