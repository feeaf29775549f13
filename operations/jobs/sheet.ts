import { z } from 'zod';
import { requireRow } from '#db/repositories/documents.ts';
import { lotsOfMaterial } from '#db/repositories/lots.ts';
import { activeWorkTypes, labourRowsOf, materialSheet } from '#db/repositories/material.ts';
import { warehousesOf } from '#db/repositories/parts.ts';
import { activeTechnicians } from '#db/repositories/organisation.ts';
import { techniciansOf } from '#db/repositories/work-order-details.ts';
import type { WorkOrder } from '#db/repositories/work-orders.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { requireVisible } from '../work-orders/own-work.ts';

/** Material list and completion sheet of a work order as they are filled in, with what there is to choose from. */
export const jobSheet = defineQuery({
  name: 'jobs.sheet',
  right: 'work.view',
  input: z.object({ id: id() }),

  async run(ctx, input) {
    const order = await requireRow<WorkOrder>(ctx.sql, 'work_orders', input.id, 'workOrder');
    await requireVisible(ctx.sql, ctx.actor, order.id);
    const { number, version, state, mode, warrantyClass, technicianId, startedAt, completedAt } = order;
    const { fault, cause, action, travelFee, discount } = order;
    const lots = await lotsOfMaterial(ctx.sql, order.id);
    return {
      order: { id: order.id, number, version, state, mode, warrantyClass, technicianId, startedAt, completedAt },
      completion: { fault, cause, action, travelFee, discount },
      material: (await materialSheet(ctx.sql, order.id)).map((line) => ({ ...line, lots: lots.get(line.id) ?? [] })),
      technicians: await techniciansOf(ctx.sql, order.id),
      labour: await labourRowsOf(ctx.sql, order.id),
      choices: {
        warehouses: await warehousesOf(ctx.sql, ctx.station.unitId),
        technicians: await activeTechnicians(ctx.sql, ctx.station.unitId),
        workTypes: await activeWorkTypes(ctx.sql),
      },
    };
  },
});
