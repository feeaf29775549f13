import { DomainError } from '../errors.ts';
import { halfUp } from '../money.ts';

// Moving average cost, per warehouse and part, kept as a total quantity (thousandths) and a total value (minor units):
// no unit cost is stored, so none is ever rounded, and the value is 0 whenever the quantity is 0.

export type StockBalance = Readonly<{ quantity: number; value: number }>;

export const EMPTY_STOCK: StockBalance = { quantity: 0, value: 0 };

/**
 * Puts a quantity with its value into stock: a purchase with what it cost, a transfer or a return with what it left with.
 * @throws RangeError if the quantity is not above 0 or the value below 0: input is checked before
 */
export function receive(balance: StockBalance, quantity: number, value: number): StockBalance {
  requireCount(quantity, 1);
  requireCount(value, 0);
  return { quantity: balance.quantity + quantity, value: balance.value + value };
}

/**
 * Takes a quantity out at the average of that moment. `value` is what leaves with it; the last piece takes all that is
 * left, so that no fen stays behind.
 * @throws DomainError `stock.insufficient` beyond what there is
 */
export function issue(balance: StockBalance, quantity: number): Readonly<{ balance: StockBalance; value: number }> {
  requireCount(quantity, 1);
  if (quantity > balance.quantity) throw new DomainError('stock.insufficient', { onHand: balance.quantity, quantity });
  const value = portion(balance, quantity);
  return { balance: { quantity: balance.quantity - quantity, value: balance.value - value }, value };
}

/**
 * The value with which issued parts come back: the one they left with, whatever the average is by now.
 * @param issuedValue, issuedQuantity of the issue, less what has already come back: then all returns of an issue
 *   together bring back exactly its value
 * @throws DomainError `stock.return-beyond-issue`
 */
export function returnPart(issuedValue: number, issuedQuantity: number, returnedQuantity: number): number {
  requireCount(returnedQuantity, 1);
  if (returnedQuantity > issuedQuantity) {
    throw new DomainError('stock.return-beyond-issue', { issued: issuedQuantity, quantity: returnedQuantity });
  }
  return portion({ quantity: issuedQuantity, value: issuedValue }, returnedQuantity);
}

/**
 * Takes a reversed receipt out again, with the value it came in with. Where issues since then have left less than that,
 * or where nothing stays, it takes what there is: no value without a quantity, and none below 0.
 * @throws DomainError `stock.insufficient` beyond what there is
 */
export function withdraw(
  balance: StockBalance,
  quantity: number,
  receivedValue: number,
): Readonly<{ balance: StockBalance; value: number }> {
  requireCount(quantity, 1);
  requireCount(receivedValue, 0);
  if (quantity > balance.quantity) throw new DomainError('stock.insufficient', { onHand: balance.quantity, quantity });
  const value = quantity === balance.quantity ? balance.value : Math.min(receivedValue, balance.value);
  return { balance: { quantity: balance.quantity - quantity, value: balance.value - value }, value };
}

/**
 * What a part of a receipt came in with, fen: all parts of it together exactly what the whole did, in whatever steps they go
 * back to their supplier.
 * @param before the quantity of the receipt that went back earlier
 */
export function valueReceived(receipt: StockBalance, before: number, quantity: number): number {
  requireCount(quantity, 1);
  const after = before + quantity;
  if (after > receipt.quantity)
    throw new DomainError('stock.return-beyond-receipt', { received: receipt.quantity - before, quantity });
  return portion(receipt, after) - (before === 0 ? 0 : portion(receipt, before));
}

function portion(whole: StockBalance, quantity: number): number {
  return quantity === whole.quantity ? whole.value : halfUp(whole.value, quantity, whole.quantity);
}

function requireCount(value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) throw new RangeError(`${value} is not an integer from ${least}`);
}
