import { z } from 'zod';
import { ITEM_CATEGORIES } from '#db/repositories/pay-items.ts';
import { basisPoints, money, text } from '../inputs.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import { defineCommand } from '../operation.ts';
import { existing, requireFree, saveRow } from '../setup/saving.ts';

const itemFields = z.object({
  code: text(20),
  name: text(100),
  category: z.enum(ITEM_CATEGORIES),
  kind: z.enum(['reward', 'penalty']),
  /** Fen. Either this or a rate of the person's own commission on the order. */
  amount: money().min(1).max(1_000_000_000).nullable().default(null),
  rateBp: basisPoints().min(1).nullable().default(null),
  isActive: z.boolean().default(true),
});

/** Something that is rewarded or punished. */
export const savePayItem = defineCommand({
  name: 'payroll.saveItem',
  right: 'payroll.rules',
  input: z.object({ existing: existing(), fields: itemFields }),

  async run(ctx, { existing, fields }) {
    if (fields.amount === null && fields.rateBp === null) throw fieldFault('fields.amount', 'required');
    if (fields.amount !== null && fields.rateBp !== null) throw fieldFault('fields.rateBp', 'notExpectedHere');
    await requireFree(ctx, ['pay_items', 'code'], fields.code, existing?.id);
    return saveRow(ctx, existing, {
      table: 'pay_items',
      entity: 'pay-item',
      fields,
      origin: { unitId: ctx.station.unitId },
    });
  },
});
