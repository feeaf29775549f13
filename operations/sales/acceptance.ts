import { startOfBusinessDate } from '#domain/dates.ts';
import type { Request } from '#db/repositories/handshakes.ts';
import { storeLike } from '#db/repositories/stores.ts';
import { answer } from '../handshakes/answering.ts';
import { saleContent, type SaleContent } from '../handshakes/content.ts';
import { customerAndDevice } from '../handshakes/people.ts';
import { subjectOf } from '../handshakes/subject.ts';
import type { CommandContext } from '../operation.ts';
import { registerOrder } from '../work-orders/new-order.ts';

const END_OF_WORK = 18 * 3_600_000; // what is wished for a day is promised for its end

/** Makes the reported sale a work order of this unit: delivery or installation at the customer's, on the wished day. */
export async function takeOn(ctx: CommandContext, request: Request): Promise<{ id: string; number: string }> {
  const content = saleContent(request);
  const order = await registerOrder(ctx, {
    ...(await customerAndDevice(ctx, content)),
    storeId: await storeHere(ctx, content),
    mode: 'on-site',
    kind: content.wants,
    channel: 'store',
    urgency: 'normal',
    warrantyClass: 'in',
    symptom: request.note || subjectOf({ customer: null, device: content.device }),
    appearance: '',
    accessories: '',
    visitAddress: content.address,
    estimate: 0,
    promisedAt: promiseOf(ctx, content),
    requestId: request.id,
  });
  await answer(ctx, request, { decision: 'accepted', workOrder: order });
  return order;
}

function promiseOf({ station }: CommandContext, { wishedOn }: SaleContent): number | null {
  return wishedOn === null ? null : startOfBusinessDate(wishedOn, station.timeZone) + END_OF_WORK;
}

/** The place of sale as it is known here: itself, or one of the same name. */
async function storeHere(ctx: CommandContext, { storeId, store }: SaleContent): Promise<string | null> {
  return storeLike(ctx.trx, { id: storeId, name: store });
}
