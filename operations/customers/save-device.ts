import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { insertDevice, updateDevice, type Device } from '#db/repositories/customers.ts';
import { rememberValues } from '#db/repositories/dictionaries.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { id, version } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { originOf } from './origin.ts';
import { deviceFields, standingIn } from './fields.ts';

/** A new device of a customer, or the changes to one as last seen. */
export const saveDevice = defineCommand({
  name: 'customers.saveDevice',
  right: 'customers.edit',
  input: z.object({
    device: z.union([z.object({ id: id(), version: version() }), z.object({ customerId: id() })]),
    fields: deviceFields,
  }),

  async run(ctx, { device, fields }) {
    const { category, brand, model, placeOfPurchase } = fields;
    await rememberValues(ctx.trx, ctx.newId, { category, brand, model, 'place-of-purchase': placeOfPurchase });
    if ('customerId' in device) {
      await requireRow(ctx.trx, 'customers', device.customerId, 'customer');
      const deviceId = ctx.newId();
      await insertDevice(ctx.trx, await originOf(ctx, deviceId), device.customerId, fields);
      ctx.audit('created', 'device', deviceId, { after: fields });
      return { id: deviceId, version: 1 };
    }
    const before = await requireRow<Device>(ctx.trx, 'devices', device.id, 'device', ctx.trx.forUpdate);
    if (before.version !== device.version) throw new DomainError('document.changed', { id: device.id });
    await updateDevice(ctx.trx, before, fields, await ctx.nextClock());
    ctx.audit('changed', 'device', device.id, { before: standingIn(before, fields), after: fields });
    return { id: device.id, version: device.version + 1 };
  },
});
