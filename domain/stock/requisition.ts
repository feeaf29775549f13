import { lineAmount } from '../quantity.ts';
import { returnPart } from './costing.ts';

// A requisition from its grant to its last shipment: what is granted and not shipped yet blocks the deposit with its amount.

/** Thousandths, and fen for one. */
export type Granted = Readonly<{ quantity: number; price: number }>;
/** Thousandths, and fen that were charged for them. */
export type Shipped = Readonly<{ quantity: number; charge: number }>;
/** Thousandths, and the fen they block. */
export type Rest = Readonly<{ quantity: number; amount: number }>;

/** What is left of a granted line: its shipments and their charges taken off, so that all charges add up to what was granted. */
export function restOf({ quantity, price }: Granted, shipments: readonly Shipped[]): Rest {
  const shipped = shipments.reduce((sum, one) => sum + one.quantity, 0);
  const charged = shipments.reduce((sum, one) => sum + one.charge, 0);
  const rest = quantity - shipped;
  return { quantity: rest, amount: rest === 0 ? 0 : Math.max(0, lineAmount(quantity, price) - charged) };
}

/** Fen that a part of the rest costs. @throws DomainError `stock.return-beyond-issue` beyond the rest */
export const chargeFor = ({ amount, quantity }: Rest, shipped: number): number => returnPart(amount, quantity, shipped);

type Progress = '' | 'partly-shipped' | 'shipped';

/** How far the whole has come. */
export function progressOf(lines: readonly Readonly<{ granted: Granted; rest: Rest }>[]): Progress {
  if (lines.every(({ rest }) => rest.quantity === 0)) return 'shipped';
  return lines.some(({ granted, rest }) => rest.quantity < granted.quantity) ? 'partly-shipped' : '';
}
