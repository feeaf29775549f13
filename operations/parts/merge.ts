import { z } from 'zod';
import { DomainError, type FieldFault } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { usesOf } from '#db/repositories/part-uses.ts';
import { mergePart, type PartRow } from '#db/repositories/parts.ts';
import { id } from '../inputs.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import { defineCommand } from '../operation.ts';

/** Two entries for one part become one: whoever finds the first is led to the other. Its past stays with it. */
export const mergeParts = defineCommand({
  name: 'parts.merge',
  right: 'setup.edit',
  input: z.object({ fromId: id(), intoId: id() }),

  async run(ctx, { fromId, intoId }) {
    if (fromId === intoId) throw fieldFault('intoId', 'notAllowed');
    const from = await requireRow<PartRow>(ctx.trx, 'parts', fromId, 'part', ctx.trx.forUpdate);
    const into = await requireRow<PartRow>(ctx.trx, 'parts', intoId, 'part');
    for (const { number, mergedIntoId } of [from, into])
      if (mergedIntoId !== null) throw new DomainError('part.merged', { number });
    if (!into.isActive) throw fieldFault('intoId', 'notAllowed');
    const faults: FieldFault[] = (await usesOf(ctx.trx, fromId)).map((rule) => ({ path: 'fromId', rule }));
    if (faults.length > 0) throw new DomainError('part.in-use', { number: from.number, faults });
    await mergePart(ctx.trx, from, intoId);
    ctx.audit('merged', 'part', fromId, { before: { number: from.number }, after: { number: into.number } });
    return { id: intoId, number: into.number };
  },
});
