import type { OutputOf } from '#operations/index.ts';

export type SaleValues = Readonly<{
  wants: 'installation' | 'delivery';
  store: string;
  soldOn: string;
  wishedOn: string | null;
  address: string;
  invoice: string;
  note: string;
  customer: Readonly<{ name: string; phone: string; secondPhone: string }>;
  device: Readonly<{ category: string; brand: string; model: string; serial: string }>;
  /** Undefined: whoever is suggested. */
  toUnitId?: string | undefined;
}>;

export const emptyValues = (today: string): SaleValues => ({
  wants: 'installation',
  store: '',
  soldOn: today,
  wishedOn: null,
  address: '',
  invoice: '',
  note: '',
  customer: { name: '', phone: '', secondPhone: '' },
  device: { category: '', brand: '', model: '', serial: '' },
  toUnitId: undefined,
});

/** A report once more, as it was; only whom to ask is open again. */
export function valuesOf({ content, note }: OutputOf<'sales.get'>): SaleValues {
  const { wants, store, soldOn, wishedOn, address, invoice, customer, device } = content;
  const { name, phone, secondPhone } = customer;
  const { category, brand, model, serial } = device;
  return {
    wants,
    store,
    soldOn,
    wishedOn,
    address,
    invoice,
    note,
    customer: { name, phone, secondPhone },
    device: { category, brand, model, serial },
    toUnitId: undefined,
  };
}
