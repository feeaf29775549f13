import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireRow, updateVersioned } from '#db/repositories/documents.ts';
import { holderOf } from '#db/repositories/parts.ts';
import type { SqlRow } from '#db/store.ts';
import { id, version } from '../inputs.ts';
import type { CommandContext } from '../operation.ts';

/** What saving a row of the set-up has in common, whichever it is. */

/** The row that is changed, as it was last seen; null: a new one. */
export const existing = () => z.object({ id: id(), version: version() }).nullable().default(null);

type Existing = z.output<ReturnType<typeof existing>>;
type Saved = Readonly<{ id: string; version: number }>;

/** @throws DomainError `value.taken {field, value}` */
export async function requireFree(
  ctx: CommandContext,
  unique: Parameters<typeof holderOf>[1],
  value: string,
  ownId?: string,
): Promise<void> {
  const [, field] = unique;
  if (value !== '' && (await holderOf(ctx.trx, unique, value, ownId)) !== undefined)
    throw new DomainError('value.taken', { field, value });
}

type Row = Readonly<{
  table: 'suppliers' | 'warehouses' | 'work_types' | 'stores' | 'pay_items';
  entity: string;
  fields: SqlRow;
  /** What a new row has beside its fields. */
  origin?: SqlRow;
}>;

/** @throws DomainError `not-found`, `document.changed` */
export async function saveRow(
  ctx: CommandContext,
  known: Existing,
  { table, entity, fields, origin = {} }: Row,
): Promise<Saved> {
  if (known === null) {
    const newId = ctx.newId();
    await ctx.trx.insert(table, { id: newId, ...origin, ...fields, version: 1, createdAt: ctx.now });
    ctx.audit('created', entity, newId, { after: fields });
    return { id: newId, version: 1 };
  }
  const before = await requireRow<SqlRow>(ctx.trx, table, known.id, entity, ctx.trx.forUpdate);
  await updateVersioned(ctx.trx, table, known.id, known.version, fields);
  ctx.audit('changed', entity, known.id, { before, after: fields });
  return { id: known.id, version: known.version + 1 };
}
