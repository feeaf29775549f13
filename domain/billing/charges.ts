import { lineAmount } from '../quantity.ts';

// What the customer is charged for an order, in minor units.

export type ChargedOrder = Readonly<{
  warrantyClass: 'in' | 'out' | 'vendor';
  travelFee: number;
  discount: number;
  labour: ReadonlyArray<Readonly<{ fee: number }>>;
  parts: ReadonlyArray<
    Readonly<{ quantity: number; price: number; charge: 'customer' | 'warranty' | 'vendor' | 'free' }>
  >;
}>;

export type Charges = Readonly<{ labour: number; parts: number; travel: number; discount: number; total: number }>;

/**
 * Labour is charged out of warranty only: the fee of work under warranty or for a vendor is what the technician earns by
 * and the maker owes, not the customer. Parts are charged line by line as the technician marked them, and travel as he
 * entered it, since many warranties cover neither. A discount never makes more than what is charged.
 */
export function chargesOf(order: ChargedOrder): Charges {
  const labour = order.warrantyClass === 'out' ? sum(order.labour.map(({ fee }) => fee)) : 0;
  const parts = sum(order.parts.map(partCharge));
  const travel = order.travelFee;
  const discount = Math.min(order.discount, labour + parts + travel);
  return { labour, parts, travel, discount, total: labour + parts + travel - discount };
}

/** What the customer pays for a line of material: nothing, unless it is charged to him. */
export function partCharge(line: ChargedOrder['parts'][number]): number {
  return line.charge === 'customer' ? lineAmount(line.quantity, line.price) : 0;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
