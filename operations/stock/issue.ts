import { z } from 'zod';
import { requireRight } from '#domain/access/actor.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { ISSUE_KINDS, postStock } from '#db/repositories/stock.ts';
import { id, optionalText } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { MAX_LINES, partLine, totalOf } from './lines.ts';

const issue = z
  .object({
    kind: z.enum(ISSUE_KINDS),
    warehouseId: id(),
    /** Who gets it: needed where it goes to somebody of ours, for whom it then lies. */
    recipient: optionalText(100),
    note: optionalText(500),
    lines: z.array(partLine).min(1).max(MAX_LINES),
  })
  .refine(({ kind, recipient }) => (kind !== 'to-outlet' && kind !== 'to-technician') || recipient !== '', {
    path: ['recipient'],
    params: { rule: 'required' },
  });

/** Parts leave a warehouse at the average cost of the moment, never more than there are. */
export const issueStock = defineCommand({
  name: 'stock.issue',
  right: 'stock.issue',
  input: issue,

  async run(ctx, { kind, warehouseId, recipient, note, lines }) {
    requireRight(ctx.actor, `stock.issue-${kind}`);
    await requireRow(ctx.trx, 'warehouses', warehouseId, 'warehouse');
    const document = {
      id: ctx.newId(),
      unitId: ctx.station.unitId,
      number: await ctx.nextNumber('IS'),
      kind: 'issue',
      issueKind: kind,
      warehouseId,
      supplierId: null,
      workOrderId: null,
      recipient,
      note,
      movedOn: ctx.today,
      at: ctx.now,
      employeeId: ctx.actor.employeeId,
      reversesId: null,
    } as const;
    const postings = lines.map((line, index) => ({ ...line, way: 'out', warehouseId, line: index + 1 }) as const);
    const values = await postStock(ctx.trx, ctx.newId, document, postings);
    const cost = values.reduce((sum, value) => sum + value, 0);
    const { id, number } = document;
    const total = totalOf(lines);
    ctx.audit('issued', 'stock-document', id, { after: { number, kind, lines: lines.length, cost, total } });
    return { id, number, cost, total };
  },
});
