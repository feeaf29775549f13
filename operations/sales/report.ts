import { z } from 'zod';
import { standingOf } from '#domain/handshakes/standing.ts';
import { DomainError } from '#domain/errors.ts';
import { rememberValues } from '#db/repositories/dictionaries.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { answerTo, replacementOf } from '#db/repositories/handshakes.ts';
import { customerFields, deviceFields } from '../customers/fields.ts';
import { ask, requireActiveUnit, requireOwnRequest } from '../handshakes/asking.ts';
import { SALE_WANTS, type SaleContent } from '../handshakes/content.ts';
import { subjectOf } from '../handshakes/subject.ts';
import { businessDay, id, optionalText, text } from '../inputs.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { takeOn } from './acceptance.ts';
import { activeUnits, providerFor } from './providers.ts';

const report = z.object({
  /** Who is to do the work; null: whose contract covers the address, and this unit where none does. */
  toUnitId: id().nullable().default(null),
  wants: z.enum(SALE_WANTS),
  /** A place of sale that is known, or the name of one. */
  storeId: id().nullable().default(null),
  store: optionalText(200),
  soldOn: businessDay(),
  wishedOn: businessDay().nullable().default(null),
  address: text(300),
  invoice: optionalText(60),
  note: optionalText(500),
  customer: customerFields,
  device: deviceFields,
  /** A report of this unit that was refused: this one asks somebody else. */
  replacesId: id().nullable().default(null),
});

type Report = z.output<typeof report>;

/** A store has sold a device that is to be delivered or installed: the unit that serves the address is asked to do it. */
export const reportSale = defineCommand({
  name: 'sales.report',
  right: 'sales.report',
  input: report,

  async run(ctx, input) {
    if (input.soldOn > ctx.today) throw fieldFault('soldOn', 'inTheFuture');
    const { unitId: toUnitId, unit } = await providerOf(ctx, input);
    const content = await contentOf(ctx, input);
    const subject = subjectOf(content);
    const { note, replacesId } = input;
    const request = await ask(ctx, { kind: 'sale', toUnitId, subject, content, note, replacesId });
    await rememberValues(ctx.trx, ctx.newId, {
      category: input.device.category,
      brand: input.device.brand,
      model: input.device.model,
      'place-of-purchase': content.store,
    });
    const order = toUnitId === ctx.station.unitId ? await takeOn(ctx, request) : null;
    return { id: request.id, number: request.number, toUnitId, unit, workOrder: order };
  },
});

async function providerOf(ctx: CommandContext, input: Report): Promise<{ unitId: string; unit: string }> {
  const { address, wants } = input;
  const suggested =
    input.toUnitId === null &&
    (await providerFor(ctx.trx, await activeUnits(ctx.trx), { address, wants, on: ctx.today }));
  const wanted = input.toUnitId ?? (suggested ? suggested.unitId : ctx.station.unitId);
  const unit = await requireActiveUnit(ctx, wanted, 'toUnitId');
  return { unitId: unit.id, unit: unit.name };
}

async function contentOf(ctx: CommandContext, input: Report): Promise<SaleContent> {
  const { wants, storeId, soldOn, wishedOn, address, invoice, customer, device } = input;
  const known = storeId === null ? null : await requireRow<{ name: string }>(ctx.trx, 'stores', storeId, 'store');
  const store = known?.name ?? input.store;
  const bought = { boughtOn: device.boughtOn ?? soldOn, placeOfPurchase: device.placeOfPurchase || store };
  return {
    wants,
    storeId,
    store,
    soldOn,
    wishedOn,
    address,
    invoice,
    customer,
    device: { ...device, ...bought },
    replaces: input.replacesId === null ? '' : await numberOfRefused(ctx, input.replacesId),
  };
}

/** @throws DomainError `request.wrong-state` unless it was refused and nobody else was asked yet */
async function numberOfRefused(ctx: CommandContext, replacesId: string): Promise<string> {
  const before = await requireOwnRequest(ctx, 'sale', replacesId);
  const followUp = (await replacementOf(ctx.trx, replacesId)) === undefined ? null : 'replaced';
  const { state } = standingOf(before, (await answerTo(ctx.trx, replacesId)) ?? null, followUp);
  if (state !== 'refused') throw new DomainError('request.wrong-state', { number: before.number, state });
  return before.number;
}
