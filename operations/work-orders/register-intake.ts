import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { insertCustomer, insertDevice, type Device } from '#db/repositories/customers.ts';
import { rememberValues } from '#db/repositories/dictionaries.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { keepFiles } from '../attachments/keep-files.ts';
import { enterMoney } from '../billing/money.ts';
import { customerFields, deviceFields, PAYMENT_METHODS } from '../customers/fields.ts';
import { originOf } from '../customers/origin.ts';
import { shortOnly } from '../dictionaries/short-only.ts';
import { file, id, instant, money, optionalText, text } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { registerOrder } from './new-order.ts';

const existing = z.object({ id: id() });

const intake = z
  .object({
    /** One known already, a new one, or null: an anonymous walk-in. */
    customer: z.union([existing, customerFields]).nullable(),
    device: z.union([existing, deviceFields]),
    storeId: id().nullable().default(null),
    mode: z.enum(['carry-in', 'on-site']),
    kind: z
      .enum(['repair', 'installation', 'delivery', 'maintenance', 'exchange', 'return', 'cleaning'])
      .default('repair'),
    channel: z.enum(['counter', 'phone', 'letter', 'email', 'fax', 'web']).default('counter'),
    urgency: z.enum(['normal', 'urgent']).default('normal'),
    warrantyClass: z.enum(['in', 'out', 'vendor']).default('out'),
    symptom: text(2000),
    appearance: optionalText(500),
    accessories: optionalText(500),
    visitAddress: optionalText(300),
    estimate: money().default(0),
    promisedAt: instant().nullable().default(null),
    deposit: z
      .object({ amount: money(), method: z.enum(PAYMENT_METHODS) })
      .nullable()
      .default(null),
    photos: z.array(file()).max(10).default([]),
  })
  .refine((input) => input.mode !== 'on-site' || input.visitAddress !== '', {
    path: ['visitAddress'],
    params: { rule: 'required' },
  });

type Intake = z.output<typeof intake>;

/** Registers work brought to the counter or asked for at the customer's place: customer and device if new, order, deposit, photos. */
export const registerIntake = defineCommand({
  name: 'workOrders.registerIntake',
  right: 'intake.register',
  input: intake,

  async run(ctx, input) {
    const customerId = await customerOf(ctx, input);
    const deviceId = await deviceOf(ctx, input, customerId);
    const { customer, device, deposit, photos, ...fields } = input;
    const order = await registerOrder(ctx, { ...fields, customerId, deviceId });
    const { unitId } = ctx.station;
    if (deposit !== null && deposit.amount > 0)
      await enterMoney(ctx, { id: order.id, unitId, customerId }, { kind: 'deposit', ...deposit });
    await keepFiles(ctx, { id: order.id, unitId }, 'photo', photos);
    await rememberValues(ctx.trx, ctx.newId, {
      symptom: shortOnly(input.symptom),
      appearance: input.appearance,
      accessories: input.accessories,
    });
    ctx.audit('registered', 'work-order', order.id, {
      after: { number: order.number, customerId, deviceId, mode: input.mode },
    });
    return { ...order, customerId, deviceId, version: 1 };
  },
});

async function customerOf(ctx: CommandContext, { customer }: Intake): Promise<string | null> {
  if (customer === null) return null;
  if ('id' in customer) return (await requireRow<{ id: string }>(ctx.trx, 'customers', customer.id, 'customer')).id;
  const customerId = ctx.newId();
  await insertCustomer(ctx.trx, await originOf(ctx, customerId), customer);
  return customerId;
}

async function deviceOf(ctx: CommandContext, { device }: Intake, customerId: string | null): Promise<string> {
  if ('id' in device) {
    const known = await requireRow<Device>(ctx.trx, 'devices', device.id, 'device');
    if (known.customerId !== customerId) throw new DomainError('device.of-another-customer', { serial: known.serial });
    return known.id;
  }
  const deviceId = ctx.newId();
  await insertDevice(ctx.trx, await originOf(ctx, deviceId), customerId, device);
  const { category, brand, model, placeOfPurchase } = device;
  await rememberValues(ctx.trx, ctx.newId, { category, brand, model, 'place-of-purchase': placeOfPurchase });
  return deviceId;
}
