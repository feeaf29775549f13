import type { InputOf, OutputOf } from '#operations/index.ts';

/** A part as its form holds it. */

export type PartSheet = OutputOf<'stock.part'>;
type Input = InputOf<'setup.savePart'>;
export type PartValues = Readonly<{ fields: Input['fields']; lists: NonNullable<Input['lists']> }>;

const NEW: PartValues = {
  fields: {
    number: '',
    name: '',
    measure: '',
    barcode: '',
    salePrice: 0,
    isActive: true,
    category: '',
    tracking: 'none',
    isOldReturned: false,
    oldDueDays: 0,
    oldAmount: 0,
  },
  lists: { models: [], barcodes: [], suppliers: [], prices: [] },
};

export function valuesOf(part: PartSheet | null): PartValues {
  if (part === null) return NEW;
  const { number, name, measure, barcode, salePrice, isActive, category, tracking } = part;
  const { isOldReturned, oldDueDays, oldAmount, lists } = part;
  const old = { isOldReturned, oldDueDays, oldAmount };
  const fields = { number, name, measure, barcode, salePrice, isActive, category, tracking, ...old };
  // What was read is laid out anew: the form's lists are its own to change.
  const { models, barcodes, suppliers, prices } = lists;
  return {
    fields,
    lists: { models: [...models], barcodes: [...barcodes], suppliers: [...suppliers], prices: [...prices] },
  };
}

/** Figures that were left empty are nothing, and so is what depends on a box that isn't ticked. */
export function inputOf({ fields, lists }: PartValues): PartValues {
  const { oldDueDays, oldAmount, isOldReturned } = fields;
  const suppliers = (lists.suppliers ?? []).map((one) => ({
    ...one,
    price: one.price ?? 0,
    leadDays: one.leadDays ?? 0,
  }));
  return {
    fields: {
      ...fields,
      salePrice: fields.salePrice ?? 0,
      oldDueDays: isOldReturned ? (oldDueDays ?? 0) : 0,
      oldAmount: isOldReturned ? (oldAmount ?? 0) : 0,
    },
    lists: { ...lists, suppliers },
  };
}
