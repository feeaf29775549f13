import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { isLinked } from '#db/repositories/installation.ts';
import { insertPart, updatePart, type PartFields, type PartRow } from '#db/repositories/parts.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { LONGEST_NUMBER, partFields } from './fields.ts';
import { existing, requireFree } from './saving.ts';

/** Puts a part into the catalogue, or changes it. */
export const savePart = defineCommand({
  name: 'setup.savePart',
  right: 'setup.edit',
  input: z.object({ existing: existing(), fields: partFields }),

  async run(ctx, { existing, fields }) {
    if (existing === null) return { ...(await createPart(ctx, fields, 'fields.number')), version: 1 };
    const before = await requireRow<PartRow>(ctx.trx, 'parts', existing.id, 'part', ctx.trx.forUpdate);
    const isRenamed = fields.number !== before.number;
    const number = isRenamed ? await numberHere(ctx, fields.number, 'fields.number') : before.number;
    const after = { ...fields, number };
    await requireFreePart(ctx, after, existing.id);
    await updatePart(ctx.trx, existing.id, existing.version, after);
    ctx.audit('changed', 'part', existing.id, { before: partFields.parse(before), after });
    return { id: existing.id, number, version: existing.version + 1 };
  },
});

/**
 * @param path of the number in what was put in
 * @throws DomainError `value.taken`, `input.invalid`
 */
export async function createPart(
  ctx: CommandContext,
  fields: PartFields,
  path: string,
): Promise<Readonly<{ id: string; number: string }>> {
  const part = { ...fields, number: await numberHere(ctx, fields.number, path) };
  await requireFreePart(ctx, part);
  const id = ctx.newId();
  await insertPart(ctx.trx, { id, unitId: ctx.station.unitId, createdAt: ctx.now }, part);
  ctx.audit('created', 'part', id, { after: part });
  return { id, number: part.number };
}

/** A number is the whole company's. Stations that can't ask one another put their code before what they give, so none is given twice. */
async function numberHere(ctx: CommandContext, typed: string, path: string): Promise<string> {
  const prefix = `${ctx.station.code}-`;
  if (typed.startsWith(prefix) || !(await isLinked(ctx.trx))) return typed;
  const max = LONGEST_NUMBER - prefix.length;
  if (typed.length > max)
    throw new DomainError('input.invalid', { faults: [{ path, rule: 'tooLong', params: { max } }] });
  return prefix + typed;
}

/** A barcode belongs to one part, or a scanner would not know which. */
async function requireFreePart(ctx: CommandContext, { number, barcode }: PartFields, ownId?: string): Promise<void> {
  await requireFree(ctx, ['parts', 'number'], number, ownId);
  await requireFree(ctx, ['parts', 'barcode'], barcode, ownId);
}
