import { z } from 'zod';
import { businessDay, optionalPhone, optionalText, phone, text } from '../inputs.ts';

export const PAYMENT_METHODS = ['cash', 'card', 'wechat', 'alipay', 'transfer'] as const;

export const customerFields = z.object({
  kind: z.enum(['person', 'dealer', 'hypermarket', 'group']).default('person'),
  name: text(100),
  phone: phone(),
  secondPhone: optionalPhone(),
  address: optionalText(300),
  note: optionalText(1000),
});

export const deviceFields = z.object({
  category: text(100),
  brand: optionalText(100),
  model: optionalText(100),
  serial: optionalText(100),
  madeYear: z.int().min(1900).max(2200).nullable().default(null),
  boughtOn: businessDay().nullable().default(null),
  placeOfPurchase: optionalText(200),
  warrantyEndOn: businessDay().nullable().default(null),
  note: optionalText(1000),
});

/** What stood, before a change, in the fields that are changed: for the audit log. */
export function standingIn(before: object, fields: object): object {
  const values: Readonly<Record<string, unknown>> = { ...before };
  return Object.fromEntries(Object.keys(fields).map((key) => [key, values[key]]));
}
