import type { Right } from '../access/rights.ts';

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
export const CUSTOMER_CLASSES = ['person', 'dealer', 'hypermarket', 'group'] as const;
export type CustomerClass = (typeof CUSTOMER_CLASSES)[number];

const SOLD: ReadonlySet<IssueKind> = new Set(['counter-sale', 'out-of-warranty']);
const FOR_WORK: ReadonlySet<IssueKind> = new Set(['in-warranty', 'out-of-warranty', 'vendor-unit']);

/** Fen for one: what is sold has its sale price; what is not costs whoever gets it nothing. */
export const usualIssuePrice = (kind: IssueKind, salePrice: number): number => (SOLD.has(kind) ? salePrice : 0);

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
