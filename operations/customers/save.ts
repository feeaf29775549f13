import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { insertCustomer, updateCustomer, type Customer } from '#db/repositories/customers.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { id, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { originOf } from './origin.ts';
import { customerFields, standingIn } from './fields.ts';

/** A new customer, or the changes to one as last seen. */
export const saveCustomer = defineCommand({
  name: 'customers.save',
  right: 'customers.edit',
  input: z.object({
    existing: z.object({ id: id(), version: version() }).nullable().default(null),
    fields: customerFields,
  }),

  async run(ctx, { existing, fields }) {
    if (existing === null) {
      const customerId = ctx.newId();
      await insertCustomer(ctx.trx, await originOf(ctx, customerId), fields);
      ctx.audit('created', 'customer', customerId, { after: fields });
      return { id: customerId, version: 1 };
    }
    const before = await requireRow<Customer>(ctx.trx, 'customers', existing.id, 'customer', ctx.trx.forUpdate);
    if (before.version !== existing.version) throw new DomainError('document.changed', { id: existing.id });
    await updateCustomer(ctx.trx, before, fields, await ctx.nextClock());
    ctx.audit('changed', 'customer', existing.id, { before: standingIn(before, fields), after: fields });
    return { id: existing.id, version: existing.version + 1 };
  },
});
