import { lineAmount } from '../quantity.ts';
import { EMPTY_STOCK, issue, returnPart, withdraw, type StockBalance } from './costing.ts';

// The ledger worked through once more from its first move: what each move must have been worth, and what must be there
// at the end. Moves come in the order of their numbers, one part in one warehouse after the other.

export type LedgerMove = Readonly<{
  warehouseId: string;
  partId: string;
  moveNo: number;
  quantity: number;
  value: number;
  price: number;
  kind: 'receipt' | 'issue' | 'material' | 'reversal';
  documentNumber: string;
  lineNo: number;
  workOrderPartId: string | null;
  /** Of a reversal: the value of the move it reverses, fen, signed. */
  reversedValue: number | null;
  /** Of what a transfer brought or brought back: the value it left with, fen; null of every other move. */
  shippedValue: number | null;
}>;

/** Where the books first differ from what they must be. Quantities in thousandths, values in fen. */
export type Difference = Readonly<{
  what: 'move-number' | 'move-value' | 'quantity' | 'value' | 'moves';
  warehouseId: string;
  partId: string;
  /** Of the move; empty where it is the balance that differs. */
  documentNumber: string;
  lineNo: number;
  expected: number;
  found: number;
}>;

/** What a material line holds: the quantity drawn and not put back, and its cost. */
type Drawn = StockBalance;
export type Replay = Readonly<{ balance: StockBalance; moves: number; drawn: Map<string, Drawn> }>;

export const nothingMoved = (): Replay => ({ balance: EMPTY_STOCK, moves: 0, drawn: new Map() });

/** The state after one more move, or where that move is wrong. The map of lines is carried on, as it grows with the ledger. */
export function replayMove(before: Replay, move: LedgerMove): Replay | Difference {
  const expectedNo = before.moves + 1;
  if (move.moveNo !== expectedNo) return differing(move, 'move-number', expectedNo, move.moveNo);
  if (-move.quantity > before.balance.quantity)
    return differing(move, 'quantity', 0 - before.balance.quantity, move.quantity);
  const expected = expectedValue(before, move);
  if (expected !== move.value) return differing(move, 'move-value', expected, move.value);
  noteDrawn(before.drawn, move);
  const { quantity, value } = before.balance;
  const balance = { quantity: quantity + move.quantity, value: value + move.value };
  return { balance, moves: move.moveNo, drawn: before.drawn };
}

/** Signed as the quantity. */
function expectedValue({ balance, drawn }: Replay, move: LedgerMove): number {
  const { kind, quantity, price } = move;
  if (quantity > 0) {
    if (kind === 'receipt') return move.shippedValue ?? lineAmount(quantity, price);
    if (kind === 'reversal') return 0 - (move.reversedValue ?? 0);
    const line = drawn.get(move.workOrderPartId ?? '') ?? EMPTY_STOCK;
    return quantity > line.quantity ? Number.NaN : returnPart(line.value, line.quantity, quantity);
  }
  const taken = 0 - quantity;
  const { value } =
    kind === 'reversal' ? withdraw(balance, taken, Math.max(0, move.reversedValue ?? 0)) : issue(balance, taken);
  return 0 - value;
}

function noteDrawn(drawn: Map<string, Drawn>, move: LedgerMove): void {
  const lineId = move.workOrderPartId;
  if (lineId === null) return;
  const line = drawn.get(lineId) ?? EMPTY_STOCK;
  const after = { quantity: line.quantity - move.quantity, value: line.value - move.value };
  if (after.quantity === 0) drawn.delete(lineId);
  else drawn.set(lineId, after);
}

/** How the balance that is kept differs from the one its moves make. */
export function differenceOfBalance(
  place: Readonly<{ warehouseId: string; partId: string }>,
  replayed: Replay,
  kept: StockBalance & Readonly<{ moves: number }>,
): Difference | undefined {
  const at = { ...place, documentNumber: '', lineNo: 0 };
  if (kept.moves !== replayed.moves) return differing(at, 'moves', replayed.moves, kept.moves);
  const { quantity, value } = replayed.balance;
  if (kept.quantity !== quantity) return differing(at, 'quantity', quantity, kept.quantity);
  if (kept.value !== value) return differing(at, 'value', value, kept.value);
  return undefined;
}

type Place = Pick<Difference, 'warehouseId' | 'partId' | 'documentNumber' | 'lineNo'>;

function differing(at: Place, what: Difference['what'], expected: number, found: number): Difference {
  const { warehouseId, partId, documentNumber, lineNo } = at;
  return { what, warehouseId, partId, documentNumber, lineNo, expected, found };
}

export const isDifference = (result: Replay | Difference): result is Difference => 'what' in result;
