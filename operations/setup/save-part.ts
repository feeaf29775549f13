import { z } from 'zod';
import { requireRow } from '#db/repositories/documents.ts';
import { insertPart, updatePart, type PartFields, type PartRow } from '#db/repositories/parts.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { partFields } from './fields.ts';
import { existing, requireFree } from './saving.ts';

/** Puts a part into the catalogue, or changes it. */
export const savePart = defineCommand({
  name: 'setup.savePart',
  right: 'setup.edit',
  input: z.object({ existing: existing(), fields: partFields }),

  async run(ctx, { existing, fields }) {
    if (existing === null) return { id: await createPart(ctx, fields), version: 1 };
    const before = await requireRow<PartRow>(ctx.trx, 'parts', existing.id, 'part', ctx.trx.forUpdate);
    await requireFreePart(ctx, fields, existing.id);
    await updatePart(ctx.trx, existing.id, existing.version, fields);
    ctx.audit('changed', 'part', existing.id, { before: partFields.parse(before), after: fields });
    return { id: existing.id, version: existing.version + 1 };
  },
});

/** @throws DomainError `value.taken` */
export async function createPart(ctx: CommandContext, fields: PartFields): Promise<string> {
  await requireFreePart(ctx, fields);
  const partId = ctx.newId();
  await insertPart(ctx.trx, { id: partId, unitId: ctx.station.unitId, createdAt: ctx.now }, fields);
  ctx.audit('created', 'part', partId, { after: fields });
  return partId;
}

/** A barcode belongs to one part, or a scanner would not know which. */
async function requireFreePart(ctx: CommandContext, { number, barcode }: PartFields, ownId?: string): Promise<void> {
  await requireFree(ctx, ['parts', 'number'], number, ownId);
  await requireFree(ctx, ['parts', 'barcode'], barcode, ownId);
}
