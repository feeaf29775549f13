import { z } from 'zod';
import { businessDate } from '#domain/dates.ts';
import { DomainError } from '#domain/errors.ts';
import { requireWhole } from '#domain/money.ts';
import { rememberValues } from '#db/repositories/dictionaries.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { materialOf, missingEmployees, replaceLabour, replaceTechnicians } from '#db/repositories/material.ts';
import type { WorkOrder } from '#db/repositories/work-orders.ts';
import { keepFiles } from '../attachments/keep-files.ts';
import { shortOnly } from '../dictionaries/short-only.ts';
import { basisPoints, file, id, instant, money, optionalText, text, version } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { workUnits } from '../setup/fields.ts';
import { moveOn, requireOrderToWorkOn } from '../work-orders/own-work.ts';
import { fieldFault, requireDiscountWithin } from './sheet-rules.ts';

const technician = z.object({ employeeId: id(), shareBp: basisPoints().min(1) });

const labourLine = z.object({
  workTypeId: id(),
  fee: money(),
  labourCost: money().default(0),
  units: workUnits(),
});

const completion = z.object({
  id: id(),
  version: version(),
  /** When work began; left out: as recorded when it was started. */
  startedAt: instant().optional(),
  /** When it ended; left out: now. */
  completedAt: instant().optional(),
  fault: text(500),
  cause: optionalText(500),
  action: text(500),
  /** Who did it, with their shares of 100 % in all. */
  technicians: z.array(technician).min(1).max(20),
  labour: z.array(labourLine).max(50).default([]),
  travelFee: money().default(0),
  discount: money().default(0),
  photos: z.array(file()).max(10).default([]),
});

type Completion = z.output<typeof completion>;

/** The completion sheet: what was wrong, what was done, by whom and for how much. In progress → done. */
export const completeJob = defineCommand({
  name: 'jobs.complete',
  right: 'work.view', // and it has to be one's own work, or one's to dispatch
  input: completion,

  async run(ctx, input) {
    const order = await requireOrderToWorkOn(ctx, input.id, input.version);
    const times = timesOf(ctx, order, input);
    await requireTechnicians(ctx, input);
    for (const line of input.labour) await requireRow(ctx.trx, 'work_types', line.workTypeId, 'workType');
    const { fault, cause, action, travelFee, discount } = input;
    const changes = { ...times, fault, cause, action, travelFee, discount };
    const moved = await moveOn(ctx, order, { to: 'done', changes });
    await replaceTechnicians(ctx.trx, ctx.newId, order, input.technicians);
    await replaceLabour(ctx.trx, ctx.newId, order, input.labour);
    await requireDiscountWithin(ctx.trx, { ...order, travelFee, discount }, await materialOf(ctx.trx, order.id));
    await keepFiles(ctx, order, 'photo', input.photos);
    await rememberValues(ctx.trx, ctx.newId, {
      fault: shortOnly(fault),
      cause: shortOnly(cause),
      action: shortOnly(action),
    });
    const { technicians, labour } = input;
    ctx.audit('completed', 'work-order', order.id, { after: { technicians, labour, photos: input.photos.length } });
    return moved;
  },
});

/** @throws DomainError `input.invalid` */
function timesOf(ctx: CommandContext, order: WorkOrder, input: Completion) {
  const completedAt = input.completedAt ?? ctx.now;
  // This PC's clock may have been set back since the work was begun.
  const startedAt = input.startedAt ?? Math.min(order.startedAt ?? completedAt, completedAt);
  if (completedAt > ctx.now) throw fieldFault('completedAt', 'inTheFuture');
  if (startedAt > completedAt) throw fieldFault('completedAt', 'beforeStart');
  return { startedAt, completedAt, completedOn: businessDate(completedAt, ctx.station.timeZone) };
}

/** @throws DomainError `pay.shares-not-100-percent`, `input.invalid` */
async function requireTechnicians(ctx: CommandContext, { technicians }: Completion): Promise<void> {
  const ids = technicians.map((one) => one.employeeId);
  const twice = ids.findIndex((one, index) => ids.indexOf(one) !== index);
  if (twice !== -1) throw fieldFault(`technicians.${twice}.employeeId`, 'duplicate');
  const [missing] = await missingEmployees(ctx.trx, ctx.station.unitId, ids);
  if (missing !== undefined) throw new DomainError('not-found', { entity: 'employee', id: missing });
  requireWhole(technicians.map(({ shareBp }) => shareBp));
}
