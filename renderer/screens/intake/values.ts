import type { InputOf, OutputOf } from '#operations/index.ts';
import type { Photo } from '#renderer/ui/index.ts';

export type Intake = InputOf<'workOrders.registerIntake'>;
export type Hit = OutputOf<'customers.search'>['hits'][number];

/** A device registered before. */
export type KnownDevice = Readonly<{
  id: string;
  category: string;
  brand: string;
  model: string;
  serial: string;
  isUnderWarranty: boolean | null;
}>;

/** Who stands at the counter or is on the phone. */
export type Caller =
  | Readonly<{ kind: 'unknown' }>
  | Readonly<{ kind: 'new' }>
  | Readonly<{ kind: 'walk-in' }>
  | Readonly<{ kind: 'known'; id: string }>;

/** The form's fields, named as in the operation's input, so that its faults find them. */
export type Values = Readonly<{
  customer: Readonly<{
    kind: 'person' | 'dealer' | 'hypermarket' | 'group';
    name: string;
    phone: string;
    secondPhone: string;
    address: string;
  }>;
  device: Readonly<{
    category: string;
    brand: string;
    model: string;
    serial: string;
    madeYear: number | null;
    boughtOn: string | null;
    placeOfPurchase: string;
    warrantyEndOn: string | null;
  }>;
  mode: Intake['mode'];
  kind: NonNullable<Intake['kind']>;
  channel: NonNullable<Intake['channel']>;
  urgency: NonNullable<Intake['urgency']>;
  warrantyClass: NonNullable<Intake['warrantyClass']>;
  storeId: string | null;
  symptom: string;
  appearance: string;
  accessories: string;
  visitAddress: string;
  promisedAt: number | null;
  estimate: number | null;
  deposit: Readonly<{ amount: number | null; method: NonNullable<Intake['deposit']>['method'] }>;
  photos: readonly Photo[];
}>;

export const EMPTY: Values = {
  customer: { kind: 'person', name: '', phone: '', secondPhone: '', address: '' },
  device: {
    category: '',
    brand: '',
    model: '',
    serial: '',
    madeYear: null,
    boughtOn: null,
    placeOfPurchase: '',
    warrantyEndOn: null,
  },
  mode: 'carry-in',
  kind: 'repair',
  channel: 'counter',
  urgency: 'normal',
  warrantyClass: 'out',
  storeId: null,
  symptom: '',
  appearance: '',
  accessories: '',
  visitAddress: '',
  promisedAt: null,
  estimate: null,
  deposit: { amount: null, method: 'cash' },
  photos: [],
};

/** @param values all that was filled in; fields that are not shown keep what `EMPTY` says */
export function toIntake(values: Values, caller: Caller, device: KnownDevice | null): Intake {
  const { deposit, estimate, storeId, promisedAt, photos, ...rest } = values;
  return {
    ...rest,
    customer: customerOf(values, caller),
    device: device === null ? values.device : { id: device.id },
    visitAddress: values.mode === 'on-site' ? values.visitAddress : '',
    estimate: estimate ?? 0,
    storeId: storeId ?? null,
    promisedAt: promisedAt ?? null,
    deposit: deposit.amount === null ? null : { amount: deposit.amount, method: deposit.method },
    photos: [...photos],
  };
}

function customerOf(values: Values, caller: Caller): Intake['customer'] {
  if (caller.kind === 'walk-in') return null;
  return caller.kind === 'known' ? { id: caller.id } : values.customer;
}

/** A fragment typed in search of somebody, as the beginning of a new customer. */
export function newCustomerFrom(fragment: string): Partial<Values['customer']> {
  const text = fragment.trim();
  return /^[+\d][\d\s()-]*$/.test(text) ? { phone: text } : { name: text };
}
