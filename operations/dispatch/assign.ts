import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { rolesOf, type Employee } from '#db/repositories/organisation.ts';
import { id, instant, optionalText, version } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { moveOn, moveTo, requireOrderAt } from '../work-orders/own-work.ts';

/** Gives work to a technician, or to another one as long as he hasn't started. */
export const assign = defineCommand({
  name: 'dispatch.assign',
  right: 'dispatch.assign',
  input: z.object({
    id: id(),
    version: version(),
    technicianId: id(),
    /** When the customer expects him, if that is agreed already. */
    appointedAt: instant().nullable().default(null),
    reason: optionalText(200),
  }),

  async run(ctx, input) {
    const order = await requireOrderAt(ctx, input.id, input.version);
    const technician = await requireTechnician(ctx, input.technicianId);
    const changes = { technicianId: technician.id, appointedAt: input.appointedAt };
    const move = { to: 'dispatched', reason: input.reason, changes } as const;
    // Handing dispatched work to somebody else leaves its state, so that the graph has no say in it.
    const moved = order.state === 'dispatched' ? await moveTo(ctx, order, move) : await moveOn(ctx, order, move);
    return { ...moved, technicianName: technician.name };
  },
});

async function requireTechnician(ctx: CommandContext, technicianId: string): Promise<Employee> {
  const employee = await requireRow<Employee>(ctx.trx, 'employees', technicianId, 'employee');
  const roles = await rolesOf(ctx.trx, technicianId);
  const isOurs = employee.unitId === ctx.station.unitId; // to another unit, work is referred
  if (isOurs && employee.isActive && roles.includes('technician')) return employee;
  throw new DomainError('employee.not-a-technician', { name: employee.name });
}
