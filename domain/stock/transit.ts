import { returnPart } from './costing.ts';

// Between two units: what was shipped, less what came into the receiver's stock, less what the shipper decided about the rest,
// is in transit. Quantities in thousandths, values and charges in fen; the parts of a line add up to the line exactly.

export const DIFFERENCES = ['shortage', 'damage', 'surplus'] as const;
export type Difference = (typeof DIFFERENCES)[number];

export const DECISIONS = ['found-here', 'written-off', 'charged', 'returned', 'sent-after'] as const;
export type Decision = (typeof DECISIONS)[number];

/**
 * What can become of a difference. Missing pieces are found, lost, or lost at the receiver's charge; damaged ones come back, or
 * are lost likewise; what came too much lies in no books but the shipper's, and is sent after or comes back.
 */
export const DECISIONS_ON: Readonly<Record<Difference, readonly Decision[]>> = {
  shortage: ['found-here', 'written-off', 'charged'],
  damage: ['returned', 'written-off', 'charged'],
  surplus: ['sent-after', 'returned'],
};

/** Good pieces, and others that arrived damaged. */
export type Count = Readonly<{ received: number; damaged: number }>;

export type Counted = Readonly<{ good: number; shortage: number; damage: number; surplus: number }>;

/** What of a line comes into stock, and what differs. Never more than was shipped comes into stock. */
export function countedOf(shipped: number, { received, damaged }: Count): Counted {
  const good = Math.min(received, shipped);
  const damage = Math.min(damaged, shipped - good);
  return { good, shortage: shipped - good - damage, damage, surplus: received + damaged - good - damage };
}

export type InTransit = Readonly<{ quantity: number; value: number; charge: number }>;

/** A part of it, and what is left. */
export function partOf(whole: InTransit, quantity: number): Readonly<{ part: InTransit; rest: InTransit }> {
  if (quantity === 0) return { part: { quantity: 0, value: 0, charge: 0 }, rest: whole };
  const value = returnPart(whole.value, whole.quantity, quantity);
  const charge = returnPart(whole.charge, whole.quantity, quantity);
  const rest = { quantity: whole.quantity - quantity, value: whole.value - value, charge: whole.charge - charge };
  return { part: { quantity, value, charge }, rest };
}

export type Closure = InTransit & Readonly<{ kind: Difference }>;

/** What of a line is still undecided: in transit, and a surplus that is in no books of the receiver. */
export type OpenLine = InTransit & Readonly<Record<Difference, number>>;

/** @param count null: all arrived as it left */
export function openLine(shipped: InTransit, count: Count | null, closures: readonly Closure[]): OpenLine {
  const counted = countedOf(shipped.quantity, count ?? { received: shipped.quantity, damaged: 0 });
  let { rest } = partOf(shipped, counted.good);
  const open = { shortage: counted.shortage, damage: counted.damage, surplus: counted.surplus };
  for (const { kind, quantity, value, charge } of closures) {
    open[kind] -= quantity;
    if (kind === 'surplus') continue;
    rest = { quantity: rest.quantity - quantity, value: rest.value - value, charge: rest.charge - charge };
  }
  return { ...rest, ...open };
}

export const isOpen = ({ shortage, damage, surplus }: OpenLine): boolean => shortage + damage + surplus > 0;
