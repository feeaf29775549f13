import { z } from 'zod';
import type { FieldFault } from '#domain/errors.ts';
import { DomainError } from '#domain/errors.ts';
import { UNIT_KINDS } from '#domain/organisation/kinds.ts';
import { CUSTOMER_CLASSES } from '#domain/stock/prices.ts';
import { id, money, optionalText, text } from '../inputs.ts';

const model = z.object({ brand: optionalText(60), model: text(100) });

const supplier = z.object({
  supplierId: id(),
  supplierNumber: optionalText(60),
  /** Fen for one. */
  price: money().default(0),
  leadDays: z.int().min(0).max(3650).default(0),
  isPreferred: z.boolean().default(false),
});

const price = z.object({
  /** Kind of the unit that sells; empty: any. */
  level: z.enum([...UNIT_KINDS, '']).default(''),
  /** Who buys; empty: anybody. */
  customerClass: z.enum([...CUSTOMER_CLASSES, '']).default(''),
  price: money(),
});

/** Saved whole with the part. */
export const partListFields = z.object({
  models: z.array(model).max(500).default([]),
  barcodes: z.array(text(50)).max(100).default([]),
  suppliers: z.array(supplier).max(50).default([]),
  prices: z.array(price).max(60).default([]),
});

type Lists = z.output<typeof partListFields>;

/** @throws DomainError `input.invalid` with what is there twice, or preferred though another one is */
export function requireDistinct({ models, barcodes, suppliers, prices }: Lists, ownBarcode: string): void {
  const faults = [
    ...repeated(models, ({ brand, model }) => `${brand} ${model}`.toLowerCase(), 'lists.models', 'model'),
    ...repeated([ownBarcode, ...barcodes], (code) => code, 'lists.barcodes', '', -1),
    ...repeated(suppliers, ({ supplierId }) => supplierId, 'lists.suppliers', 'supplierId'),
    ...repeated(suppliers, ({ isPreferred }) => (isPreferred ? 'yes' : ''), 'lists.suppliers', 'isPreferred'),
    ...repeated(prices, (one) => `${one.level} ${one.customerClass}`, 'lists.prices', 'customerClass'),
  ];
  if (faults.length > 0) throw new DomainError('input.invalid', { faults });
}

/** Each row whose key an earlier one has; rows without a key have none. @param offset of the first row's place in the list */
function repeated<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  path: string,
  field: string,
  offset = 0,
): FieldFault[] {
  const seen = new Set<string>();
  return rows.flatMap((row, index) => {
    const key = keyOf(row);
    if (key === '' || !seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ path: [path, index + offset, field].filter((step) => step !== '').join('.'), rule: 'duplicate' }];
  });
}
