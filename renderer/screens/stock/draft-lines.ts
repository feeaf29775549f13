import { useRef, useState } from 'react';
import { lineAmount } from '#domain/quantity.ts';
import { quantityOf, type Lot, type Tracking } from '#domain/stock/lots.ts';
import type { InputOf, OutputOf } from '#operations/index.ts';

/** Lines of a document that is being written: a receipt, an issue, a material list. */

export type PartFound = OutputOf<'stock.findParts'>['parts'][number];
export type NewPart = NonNullable<InputOf<'stock.receive'>['lines'][number]['newPart']>;
export type Charge = NonNullable<NonNullable<InputOf<'jobs.saveMaterial'>['lines'][number]['charge']>>;

/** Serial and batch numbers: of what comes in, of what lies there and goes out, or of what is only wanted, none yet. */
export type Numbers = 'in' | 'out' | 'none';

export type DraftPart = Readonly<{
  /** Null: one that comes into the catalogue with the document. */
  id: string | null;
  number: string;
  name: string;
  measure: string;
  /** Left out: none. */
  tracking?: Tracking;
  /** Fen for one, where a price follows from it. */
  salePrice?: number;
  newPart?: NewPart;
}>;

export type DraftLine = Readonly<{
  key: string;
  part: DraftPart;
  warehouseId: string;
  /** Thousandths; null or NaN: not (rightly) filled in. */
  quantity: number | null;
  /** Fen for one. */
  price: number | null;
  /** Thousandths that can be had for this line; null where it doesn't matter. */
  available: number | null;
  /** Thousandths of them that are kept back for others. */
  reserved?: number;
  /** Of a material line saved before. */
  savedId: string | null;
  charge: Charge;
  /** Serial or batch numbers; their quantities make the line's. */
  lots?: readonly Lot[];
}>;

export const isFigure = (value: number | null | undefined): value is number =>
  typeof value === 'number' && !Number.isNaN(value);

/** Quantity and price can be sent. */
export const isComplete = (line: DraftLine): boolean =>
  isFigure(line.quantity) && line.quantity > 0 && isFigure(line.price);

export const isShort = (line: DraftLine): boolean =>
  line.available !== null && isFigure(line.quantity) && line.quantity > line.available;

/** There is enough, but not without what is kept back for others. */
export const isKeptForOthers = ({ available, reserved = 0, quantity }: DraftLine): boolean =>
  available !== null && isFigure(quantity) && quantity <= available && quantity > available - reserved;

/** Fen; nothing where a figure is missing. */
export function amountOf({ quantity, price }: Pick<DraftLine, 'quantity' | 'price'>): number {
  return isFigure(quantity) && isFigure(price) && quantity * price < Number.MAX_SAFE_INTEGER
    ? lineAmount(quantity, price)
    : 0;
}

export const totalOf = (lines: readonly DraftLine[]): number => lines.reduce((sum, line) => sum + amountOf(line), 0);

export type Draft = Readonly<{
  lines: readonly DraftLine[];
  isDirty: boolean;
  add: (line: Omit<DraftLine, 'key'>) => void;
  change: (key: string, changes: Partial<DraftLine>) => void;
  changeAll: (changes: (line: DraftLine) => Partial<DraftLine>) => void;
  remove: (key: string) => void;
  clear: () => void;
}>;

/** @param saved what was there before: changing nothing leaves the draft clean */
export function useDraftLines(saved: readonly DraftLine[] = []): Draft {
  const [lines, setLines] = useState(saved);
  const [isDirty, setDirty] = useState(false);
  const count = useRef(0);
  function update(next: (before: readonly DraftLine[]) => readonly DraftLine[]): void {
    setLines(next);
    setDirty(true);
  }
  return {
    lines,
    isDirty,
    add: (line) => {
      const key = `new-${++count.current}`;
      update((before) => merged(before, line) ?? [...before, { ...line, key }]);
    },
    change: (key, changes) =>
      update((before) => before.map((line) => (line.key === key ? { ...line, ...changes } : line))),
    changeAll: (changes) => setLines((before) => before.map((line) => ({ ...line, ...changes(line) }))),
    remove: (key) => update((before) => before.filter((line) => line.key !== key)),
    clear: () => {
      setLines([]);
      setDirty(false);
    },
  };
}

/** The same part scanned once more counts on its line. */
function merged(before: readonly DraftLine[], added: Omit<DraftLine, 'key'>): readonly DraftLine[] | undefined {
  const same = before.find(
    (line) =>
      line.part.id !== null &&
      line.part.id === added.part.id &&
      line.warehouseId === added.warehouseId &&
      line.price === added.price &&
      line.charge === added.charge,
  );
  if (!same || !isFigure(same.quantity) || !isFigure(added.quantity)) return undefined;
  const lots = joined(same, added.lots ?? []);
  const quantity = lots.length > 0 ? quantityOf(lots) : same.quantity + added.quantity;
  return before.map((line) => (line === same ? { ...line, quantity, lots } : line));
}

/** A piece that was scanned already counts once. */
function joined({ part, lots: before = [] }: DraftLine, added: readonly Lot[]): readonly Lot[] {
  if (part.tracking === 'serial')
    return [...before, ...added.filter(({ lot }) => !before.some((one) => one.lot === lot))];
  const all = Map.groupBy([...before, ...added], ({ lot }) => lot);
  return [...all].map(([lot, same]) => ({ lot, quantity: quantityOf(same) }));
}
