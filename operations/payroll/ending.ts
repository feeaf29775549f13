import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireRow, updateVersioned } from '#db/repositories/documents.ts';
import { businessDay, id, version } from '../inputs.ts';
import type { CommandContext } from '../operation.ts';

/** What ending a published rule has in common, of commission or of deadlines. */

export const endInput = z.object({ id: id(), version: version(), validTo: businessDay().nullable() });

type Kind = Readonly<{ table: 'commission_rules' | 'deadline_rules'; name: string; entity: string }>;

/**
 * Sets (or, with null, takes away) the last day of a rule: the only thing of it that ever changes.
 * @throws DomainError `not-found`, `input.invalid`, `document.changed`
 */
export async function endRow(
  ctx: CommandContext,
  input: z.output<typeof endInput>,
  { table, name, entity }: Kind,
): Promise<{ id: string; version: number }> {
  type Row = Readonly<{ id: string; validFrom: string; validTo: string | null }>;
  const { validFrom, validTo: before } = await requireRow<Row>(ctx.trx, table, input.id, name, ctx.trx.forUpdate);
  const { validTo } = input;
  if (validTo !== null && validTo < validFrom)
    throw new DomainError('input.invalid', { faults: [{ path: 'validTo', rule: 'beforeFrom' }] });
  await updateVersioned(ctx.trx, table, input.id, input.version, { validTo });
  ctx.audit('rule-ended', entity, input.id, { before: { validTo: before }, after: { validTo } });
  return { id: input.id, version: input.version + 1 };
}
