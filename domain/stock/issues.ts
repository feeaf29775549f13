import type { Right } from '../access/rights.ts';
import type { CustomerClass } from './prices.ts';

/** Why parts leave a warehouse: six kinds, each with its own right, price and slip. */

export const ISSUE_KINDS = [
  'counter-sale',
  'in-warranty',
  'out-of-warranty',
  'vendor-unit',
  'to-outlet',
  'to-technician',
] as const;
export type IssueKind = (typeof ISSUE_KINDS)[number];

/** Each kind takes a right of its own. */
export const RIGHT_TO_ISSUE: Readonly<Record<IssueKind, Right>> = {
  'counter-sale': 'stock.issue-counter-sale',
  'in-warranty': 'stock.issue-in-warranty',
  'out-of-warranty': 'stock.issue-out-of-warranty',
  'vendor-unit': 'stock.issue-vendor-unit',
  'to-outlet': 'stock.issue-to-outlet',
  'to-technician': 'stock.issue-to-technician',
};

/** What becomes of old parts that had come back; a rejected one is handed back to who brought it. */
export type OldPartIssueKind = 'scrap' | 'to-maker' | 'handed-back';

/** To whom a part is sold over the counter. */
export const BUYERS = ['person', 'dealer', 'hypermarket', 'group'] as const satisfies readonly CustomerClass[];
export type Buyer = (typeof BUYERS)[number];

const CLASSES: Readonly<Record<Exclude<IssueKind, 'counter-sale'>, CustomerClass>> = {
  'out-of-warranty': 'person',
  'in-warranty': 'warranty',
  'vendor-unit': 'vendor',
  'to-outlet': 'outlet',
  'to-technician': 'technician',
};

/** Whose price an issue has. */
export const classOfIssue = (kind: IssueKind, buyer: Buyer): CustomerClass =>
  kind === 'counter-sale' ? buyer : CLASSES[kind];

const SOLD: ReadonlySet<IssueKind> = new Set(['counter-sale', 'out-of-warranty']);
const FOR_WORK: ReadonlySet<IssueKind> = new Set(['in-warranty', 'out-of-warranty', 'vendor-unit']);

/** Fen for one. `classPrice`: null where none is set for whoever gets it. */
type Prices = Readonly<{ price: number; classPrice: number | null }>;

/** What is sold has its price for whoever buys; what is not costs him nothing, unless a price is set for him. */
export const usualIssuePrice = (kind: IssueKind, { price, classPrice }: Prices): number =>
  SOLD.has(kind) ? price : (classPrice ?? 0);

/** It may say for which work order it is. */
export const isForWork = (kind: IssueKind): boolean => FOR_WORK.has(kind);

/** It goes to somebody of ours, for whom it then lies. */
export const needsRecipient = (kind: IssueKind): boolean => kind === 'to-outlet' || kind === 'to-technician';

/** Old parts are owed for everything but what is sold over the counter. */
export const owesOldParts = (kind: IssueKind): boolean => kind !== 'counter-sale';

/**
 * Whether anybody who may issue may ask this price. Over the counter that is the usual one and whatever is above it, and any
 * where there is no usual one; less is a discount, and elsewhere any other price is a decision.
 */
export function isPriceFree(kind: IssueKind, usual: number, price: number): boolean {
  return price === usual || (kind === 'counter-sale' && price > usual);
}
