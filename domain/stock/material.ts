import { returnPart } from './costing.ts';
import { drawFromBatches, lotsBeyond, quantityOf, type Lot } from './lots.ts';

// The material list of a work order as stock moves: what changed since it was saved last.

export type MaterialLine = Readonly<{
  id: string;
  warehouseId: string;
  partId: string;
  /** Thousandths. */
  quantity: number;
  /** Fen of the whole line: what its moves took out of stock. */
  cost: number;
  /** Of a tracked part: what its moves took. */
  lots?: readonly Lot[];
}>;

/** `lots`: of a tracked part, all of the line; empty where nobody says. */
export type WantedLine = Readonly<{
  id: string;
  warehouseId: string;
  partId: string;
  quantity: number;
  price: number;
  lots?: readonly Lot[];
}>;

type Step = Readonly<{
  lineId: string;
  /** The line as the user counts it, from 1; 0 of a line that he removed. */
  line: number;
  warehouseId: string;
  partId: string;
  quantity: number;
  price: number;
  lots: readonly Lot[];
}>;
export type PutBack = Step & Readonly<{ value: number }>;
export type Draw = Step;

/**
 * What goes back into stock, with the value it left with, and what is drawn. Putting back comes first, so that one line
 * can give what another one takes. A line with another part or warehouse is put back whole and drawn anew; one with another
 * serial number gives one piece and takes the other.
 */
export function materialSteps(
  before: readonly MaterialLine[],
  wanted: readonly WantedLine[],
): Readonly<{ putBack: PutBack[]; draw: Draw[] }> {
  const wantedById = new Map(wanted.map((line, index) => [line.id, { ...line, line: index + 1 }]));
  const putBack = before.flatMap((line) => backOf(line, wantedById.get(line.id)));
  const beforeById = new Map(before.map((line) => [line.id, line]));
  const draw = wanted.flatMap((line, index) => {
    const held = beforeById.get(line.id);
    const kept = held && isSamePlace(held, line) ? held.quantity - goingBack(held, line).quantity : 0;
    const quantity = line.quantity - kept;
    const lots = lotsBeyond(line.lots ?? [], kept > 0 ? (held?.lots ?? []) : []);
    return quantity > 0 ? [{ ...stepOf(line), line: index + 1, quantity, price: line.price, lots }] : [];
  });
  return { putBack, draw };
}

function backOf(line: MaterialLine, wanted: (WantedLine & Readonly<{ line: number }>) | undefined): PutBack[] {
  const { quantity, lots } = goingBack(line, wanted);
  if (quantity === 0) return [];
  const value = returnPart(line.cost, line.quantity, quantity);
  return [{ ...stepOf(line), line: wanted?.line ?? 0, quantity, price: wanted?.price ?? 0, lots, value }];
}

/** What a line gives back; of lots that nobody named, those that were drawn last. */
function goingBack(line: MaterialLine, wanted: WantedLine | undefined): Pick<Step, 'quantity' | 'lots'> {
  const { quantity, lots = [] } = line;
  if (!wanted || !isSamePlace(line, wanted)) return { quantity, lots };
  if (wanted.lots?.length) {
    const back = lotsBeyond(lots, wanted.lots);
    return { quantity: quantityOf(back), lots: back };
  }
  const less = Math.max(0, quantity - wanted.quantity);
  return { quantity: less, lots: drawFromBatches(lots.toReversed(), less) };
}

type Place = Readonly<{ warehouseId: string; partId: string }>;

function isSamePlace(a: Place, b: Place): boolean {
  return a.warehouseId === b.warehouseId && a.partId === b.partId;
}

function stepOf({ id, warehouseId, partId }: Place & Readonly<{ id: string }>) {
  return { lineId: id, warehouseId, partId };
}

export const CHARGES = ['customer', 'warranty', 'vendor', 'free'] as const;
export type Charge = (typeof CHARGES)[number];

/** Who pays for a part, unless somebody says otherwise. */
export function usualCharge(warrantyClass: 'in' | 'out' | 'vendor'): Charge {
  if (warrantyClass === 'out') return 'customer';
  return warrantyClass === 'in' ? 'warranty' : 'vendor';
}
