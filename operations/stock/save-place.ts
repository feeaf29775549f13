import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { findPlace, insertPlace, updatePlace, type PlaceFields } from '#db/repositories/stock-places.ts';
import { takeTurn } from '#db/repositories/sequences.ts';
import { id, optionalText, quantity, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';

const limit = () => z.union([z.literal(0), quantity()]).default(0);

const place = z
  .object({
    warehouseId: id(),
    partId: id(),
    /** As it was last seen; null: there was none. */
    version: version().nullable().default(null),
    bin: optionalText(40),
    minQuantity: limit(),
    maxQuantity: limit(),
  })
  .refine(({ minQuantity, maxQuantity }) => maxQuantity === 0 || maxQuantity >= minQuantity, {
    path: ['maxQuantity'],
    params: { rule: 'belowMinimum' },
  });

/** Says in which bin of a warehouse a part lies, and how much of it should lie there. */
export const savePlace = defineCommand({
  name: 'stock.savePlace',
  right: 'stock.receive',
  input: place,

  async run(ctx, { warehouseId, partId, version, ...fields }) {
    await requireRow(ctx.trx, 'warehouses', warehouseId, 'warehouse');
    await requireRow(ctx.trx, 'parts', partId, 'part');
    await takeTurn(ctx.trx, `place ${warehouseId} ${partId}`);
    const before = await findPlace(ctx.trx, { warehouseId, partId });
    if (before === undefined && version !== null) throw new DomainError('document.changed', { id: partId });
    const placeId = before?.id ?? ctx.newId();
    if (before) await updatePlace(ctx.trx, placeId, version ?? 0, fields);
    else {
      const origin = { id: placeId, unitId: ctx.station.unitId, warehouseId, partId, createdAt: ctx.now };
      await insertPlace(ctx.trx, { ...origin, ...fields, version: 1 });
    }
    const after: PlaceFields = fields;
    ctx.audit(before ? 'changed' : 'created', 'stock-place', placeId, { ...(before ? { before } : {}), after });
    return { id: placeId, version: (before?.version ?? 0) + 1 };
  },
});
