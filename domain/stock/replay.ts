import { lineAmount } from '../quantity.ts';
import { EMPTY_STOCK, issue, returnPart, valueReceived, withdraw, type StockBalance } from './costing.ts';

// The ledger worked through once more from its first move: what each move must have been worth, and what must be there
// at the end. Moves come in the order of their numbers, one part in one warehouse after the other. What is wrong is named
// and the work goes on with the figures that stand, so that one fault hides no other.

export type LedgerMove = Readonly<{
  moveNo: number;
  /** Thousandths, signed: what came in is above 0. */
  quantity: number;
  /** Fen, signed as the quantity. */
  value: number;
  /** Fen for one. */
  price: number;
  /**
   * What fixes its value: bought or taken out; drawn for a material line or put back; undone; arrived from a shipment; back
   * from an issue; back to the supplier.
   */
  kind: 'receipt' | 'issue' | 'material' | 'reversal' | 'transfer' | 'return' | 'supplier-return';
  /**
   * Of a reversal: the value of the move it undoes, signed. Of an arrival: what it left with. Of parts that go back to their
   * supplier: what they came in with. Null where there is none.
   */
  givenValue: number | null;
  /**
   * Of what is put back on a material line or comes back from an issue: the quantity that was still out, and its cost. Of what
   * goes back to its supplier: the quantity received, and how much of it had gone back. Both 0 for any other move.
   */
  drawnQuantity: number;
  drawnValue: number;
}>;

export type LedgerRule =
  | 'move-number'
  | 'quantity-below-zero'
  | 'move-value'
  | 'value-below-zero'
  | 'value-without-quantity'
  | 'balance-missing'
  | 'moves-missing'
  | 'balance-quantity'
  | 'balance-value'
  | 'balance-moves';

/** A rule that is broken. Quantities in thousandths, values in fen; `expected` is null where no figure would be right. */
export type LedgerFault = Readonly<{ rule: LedgerRule; expected: number | null; found: number }>;

export type Replay = Readonly<{ balance: StockBalance; lastNo: number; moves: number }>;

export const NOTHING_MOVED: Replay = { balance: EMPTY_STOCK, lastNo: 0, moves: 0 };

/** The state after one more move, and the rules that this move breaks. */
export function replayMove(
  before: Replay,
  move: LedgerMove,
): Readonly<{ after: Replay; faults: readonly LedgerFault[] }> {
  const { quantity, value } = before.balance;
  const balance = { quantity: quantity + move.quantity, value: value + move.value };
  const after = { balance, lastNo: move.moveNo, moves: before.moves + 1 };
  return { after, faults: faultsOfMove(before, move, balance) };
}

/** What stays below 0 is named where it fell, not at each move until it is above again. */
function faultsOfMove(before: Replay, move: LedgerMove, after: StockBalance): LedgerFault[] {
  const { quantity, value } = before.balance;
  const faults: LedgerFault[] = [];
  const nextNo = before.lastNo + 1;
  if (move.moveNo !== nextNo) faults.push({ rule: 'move-number', expected: nextNo, found: move.moveNo });
  if (after.quantity < 0 && quantity >= 0)
    faults.push({ rule: 'quantity-below-zero', expected: 0, found: after.quantity });
  // More than there is has no average.
  const isOverdrawn = 0 - move.quantity > quantity;
  const expected = isOverdrawn ? move.value : valueOf(before.balance, move);
  if (expected !== move.value) faults.push({ rule: 'move-value', expected, found: move.value });
  if (after.value < 0 && value >= 0) faults.push({ rule: 'value-below-zero', expected: 0, found: after.value });
  if (after.quantity === 0 && after.value !== 0)
    faults.push({ rule: 'value-without-quantity', expected: 0, found: after.value });
  return faults;
}

/** Null where a figure is too big to count with, which no move that was posted is. */
function valueOf(balance: StockBalance, move: LedgerMove): number | null {
  try {
    return move.quantity > 0 ? valueIn(move) : valueOut(balance, move);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** What comes in has its own value, whatever the average is; null where what it came from doesn't say one. */
function valueIn({ kind, quantity, price, givenValue, drawnQuantity, drawnValue }: LedgerMove): number | null {
  switch (kind) {
    case 'receipt':
      return lineAmount(quantity, price);
    case 'transfer':
      return givenValue;
    case 'reversal':
      return givenValue === null ? null : 0 - givenValue;
    case 'material':
    case 'return':
      return quantity > drawnQuantity ? null : returnPart(drawnValue, drawnQuantity, quantity);
    case 'issue':
    case 'supplier-return':
      return null;
  }
}

/** What goes out takes the average, and a receipt that is undone the value it came in with. */
function valueOut(balance: StockBalance, move: LedgerMove): number | null {
  const { kind, quantity, givenValue } = move;
  if (kind === 'supplier-return') {
    const value = valueSentBack(move);
    return value === null ? null : 0 - withdraw(balance, 0 - quantity, value).value;
  }
  if (kind !== 'reversal') return 0 - issue(balance, 0 - quantity).value;
  return givenValue === null ? null : 0 - withdraw(balance, 0 - quantity, givenValue).value;
}

function valueSentBack({ quantity, givenValue, drawnQuantity, drawnValue: before }: LedgerMove): number | null {
  if (givenValue === null || before - quantity > drawnQuantity) return null;
  return valueReceived({ quantity: drawnQuantity, value: givenValue }, before, 0 - quantity);
}

export type KeptBalance = StockBalance & Readonly<{ moves: number }>;

/** How the balance that is kept differs from the one its moves make; null: none is kept. */
export function faultsOfBalance({ balance, moves }: Replay, kept: KeptBalance | null): LedgerFault[] {
  if (kept === null) return [{ rule: 'balance-missing', expected: moves, found: 0 }];
  if (moves === 0) return [{ rule: 'moves-missing', expected: kept.moves, found: 0 }];
  const compared = [
    { rule: 'balance-moves', expected: moves, found: kept.moves },
    { rule: 'balance-quantity', expected: balance.quantity, found: kept.quantity },
    { rule: 'balance-value', expected: balance.value, found: kept.value },
  ] as const;
  return compared.filter(({ expected, found }) => expected !== found);
}
