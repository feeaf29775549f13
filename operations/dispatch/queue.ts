import { z } from 'zod';
import { addDays, startOfBusinessDate } from '#domain/dates.ts';
import { suggestTechnician } from '#domain/work-orders/suggestion.ts';
import {
  assignedOrders,
  dispatchQueue,
  experienceSince,
  queueLength,
  type AssignedOrder,
} from '#db/repositories/dispatch.ts';
import { activeTechnicians } from '#db/repositories/organisation.ts';
import { optionalText } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

const QUEUE_SHOWN = 300;
const ASSIGNED_SHOWN = 2000;
const YEAR = 365;

/** What is to be dispatched, who could do it, and what each technician has to do already. */
export const queue = defineQuery({
  name: 'dispatch.queue',
  right: 'dispatch.view',
  input: z.object({
    /** A fragment of number, customer, device, symptom or address. */
    search: optionalText(60),
  }),

  async run(ctx, { search }) {
    const waiting = await dispatchQueue(ctx.sql, search, QUEUE_SHOWN);
    const assigned = await assignedOrders(ctx.sql, ASSIGNED_SHOWN);
    const experience = await experienceSince(ctx.sql, addDays(ctx.today, -YEAR));
    const endOfToday = startOfBusinessDate(addDays(ctx.today, 1), ctx.station.timeZone);
    const people = (await activeTechnicians(ctx.sql, ctx.station.unitId)).map((technician) => {
      const work = assigned.filter((order) => order.technicianId === technician.id);
      const done = experience.filter((line) => line.technicianId === technician.id);
      return {
        ...technician,
        ...loadOf(work, ctx.now, endOfToday),
        experience: Object.fromEntries(done.map(({ category, count }) => [category, count])),
        work,
      };
    });
    return {
      total: await queueLength(ctx.sql),
      orders: waiting.map((order) => ({
        ...order,
        isOverdue: order.promisedAt !== null && order.promisedAt < ctx.now,
        suggestedTechnicianId: suggestTechnician(people, order.category),
      })),
      technicians: people,
    };
  },
});

/** @param endOfToday first instant of tomorrow, ms UTC */
function loadOf(work: readonly AssignedOrder[], now: number, endOfToday: number) {
  const isAppointedToday = ({ appointedAt }: AssignedOrder) => appointedAt !== null && appointedAt < endOfToday;
  return {
    load: work.length,
    urgentCount: work.filter((order) => order.urgency === 'urgent').length,
    overdueCount: work.filter(({ promisedAt }) => promisedAt !== null && promisedAt < now).length,
    /** Today's, and those before that are still not done. */
    appointments: work.filter(isAppointedToday),
  };
}
