import { DomainError } from '../errors.ts';

// An order to a supplier: requested, approved by somebody else, ordered, and delivered in as many parts as it takes.

export const PURCHASE_STATES = ['requested', 'approved', 'ordered', 'closed', 'refused', 'cancelled'] as const;
export type PurchaseState = (typeof PURCHASE_STATES)[number];

/** `received` and `reversed` are deliveries and their reversals; the last delivery closes the order. */
export type PurchaseStep =
  | 'requested'
  | 'changed'
  | 'approved'
  | 'refused'
  | 'ordered'
  | 'received'
  | 'reversed'
  | 'closed'
  | 'cancelled';

type Move = Readonly<{ from: readonly PurchaseState[]; to: PurchaseState }>;

const MOVES: Readonly<Record<Exclude<PurchaseStep, 'requested'>, Move>> = {
  changed: { from: ['requested'], to: 'requested' },
  approved: { from: ['requested'], to: 'approved' },
  refused: { from: ['requested'], to: 'refused' },
  ordered: { from: ['approved'], to: 'ordered' },
  received: { from: ['ordered'], to: 'ordered' },
  // Whoever closed it counted on what had come: without that it is outstanding again.
  reversed: { from: ['ordered', 'closed'], to: 'ordered' },
  closed: { from: ['ordered'], to: 'closed' },
  cancelled: { from: ['requested', 'approved', 'ordered'], to: 'cancelled' },
};

/** @throws DomainError `purchase.wrong-state {number, state}` */
export function stateAfter(
  step: Exclude<PurchaseStep, 'requested'>,
  { number, state }: Readonly<{ number: string; state: PurchaseState }>,
): PurchaseState {
  const { from, to } = MOVES[step];
  if (!from.includes(state)) throw new DomainError('purchase.wrong-state', { number, state });
  return to;
}

/** Thousandths. `received` is what came less what was reversed; it may be more than was ordered. */
export type OrderedLine = Readonly<{ id: string; quantity: number; received: number }>;
export type DeliveredLine = Readonly<{ lineId: string; quantity: number }>;

/** Thousandths that are still to come; what came beyond the order is nobody else's. */
export function outstandingOf({ quantity, received }: Pick<OrderedLine, 'quantity' | 'received'>): number {
  return Math.max(0, quantity - received);
}

export const isDelivered = (lines: readonly OrderedLine[]): boolean => lines.every((line) => outstandingOf(line) === 0);

/** The lines of the order with a delivery added; a line that comes twice in it counts twice. */
export function withDelivery(lines: readonly OrderedLine[], delivery: readonly DeliveredLine[]): OrderedLine[] {
  return lines.map((line) => {
    const came = delivery.filter(({ lineId }) => lineId === line.id);
    return { ...line, received: came.reduce((sum, { quantity }) => sum + quantity, line.received) };
  });
}

/** `index` in the delivery; `outstanding` before that line of it, `quantity` what it brings (thousandths). */
export type OverDelivery = Readonly<{ index: number; outstanding: number; quantity: number }>;

/** The lines of a delivery that bring more than was outstanding by then. */
export function overDeliveries(lines: readonly OrderedLine[], delivery: readonly DeliveredLine[]): OverDelivery[] {
  const rest = new Map(lines.map((line) => [line.id, outstandingOf(line)]));
  return delivery.flatMap(({ lineId, quantity }, index) => {
    const outstanding = rest.get(lineId) ?? 0;
    rest.set(lineId, Math.max(0, outstanding - quantity));
    return quantity > outstanding ? [{ index, outstanding, quantity }] : [];
  });
}
