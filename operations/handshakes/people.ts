import {
  insertCustomer,
  insertDevice,
  type CustomerFields,
  type Device,
  type DeviceFields,
} from '#db/repositories/customers.ts';
import { customerOfRegion, deviceOfCustomer, deviceOfRegion } from '#db/repositories/handshakes.ts';
import { originOf } from '../customers/origin.ts';
import type { CommandContext } from '../operation.ts';

type Named<Fields> = Fields & Readonly<{ id?: string }>;
type Whose = Readonly<{ customerId: string | null; deviceId: string }>;

/**
 * Customer and device of a request as this region knows them: by their ids where they are shared, else by name and phone and
 * by serial number. Who is unknown here is taken into the archive, under an id of our own: the other region keeps its row.
 */
export async function customerAndDevice(
  ctx: CommandContext,
  { customer, device }: Readonly<{ customer: Named<CustomerFields> | null; device: Named<DeviceFields> }>,
): Promise<Whose> {
  const { unitId } = ctx.station;
  const shared: Device | undefined = device.id ? await deviceOfRegion(ctx.trx, unitId, device.id) : undefined;
  if (shared) return { customerId: shared.customerId, deviceId: shared.id };
  const customerId = customer && (await customerOf(ctx, customer));
  return { customerId, deviceId: await deviceOf(ctx, customerId, device) };
}

async function customerOf(ctx: CommandContext, { id = '', ...fields }: Named<CustomerFields>): Promise<string> {
  const known = await customerOfRegion(ctx.trx, ctx.station.unitId, { id, name: fields.name, phone: fields.phone });
  if (known !== undefined) return known;
  const newId = ctx.newId();
  await insertCustomer(ctx.trx, await originOf(ctx, newId), fields);
  return newId;
}

async function deviceOf(
  ctx: CommandContext,
  customerId: string | null,
  { id: _, ...fields }: Named<DeviceFields>,
): Promise<string> {
  const known = customerId && (await deviceOfCustomer(ctx.trx, customerId, fields));
  if (known) return known;
  const newId = ctx.newId();
  await insertDevice(ctx.trx, await originOf(ctx, newId), customerId, fields);
  return newId;
}
