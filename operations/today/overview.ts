import { z } from 'zod';
import type { Actor } from '#domain/access/actor.ts';
import type { Right } from '#domain/access/rights.ts';
import { seesOnlyOwnWork } from '#domain/access/own-work.ts';
import type { RequestKind } from '#domain/handshakes/standing.ts';
import { addDays, startOfBusinessDate } from '#domain/dates.ts';
import {
  awaitsDispatch,
  canBeAudited,
  canBeSettled,
  isWithTechnician,
  WORK_ORDER_STATES,
} from '#domain/work-orders/states.ts';
import { requestsToAttend } from '#db/repositories/handshakes.ts';
import { partsBelowMin } from '#db/repositories/stock-places.ts';
import { partsOutOfStock, periodsToClose, waitingOrders } from '#db/repositories/waiting.ts';
import type { Narrowing } from '#db/repositories/work-order-list.ts';
import { defineQuery, type QueryContext } from '../operation.ts';
import { STATES_BEFORE_DONE, visibleTo } from '../work-orders/scopes.ts';

const ROWS_SHOWN = 6;

const WAITING_LISTS = [
  'my-work',
  'overdue',
  'due-today',
  'to-dispatch',
  'waiting-for-parts',
  'to-audit',
  'to-settle',
  'to-hand-over',
] as const;
export type WaitingList = (typeof WAITING_LISTS)[number];

/** Who needs to know of a list: whoever may do what it waits for. */
const RIGHTS: Readonly<Record<WaitingList, readonly Right[]>> = {
  'my-work': ['job.complete'],
  overdue: ['dispatch.view', 'intake.register', 'job.complete'],
  'due-today': ['dispatch.view', 'intake.register', 'job.complete'],
  'to-dispatch': ['dispatch.assign'],
  'waiting-for-parts': ['job.materials', 'dispatch.view'],
  'to-audit': ['work.audit'],
  'to-settle': ['billing.settle'],
  'to-hand-over': ['work.hand-over'],
};

/** Who answers what other units ask, and sees to what they refused. */
const REQUESTS_FOR = [
  { kind: 'referral', right: 'dispatch.assign' },
  { kind: 'sale', right: 'sales.report' },
  { kind: 'transfer', right: 'stock.receive' },
  { kind: 'requisition', right: 'requisition.approve' },
] as const satisfies readonly Readonly<{ kind: RequestKind; right: Right }>[];

/** What waits for whoever asks, by what he may do: how much, and the most pressing of it. */
export const overview = defineQuery({
  name: 'today.overview',
  right: 'own.view',
  input: z.object({}),

  async run(ctx) {
    const lists = [];
    for (const key of WAITING_LISTS.filter((list) => isFor(ctx.actor, list))) {
      const waiting = await waitingOrders(ctx.sql, [visibleTo(ctx.actor), narrowingOf(ctx, key)], ROWS_SHOWN);
      lists.push({ key, ...waiting });
    }
    const { rights } = ctx.actor;
    const requests = [];
    for (const { kind } of REQUESTS_FOR.filter(({ right }) => rights.has(right)))
      requests.push({ kind, ...(await requestsToAttend(ctx.sql, kind, ctx.station.unitId, ROWS_SHOWN)) });
    return {
      lists,
      requests,
      partsBelowMin: rights.has('stock.receive') ? await partsBelowMin(ctx.sql, ROWS_SHOWN) : null,
      partsOutOfStock: rights.has('stock.receive') ? await partsOutOfStock(ctx.sql, ROWS_SHOWN) : null,
      payPeriods: rights.has('payroll.calculate') ? await periodsToClose(ctx.sql, ctx.today, ROWS_SHOWN) : null,
    };
  },
});

/** Who manages the station has everybody's lists but none of his own work, unless he also repairs. */
function isFor(actor: Actor, list: WaitingList): boolean {
  if (list === 'my-work') return seesOnlyOwnWork(actor) || actor.roles.includes('technician');
  return RIGHTS[list].some((right) => actor.rights.has(right));
}

function narrowingOf({ actor, now, today, station }: QueryContext, list: WaitingList): Narrowing {
  const endOfToday = () => startOfBusinessDate(addDays(today, 1), station.timeZone);
  switch (list) {
    case 'my-work':
      return { states: WORK_ORDER_STATES.filter(isWithTechnician), technicianId: actor.employeeId };
    case 'overdue':
      return { states: STATES_BEFORE_DONE, promisedBefore: now };
    case 'due-today':
      return { states: STATES_BEFORE_DONE, promisedFrom: now, promisedBefore: endOfToday() };
    case 'to-dispatch':
      return { states: WORK_ORDER_STATES.filter(awaitsDispatch) };
    case 'waiting-for-parts':
      return { states: ['waiting-for-parts'] };
    case 'to-audit':
      return { states: WORK_ORDER_STATES.filter(canBeAudited) };
    case 'to-settle':
      return { states: WORK_ORDER_STATES.filter(canBeSettled) };
    case 'to-hand-over':
      return { states: ['settled'] };
  }
}
