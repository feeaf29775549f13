import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import type { Answer, Request } from '#db/repositories/handshakes.ts';
import { customerFields, deviceFields } from '../customers/fields.ts';
import { businessDay, id, instant, lots, money, optionalText, printable, quantity, text } from '../inputs.ts';

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
  lots: lots(),
  /** Fen that were charged to the receiver's deposit. */
  charge: money().default(0),
  /** Of the requisition that is served, from 1. */
  requisitionLine: z.int().min(1).nullable().default(null),
});

const place = z.object({ id: id(), code: text(60), name: text(200) });

const transfer = z.object({
  from: place,
  to: place,
  lines: z.array(transferLine).min(1),
  /** The number of the requisition that is served, or of the transfer that left with too little. */
  serves: optionalText(60),
  /** Why more went to a technician than his deposit covers. */
  exceeds: optionalText(200),
});

/** Thousandths, nothing at the least. */
const amountOf = () => z.int().min(0).max(1_000_000_000);

const requisition = z.object({
  /** Where the parts are to go. */
  to: place,
  lines: z
    .array(
      z.object({
        partId: id(),
        number: text(100),
        name: text(200),
        measure: optionalText(40),
        quantity: quantity(),
        note: optionalText(200),
        /** What lay in that warehouse when it was asked for. */
        onHand: amountOf(),
      }),
    )
    .min(1),
});

/** What is granted of a requisition, line by line of it; nothing where the line is refused. */
const grant = z.object({
  lines: z.array(z.object({ quantity: amountOf(), price: money(), note: optionalText(200) })),
  /** Why more was granted than the deposit covers. */
  exceeds: optionalText(200),
});

/** What arrived of a transfer, line by line of it: good pieces, and others that were damaged. */
const count = z.object({
  lines: z.array(z.object({ received: amountOf(), damaged: amountOf(), note: optionalText(200), lots: lots() })),
});

export type ReferralContent = z.output<typeof referral>;
export type SaleContent = z.output<typeof sale>;
export type TransferContent = z.output<typeof transfer>;
export type RequisitionContent = z.output<typeof requisition>;
export type GrantContent = z.output<typeof grant>;
export type CountContent = z.output<typeof count>;

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
export const requisitionContent = (request: Content): RequisitionContent => contentOf(requisition, request);

type Answered = Readonly<{ request: Pick<Request, 'number'>; answer: Pick<Answer, 'content'> | null }>;

/** Null before it is granted. @throws DomainError `request.unreadable` */
export const grantOf = (answered: Answered): GrantContent | null => saidIn(grant, answered);
/** Null where all arrived as it left. @throws DomainError `request.unreadable` */
export const countOf = (answered: Answered): CountContent | null => saidIn(count, answered);

function saidIn<Schema extends z.ZodType>(schema: Schema, { request, answer }: Answered): z.output<Schema> | null {
  const content = answer?.content ?? '';
  return content === '' ? null : contentOf(schema, { number: request.number, content });
}
