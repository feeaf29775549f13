import { z } from 'zod';
import { subtreeOf } from '#domain/organisation/tree.ts';
import { partsInWarehouses } from '#db/repositories/availability.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { isLinked } from '#db/repositories/installation.ts';
import type { PartRow } from '#db/repositories/parts.ts';
import { reservedOf } from '#db/repositories/reservations.ts';
import { elsewhereOf } from '#db/repositories/stock-elsewhere.ts';
import { allUnits } from '#db/repositories/units.ts';
import { id } from '../inputs.ts';
import { defineQuery, type QueryContext } from '../operation.ts';
import { inTransitTo, placeKey } from './in-transit-here.ts';

/**
 * Where a part lies in the company, as far as it is known here and the user's to see; of how many units it isn't; and, at a
 * station, what its server said of those when it was last asked.
 */
export const stockNetwork = defineQuery({
  name: 'stock.network',
  right: 'stock.view',
  input: z.object({ partId: id() }),

  async run(ctx, { partId }) {
    const { number, name, measure } = await requireRow<PartRow>(ctx.sql, 'parts', partId, 'part');
    const { known, unknown, isStation } = await unitsKnown(ctx);
    const kept = await reservedOf(ctx.sql, [partId], { today: ctx.today, workOrderId: '' });
    const reserved = new Map(kept.map((one) => [one.warehouseId, one.quantity]));
    const coming = await inTransitTo(ctx.sql, known);
    const rows = (await partsInWarehouses(ctx.sql, [partId])).map((place) => {
      const isKept = reserved.get(place.warehouseId) ?? 0;
      const inTransit = coming.get(placeKey(place.warehouseId, partId)) ?? 0;
      return { ...place, reserved: isKept, inTransit, available: place.onHand - isKept };
    });
    const asked = isStation ? await elsewhereOf(ctx.sql, partId) : undefined;
    const elsewhere = asked && { ...asked, rows: asked.rows.filter(({ unitId }) => !known.includes(unitId)) };
    const mayAsk = isStation && unknown > 0;
    return { number, name, measure, rows, unknownUnits: unknown, mayAsk, elsewhere: elsewhere ?? null };
  },
});

type Known = Readonly<{ known: readonly string[]; unknown: number; isStation: boolean }>;

/** A station knows its own stock and that of the units below it; of those, everybody sees what his own units have. */
async function unitsKnown(ctx: QueryContext): Promise<Known> {
  const units = await allUnits(ctx.sql);
  const isStation = await isLinked(ctx.sql);
  const here = isStation ? subtreeOf(units, ctx.station.unitId) : units.map(({ id }) => id);
  const atWork = units.filter(({ isActive }) => isActive).map(({ id }) => id);
  const known = atWork.filter((id) => here.includes(id) && ctx.isOwnUnit(id));
  return { known, unknown: atWork.length - known.length, isStation };
}
