import { z } from 'zod';
import { DomainError, type FieldFault } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { isLinked } from '#db/repositories/installation.ts';
import { holderOfBarcode, NO_LISTS, partLists, replacePartLists, type PartLists } from '#db/repositories/part-lists.ts';
import { hasMoved, mayBeMovedElsewhere } from '#db/repositories/part-uses.ts';
import { insertPart, updatePart, type PartFields, type PartRow } from '#db/repositories/parts.ts';
import { takeTurn } from '#db/repositories/sequences.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { LONGEST_NUMBER, partFields } from './fields.ts';
import { partListFields, requireDistinct } from './part-lists.ts';
import { existing, requireFree } from './saving.ts';

/** Puts a part into the catalogue with all that hangs on it, or changes it; lists that are left out stay as they are. */
export const savePart = defineCommand({
  name: 'setup.savePart',
  right: 'setup.edit',
  input: z.object({ existing: existing(), fields: partFields, lists: partListFields.nullable().default(null) }),

  async run(ctx, { existing, fields, lists }) {
    if (existing === null) {
      const made = await createPart(ctx, fields, 'fields.number', lists ?? NO_LISTS);
      return { ...made, version: 1 };
    }
    const before = await requireRow<PartRow>(ctx.trx, 'parts', existing.id, 'part', ctx.trx.forUpdate);
    await requireChangeable(ctx, before, fields);
    const isRenamed = fields.number !== before.number;
    const number = isRenamed ? await numberHere(ctx, fields.number, 'fields.number') : before.number;
    const after = { ...fields, number };
    const listsBefore = await partLists(ctx.trx, existing.id);
    const listsAfter = lists ?? listsBefore;
    await requireFreePart(ctx, after, listsAfter, existing.id);
    await updatePart(ctx.trx, existing, after, listsAfter);
    const origin = { partId: existing.id, unitId: before.unitId, newId: ctx.newId };
    await replacePartLists(ctx.trx, origin, listsBefore, listsAfter);
    ctx.audit('changed', 'part', existing.id, {
      before: { ...partFields.parse(before), ...listsBefore },
      after: { ...after, ...listsAfter },
    });
    return { id: existing.id, number, version: existing.version + 1 };
  },
});

/**
 * What papers and other stations know a part by doesn't change once it has moved, or others may have moved it without our knowing;
 * nor whether its pieces have numbers: they would have pieces without numbers of what needs them.
 * @throws DomainError `part.in-use {number}`, `part.merged`
 */
async function requireChangeable(ctx: CommandContext, before: PartRow, fields: PartFields): Promise<void> {
  const { id, number, mergedIntoId } = before;
  if (mergedIntoId !== null) throw new DomainError('part.merged', { number });
  const changed = (['number', 'tracking'] as const).filter((field) => fields[field] !== before[field]);
  if (changed.length === 0) return;
  const isMoved = await hasMoved(ctx.trx, id);
  if (!isMoved && !(await mayBeMovedElsewhere(ctx.trx, id))) return;
  const rule = isMoved ? 'fixedByMoves' : 'fixedBySharing';
  const faults: FieldFault[] = changed.map((field) => ({ path: `fields.${field}`, rule }));
  throw new DomainError('part.in-use', { number, faults });
}

/**
 * @param path of the number in what was put in
 * @throws DomainError `value.taken`, `input.invalid`
 */
export async function createPart(
  ctx: CommandContext,
  fields: PartFields,
  path: string,
  lists: PartLists = NO_LISTS,
): Promise<Readonly<{ id: string; number: string }>> {
  const part = { ...fields, number: await numberHere(ctx, fields.number, path) };
  await requireFreePart(ctx, part, lists);
  const id = ctx.newId();
  const { unitId } = ctx.station;
  await insertPart(ctx.trx, { id, unitId, createdAt: ctx.now }, part, lists);
  await replacePartLists(ctx.trx, { partId: id, unitId, newId: ctx.newId }, NO_LISTS, lists);
  ctx.audit('created', 'part', id, { after: { ...part, ...lists } });
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

/**
 * A barcode belongs to one part, or a scanner would not know which; whichever of a part's barcodes it is.
 * @throws DomainError `value.taken`, `input.invalid`, `not-found`
 */
async function requireFreePart(
  ctx: CommandContext,
  { number, barcode }: PartFields,
  lists: PartLists,
  ownId = '',
): Promise<void> {
  requireDistinct(partListFields.parse(lists), barcode);
  await requireFree(ctx, ['parts', 'number'], number, ownId);
  for (const code of [barcode, ...lists.barcodes].filter((one) => one !== '')) {
    await takeTurn(ctx.trx, `barcode ${code}`); // of two who give it to different parts at once, one is refused
    await requireFree(ctx, ['parts', 'barcode'], code, ownId);
    if ((await holderOfBarcode(ctx.trx, code, ownId)) !== undefined)
      throw new DomainError('value.taken', { field: 'barcode', value: code });
  }
  for (const { supplierId } of lists.suppliers) await requireRow(ctx.trx, 'suppliers', supplierId, 'supplier');
}
