import { ONE_PIECE } from '#domain/quantity.ts';
import type { Purchase } from './states.tsx';

/** A delivery while it is being counted: what came of each line of the order, typed or scanned. */

export type OrderedLine = Purchase['lines'][number];

/** Thousandths, null or NaN: not (rightly) filled in. `numbers`: serial numbers, or the batch, as typed. */
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

const serialsOf = (numbers: string): string[] => numbers.split(/[\s,，;；]+/).filter((one) => one !== '');

/** What was typed on a line; serial numbers make its quantity. */
export function withCount(delivery: Delivery, line: OrderedLine, changes: Partial<Counted>): Delivery {
  const before = delivery[line.id] ?? { quantity: null, price: line.price, numbers: '' };
  const after = { ...before, ...changes };
  const count = serialsOf(after.numbers).length;
  const quantity = line.tracking !== 'serial' ? after.quantity : count === 0 ? null : count * ONE_PIECE;
  return { ...delivery, [line.id]: { ...after, quantity } };
}

/** `lineId`: the line that was counted, or whose serial numbers come next; undefined: no part of this order. */
export type Scanned = Readonly<{ delivery: Delivery; lineId: string | undefined }>;

/**
 * A scanned part counts one more on its line, the first of which something is outstanding. A part with serial numbers is
 * counted by them: what is scanned after it and is no part of the order is one of them.
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
    const quantity = (figure(delivery[line.id]?.quantity) ?? 0) + ONE_PIECE;
    return { delivery: withCount(delivery, line, { quantity }), lineId: line.id };
  }
  const last = lines.find(({ id }) => id === lastLineId);
  if (last?.tracking !== 'serial') return { delivery, lineId: undefined };
  const known = serialsOf(delivery[last.id]?.numbers ?? '');
  const numbers = [...known.filter((one) => one !== code), code].join(' ');
  return { delivery: withCount(delivery, last, { numbers }), lineId: last.id };
}

function lineOfCode(delivery: Delivery, lines: readonly OrderedLine[], code: string): OrderedLine | undefined {
  const wanted = code.toLowerCase();
  const same = lines.filter(
    ({ partNumber, barcode }) => partNumber.toLowerCase() === wanted || barcode.toLowerCase() === wanted,
  );
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

function lotsOf(tracking: OrderedLine['tracking'], numbers: string, quantity: number): Came['lots'] {
  if (tracking === 'serial') return serialsOf(numbers).map((lot) => ({ lot, quantity: ONE_PIECE }));
  const lot = numbers.trim();
  return tracking === 'batch' && lot !== '' ? [{ lot, quantity }] : [];
}

/** Whether more came of the line than was outstanding. */
export const isOver = (delivery: Delivery, { id, outstanding }: OrderedLine): boolean =>
  (figure(delivery[id]?.quantity) ?? 0) > outstanding;
