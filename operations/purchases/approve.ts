import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { ROLES, rightsOfRoles } from '#domain/access/roles.ts';
import { hasOthersWithRole, requestersOf } from '#db/repositories/purchases.ts';
import { id, optionalText, version } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { lockPurchase, takeStep } from './step.ts';

/** A request may be ordered. Two people see it, unless there is only one in the unit who may approve. */
export const approvePurchase = defineCommand({
  name: 'purchases.approve',
  right: 'purchase.approve',
  input: z.object({ id: id(), version: version(), reason: optionalText(200) }),

  async run(ctx, { id, version, reason }) {
    const purchase = await lockPurchase(ctx, id);
    const stepped = await takeStep(ctx, purchase, version, { step: 'approved', reason });
    await requireSecondPerson(ctx, purchase);
    return stepped;
  },
});

const APPROVERS = ROLES.filter((role) => rightsOfRoles([role]).has('purchase.approve'));

/**
 * Whoever asked for it, or changed what is asked for, doesn't approve it while somebody else could.
 * @throws DomainError `purchase.own-request`
 */
async function requireSecondPerson(
  { trx, actor, station }: CommandContext,
  { id, number }: Readonly<{ id: string; number: string }>,
): Promise<void> {
  const requesters = await requestersOf(trx, id);
  if (!requesters.includes(actor.employeeId)) return;
  if (await hasOthersWithRole(trx, station.unitId, APPROVERS, requesters))
    throw new DomainError('purchase.own-request', { number });
}
