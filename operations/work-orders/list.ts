import { z } from 'zod';
import { listWorkOrders } from '#db/repositories/work-order-list.ts';
import { listInput } from '../inputs.ts';
import { defineQuery } from '../operation.ts';
import { LIST_SCOPES, narrowingOf, visibleTo } from './scopes.ts';

/** Work orders, filtered by any column; a technician's are his own. */
export const listOrders = defineQuery({
  name: 'workOrders.list',
  right: 'work.view',
  input: z.object({ ...listInput, scope: z.enum(LIST_SCOPES).default('all') }),
  run: (ctx, { scope, ...page }) =>
    listWorkOrders(ctx.sql, page, ctx.station.timeZone, [visibleTo(ctx.actor), narrowingOf(scope, ctx.actor, ctx.now)]),
});
