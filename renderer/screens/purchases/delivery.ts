import { ONE_PIECE } from '#domain/quantity.ts';
import { lotsOf, quantityNamed, withLot } from '../stock/lots-typed.ts';
import type { Purchase } from './states.tsx';

/** A delivery while it is being counted: what came of each line of the order, typed or scanned. */

export type OrderedLine = Purchase['lines'][number];

/** Thousandths, null or NaN: not (rightly) filled in. `numbers`: serial numbers, or batches, as typed. */
export type Counted = Readonly<{ quantity: number | null; price: number | null; numbers: string }>;
export type Delivery = Readonly<Record<string, Counted>>;

export function emptyDelivery(lines: readonly OrderedLine[]): Delivery {
  return Object.fromEntries(lines.map(({ id, price }) => [id, { quantity: null, price, numbers: '' }]));
}

/** Everything that is still to come has come; what has numbers is left to be counted by them. */
export function allOutstanding(delivery: Delivery, lines: readonly OrderedLine[]): Delivery {
  const counted = lines.flatMap(({ id, outstanding, tracking }) => {
    const before = delivery[id];
    const isByNumbers = tracking === 'serial' || outstanding === 0;
    return before && !isByNumbers ? [[id, { ...before, quantity: outstanding }] as const] : [];
  });
  return { ...delivery, ...Object.fromEntries(counted) };
}

/** What was typed on a line; serial numbers, and batches that have theirs, make its quantity. */
export function withCount(delivery: Delivery, line: OrderedLine, changes: Partial<Counted>): Delivery {
  const before = delivery[line.id] ?? { quantity: null, price: line.price, numbers: '' };
  const after = { ...before, ...changes };
  const made = quantityNamed(line.tracking, after.numbers);
  const quantity = line.tracking === 'serial' || made !== null ? made : after.quantity;
  return { ...delivery, [line.id]: { ...after, quantity } };
}

/** `lineId`: the line that was counted, or whose numbers come next; undefined: no part of this order. */
export type Scanned = Readonly<{ delivery: Delivery; lineId: string | undefined }>;

/**
 * A scanned part counts one more on its line, the first of which something is outstanding. A part with serial numbers is
 * counted by them: what is scanned after it and is no part of the order is one of them. After a part with batches it is the
 * batch of what was counted since, or of one more.
 */
export function scanned(
  delivery: Delivery,
  lines: readonly OrderedLine[],
  code: string,
  lastLineId: string | undefined,
): Scanned {
  const line = lineOfCode(delivery, lines, code);
  if (line?.tracking === 'serial') return { delivery, lineId: line.id };
  if (line) {
    const before = delivery[line.id] ?? { quantity: null, price: line.price, numbers: '' };
    const quantity = (figure(before.quantity) ?? 0) + ONE_PIECE;
    return { delivery: { ...delivery, [line.id]: { ...before, quantity } }, lineId: line.id };
  }
  const last = lines.find(({ id }) => id === lastLineId);
  if (!last || last.tracking === 'none') return { delivery, lineId: undefined };
  return { delivery: withNumber(delivery, last, code), lineId: last.id };
}

function withNumber(delivery: Delivery, line: OrderedLine, number: string): Delivery {
  const { numbers = '', quantity } = delivery[line.id] ?? {};
  return withCount(delivery, line, { numbers: withLot(line.tracking, numbers, figure(quantity) ?? 0, number) });
}

function lineOfCode(delivery: Delivery, lines: readonly OrderedLine[], code: string): OrderedLine | undefined {
  const wanted = code.toLowerCase();
  const same = lines.filter(({ codes }) => codes.includes(wanted));
  return same.find(({ id, outstanding }) => (figure(delivery[id]?.quantity) ?? 0) < outstanding) ?? same[0];
}

const figure = (value: number | null | undefined): number | undefined =>
  typeof value === 'number' && !Number.isNaN(value) ? value : undefined;

export type Came = Readonly<{
  lineId: string;
  quantity: number;
  price: number;
  lots: { lot: string; quantity: number }[];
}>;

/** What is sent of it: the lines of which something came. */
export function cameOf(delivery: Delivery, lines: readonly OrderedLine[]): Came[] {
  return lines.flatMap(({ id: lineId, tracking }) => {
    const { quantity, price, numbers } = delivery[lineId] ?? { quantity: null, price: null, numbers: '' };
    if (quantity === null || quantity === 0) return [];
    return [{ lineId, quantity, price: price ?? Number.NaN, lots: lotsOf(tracking, numbers, quantity) }];
  });
}

/** Whether more came of the line than was outstanding. */
export const isOver = (delivery: Delivery, { id, outstanding }: OrderedLine): boolean =>
  (figure(delivery[id]?.quantity) ?? 0) > outstanding;
