/**
 * Reports: one file each, with what it is asked, its columns and its SQL. To add one: its file `<area>/<id>.ts`, one line here,
 * its texts under `reports` in renderer/text, one test. Screen, filters, menu entry, right, command line, CSV and Excel follow.
 */
import type { AnyReport } from './engine/report.ts';
import { payByRule } from './pay/pay-by-rule.ts';
import { payByWorkType } from './pay/pay-by-work-type.ts';
import { payComparison } from './pay/pay-comparison.ts';
import { payDeductionsReport, payEntriesReport, payslipsReport } from './pay/pay-lines.ts';
import { paySheet } from './pay/pay-sheet.ts';
import { partsUsed } from './stock/parts-used.ts';
import { priceHistoryReport } from './stock/price-history.ts';
import { purchasesBySupplierAndMonth } from './stock/purchases-by-supplier-and-month.ts';
import { stockOnHand } from './stock/stock-on-hand.ts';
import { workOrdersByCategoryAndOutcome } from './work/work-orders-by-category-and-outcome.ts';
import { repairsByTechnician } from './work/repairs-by-technician.ts';
import { workOrders } from './work/work-orders.ts';

/** In the order in which they are offered. */
export const reports: readonly AnyReport[] = [
  workOrders,
  workOrdersByCategoryAndOutcome,
  repairsByTechnician,
  partsUsed,
  stockOnHand,
  purchasesBySupplierAndMonth,
  priceHistoryReport,
  paySheet,
  payslipsReport,
  payEntriesReport,
  payDeductionsReport,
  payByRule,
  payByWorkType,
  payComparison,
];

export function findReport(id: string): AnyReport | undefined {
  return reports.find((report) => report.id === id);
}
