import { z } from 'zod';
import { requireRow } from '#db/repositories/documents.ts';
import { namedSuppliers, partLists } from '#db/repositories/part-lists.ts';
import type { PartRow } from '#db/repositories/parts.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** One part with all that hangs on it. */
export const stockPart = defineQuery({
  name: 'stock.part',
  right: 'stock.view',
  input: z.object({ id: id() }),

  async run(ctx, input) {
    const {
      createdAt: _createdAt,
      unitId,
      mergedIntoId,
      ...part
    } = await requireRow<PartRow>(ctx.sql, 'parts', input.id, 'part');
    const lists = await partLists(ctx.sql, part.id);
    const into = mergedIntoId === null ? null : await requireRow<PartRow>(ctx.sql, 'parts', mergedIntoId, 'part');
    return {
      ...part,
      isOwn: unitId === ctx.station.unitId,
      mergedInto: into?.number ?? null,
      lists,
      supplierNames: await namedSuppliers(ctx.sql, lists.suppliers),
    };
  },
});
