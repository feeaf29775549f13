import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import type { Request } from '#db/repositories/handshakes.ts';
import { customerFields, deviceFields } from '../customers/fields.ts';
import { businessDay, id, instant, money, optionalText, printable, quantity, text } from '../inputs.ts';

/**
 * What one unit tells another. All of it stands in the request, because the other may belong to another region and see none
 * of our customers, devices and orders. It comes from another database, so it is parsed before it is used.
 */

/** Rows of ours as they stand, imported ones too: longer or emptier than a form would take them. */
const words = (max = 2000) => printable(z.string().max(max));

const knownCustomer = customerFields.extend({
  id: id(),
  name: words(),
  phone: words(),
  secondPhone: words(),
  address: words(),
  note: words(),
});

const knownDevice = z.object({
  id: id(),
  category: words(),
  brand: words(),
  model: words(),
  serial: words(),
  madeYear: z.int().nullable(),
  boughtOn: words().nullable(),
  placeOfPurchase: words(),
  warrantyEndOn: words().nullable(),
  note: words(),
});

/** Work as the other is to do it. */
const work = z.object({
  kind: words(40),
  mode: z.enum(['carry-in', 'on-site']),
  urgency: z.enum(['normal', 'urgent']),
  warrantyClass: z.enum(['in', 'out', 'vendor']),
  symptom: words(),
  appearance: words(),
  accessories: words(),
  visitAddress: words(),
  promisedAt: instant().nullable(),
});

const referral = z.object({
  /** The asker's own number of the order. */
  order: work.extend({ number: text(60) }),
  customer: knownCustomer.nullable(),
  device: knownDevice,
  reason: text(200),
});

export const SALE_WANTS = ['installation', 'delivery'] as const;

const sale = z.object({
  wants: z.enum(SALE_WANTS),
  storeId: id().nullable(),
  store: optionalText(200),
  soldOn: businessDay(),
  wishedOn: businessDay().nullable(),
  address: text(300),
  invoice: optionalText(60),
  customer: customerFields,
  device: deviceFields,
  /** The number of the request that was refused before. */
  replaces: optionalText(60),
});

const transferLine = z.object({
  partId: id(),
  number: text(100),
  name: text(200),
  measure: optionalText(40),
  quantity: quantity(),
  /** Fen with which the line left, and with which it arrives. */
  value: money(),
  /** Serial or batch numbers of a tracked part. */
  lots: z.array(z.object({ lot: text(100), quantity: quantity() })).default([]),
});

const place = z.object({ id: id(), code: text(60), name: text(200) });

const transfer = z.object({ from: place, to: place, lines: z.array(transferLine).min(1) });

export type ReferralContent = z.output<typeof referral>;
export type SaleContent = z.output<typeof sale>;
export type TransferContent = z.output<typeof transfer>;

type Content = Pick<Request, 'number' | 'content'>;

/** @throws DomainError `request.unreadable` */
function contentOf<Schema extends z.ZodType>(schema: Schema, { number, content }: Content): z.output<Schema> {
  const parsed = schema.safeParse(JSON.parse(content));
  if (!parsed.success) throw new DomainError('request.unreadable', { number });
  return parsed.data;
}

export const referralContent = (request: Content): ReferralContent => contentOf(referral, request);
export const saleContent = (request: Content): SaleContent => contentOf(sale, request);
export const transferContent = (request: Content): TransferContent => contentOf(transfer, request);
