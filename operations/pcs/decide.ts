import { DomainError } from '#domain/errors.ts';
import { decidePc, pcById, type Pc } from '#db/repositories/pcs.ts';
import type { CommandContext } from '../operation.ts';

type Decision = Readonly<{ from: readonly Pc['state'][]; to: 'approved' | 'refused'; name?: string }>;

/** @throws DomainError `not-found`; `document.changed` when it has been decided already */
export async function decide(ctx: CommandContext, id: string, { from, to, name }: Decision): Promise<object> {
  const pc = await pcById(ctx.trx, id);
  if (!pc) throw new DomainError('not-found', { entity: 'pc', id });
  if (!from.includes(pc.state)) throw new DomainError('document.changed');
  const decided = { state: to, name: name ?? pc.name };
  await decidePc(ctx.trx, { id, ...decided, byId: ctx.actor.employeeId, at: ctx.now });
  // Not `refused`: so the log calls a command that was not done.
  ctx.audit(to === 'approved' ? 'approved' : 'kept-out', 'pc', id, {
    before: { state: pc.state, name: pc.name },
    after: decided,
  });
  return {};
}
