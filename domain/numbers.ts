/** Human numbers of documents, as `WO-SH01-260315-0042`: kind, unit, day, and the how-manieth of that day. */

/**
 * Work order, receipt, issue, material list, reversal of stock, settlement; the requests: referral, sale, transfer, requisition;
 * parts back from an issue, back to the supplier, purchase order, stock count, old part; entry of a deposit. A PC that takes over a unit goes on
 * behind all of them, so each kind that is given out has to stand here.
 */
export const NUMBER_KINDS = [
  ...(['WO', 'RC', 'IS', 'ML', 'RV', 'ST', 'RF', 'SA', 'TR', 'RQ'] as const),
  ...(['RT', 'SR', 'PO', 'SC', 'OP', 'DP'] as const),
] as const;
export type NumberKind = (typeof NUMBER_KINDS)[number];
