import type { Listing } from '../listing.ts';

/** The catalogue of rewards and penalties. */

export const ITEM_CATEGORIES = [
  'attitude',
  'timeliness',
  'satisfaction',
  'skill',
  'complaint',
  'contribution',
  'completion',
] as const;

export const PAY_ITEMS: Listing = {
  from: 'pay_items',
  columns: {
    id: { sql: 'id', type: 'text' },
    code: { sql: 'code', type: 'text' },
    name: { sql: 'name', type: 'text' },
    category: { sql: 'category', type: 'text' },
    kind: { sql: 'kind', type: 'text' },
    amount: { sql: 'amount', type: 'number' },
    rateBp: { sql: 'rate_bp', type: 'number' },
    isActive: { sql: 'is_active', type: 'number' },
    version: { sql: 'version', type: 'number' },
  },
  order: [['code', 'asc']],
};

/** Either an amount, fen, or a rate of the person's own commission on the order, basis points. */
export type PayItemRow = Readonly<{
  id: string;
  code: string;
  name: string;
  category: (typeof ITEM_CATEGORIES)[number];
  kind: 'reward' | 'penalty';
  amount: number | null;
  rateBp: number | null;
  isActive: boolean;
  version: number;
}>;
