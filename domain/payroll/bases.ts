import { apportion } from '../money.ts';
import { lineAmount } from '../quantity.ts';
import type { PayOrder, RateRule } from './types.ts';

// What a percentage is taken of.

export type LabourFigures = Readonly<{ fee: number; labourCost: number; unchargedCost: number; discount: number }>;
export type PartFigures = Readonly<{ sales: number; cost: number; discount: number }>;

/** The figures of every line, in the order's sequence; null for parts that the customer does not pay. */
export type OrderFigures = Readonly<{ labour: readonly LabourFigures[]; parts: readonly (PartFigures | null)[] }>;

/**
 * The order's discount spread over labour lines and parts the customer pays, labour first; the cost of the other parts
 * spread over labour lines.
 */
export function orderFigures({ labour, parts, discount }: PayOrder): OrderFigures {
  const fees = labour.map((line) => line.fee);
  const sales = parts.map((line) => (line.charge === 'customer' ? lineAmount(line.quantity, line.price) : null));
  const discounts = discount === 0 ? [] : apportion(discount, [...fees, ...sales.map((amount) => amount ?? 0)]);
  const uncharged = unchargedCost(parts);
  const unchargedCosts = uncharged === 0 ? [] : apportion(uncharged, fees);
  return {
    labour: labour.map(({ fee, labourCost }, index) => ({
      fee,
      labourCost,
      unchargedCost: unchargedCosts[index] ?? 0,
      discount: discounts[index] ?? 0,
    })),
    parts: parts.map(({ cost }, index) => {
      const amount = sales[index] ?? null;
      return amount === null ? null : { sales: amount, cost, discount: discounts[fees.length + index] ?? 0 };
    }),
  };
}

/** The base of a labour line. Profit is never below 0, and is not reduced by the discount. */
export function labourBase(figures: LabourFigures, rule: RateRule): number {
  if (rule.component === 'labour_profit') {
    return Math.max(0, figures.fee - figures.labourCost - figures.unchargedCost);
  }
  return figures.fee - discountFor(rule, figures);
}

/** The base of a part line the customer pays. Margin is never below 0. */
export function partBase(figures: PartFigures, rule: RateRule): number {
  const sales = figures.sales - discountFor(rule, figures);
  return rule.component === 'part_margin' ? Math.max(0, sales - figures.cost) : sales;
}

function discountFor(rule: RateRule, figures: Readonly<{ discount: number }>): number {
  return rule.discount === 'after' ? figures.discount : 0;
}

function unchargedCost(parts: PayOrder['parts']): number {
  return parts.reduce((sum, line) => sum + (line.charge === 'customer' ? 0 : line.cost), 0);
}
