import { lineAmount } from '../quantity.ts';

// What is owed of an old part is the sum of its entries, in pieces and in fen, whatever steps it took.

export type OldPartEntryKind =
  | 'owed'
  | 'returned'
  | 'forgiven'
  | 'charged'
  | 'undone'
  | 'accepted'
  | 'rejected'
  | 'scrapped'
  | 'sent'
  | 'credited';

/**
 * Fen by which a debt changes with its quantity (thousandths): the difference of two rounded amounts, so that all changes
 * together are exactly what is still open.
 */
export function owedChange(unitAmount: number, open: number, change: number): number {
  return lineAmount(open + change, unitAmount) - lineAmount(open, unitAmount);
}

type Open = Readonly<{ id: string; open: number }>;

/** What of a quantity each debt takes, the first first. Together less than the quantity where less is owed. */
export function allot<Debt extends Open>(
  debts: readonly Debt[],
  quantity: number,
): ReadonlyArray<Readonly<{ debt: Debt; quantity: number }>> {
  let rest = quantity;
  return debts.flatMap((debt) => {
    const taken = Math.min(rest, debt.open);
    rest -= taken;
    return taken > 0 ? [{ debt, quantity: taken }] : [];
  });
}
