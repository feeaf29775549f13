/** The operations of parts and warehouses: catalogue, stock, purchasing, requisitions, deposits, old parts, counts. */
import { depositAccount } from './deposits/account.ts';
import { depositChoices } from './deposits/choices.ts';
import { correctDeposit } from './deposits/correct.ts';
import { deposits } from './deposits/list.ts';
import { payDepositIn } from './deposits/pay-in.ts';
import { payDepositOut } from './deposits/pay-out.ts';
import { chargeOldPart } from './old-parts/charge.ts';
import { creditOldPart } from './old-parts/credit.ts';
import { listOldPartDebtors } from './old-parts/debtors.ts';
import { disposeOfOldParts } from './old-parts/dispose.ts';
import { forgiveOldPart } from './old-parts/forgive.ts';
import { getOldPart } from './old-parts/get.ts';
import { inspectOldPart } from './old-parts/inspect.ts';
import { listOldParts } from './old-parts/list.ts';
import { receiveOldParts } from './old-parts/receive.ts';
import { undoOldPartDecision } from './old-parts/undo.ts';
import { mergeParts } from './parts/merge.ts';
import { approvePurchase } from './purchases/approve.ts';
import { cancelPurchase } from './purchases/cancel.ts';
import { closePurchase } from './purchases/close.ts';
import { purchase } from './purchases/get.ts';
import { purchases } from './purchases/list.ts';
import { orderPurchase } from './purchases/order.ts';
import { priceHistory } from './purchases/price-history.ts';
import { receivePurchase } from './purchases/receive.ts';
import { refusePurchase } from './purchases/refuse.ts';
import { savePurchase } from './purchases/save.ts';
import { approveRequisition } from './requisitions/approve.ts';
import { requisitionChoices } from './requisitions/choices.ts';
import { closeRestOfRequisition } from './requisitions/close-rest.ts';
import { requisition } from './requisitions/get.ts';
import { requisitions } from './requisitions/list.ts';
import { proposeRequisition } from './requisitions/propose.ts';
import { refuseRequisition } from './requisitions/refuse.ts';
import { sendRequisition } from './requisitions/send.ts';
import { shipRequisition } from './requisitions/ship.ts';
import { withdrawRequisition } from './requisitions/withdraw.ts';
import { cancelCount } from './stock-counts/cancel.ts';
import { closeCount } from './stock-counts/close.ts';
import { confirmCount } from './stock-counts/confirm.ts';
import { countPart } from './stock-counts/count.ts';
import { findCounted } from './stock-counts/find.ts';
import { getCount } from './stock-counts/get.ts';
import { countLines } from './stock-counts/lines.ts';
import { listCounts } from './stock-counts/list.ts';
import { notCounted } from './stock-counts/not-counted.ts';
import { sendBackCount } from './stock-counts/send-back.ts';
import { startCount } from './stock-counts/start.ts';
import { askStockElsewhere } from './stock/ask-elsewhere.ts';
import { stockAvailability } from './stock/availability.ts';
import { stockBelowMin } from './stock/below-min.ts';
import { stockBins } from './stock/bins.ts';
import { stockChoices } from './stock/choices.ts';
import { stockDocument } from './stock/document.ts';
import { stockDocuments } from './stock/documents.ts';
import { findParts } from './stock/find-parts.ts';
import { issueStock } from './stock/issue.ts';
import { lotHistory } from './stock/lot-history.ts';
import { stockLots } from './stock/lots.ts';
import { stockMoves } from './stock/moves.ts';
import { stockNetwork } from './stock/network.ts';
import { onHandSums } from './stock/on-hand-sums.ts';
import { onHand } from './stock/on-hand.ts';
import { stockPart } from './stock/part.ts';
import { stockParts } from './stock/parts.ts';
import { stockPlace } from './stock/place.ts';
import { stockPrices } from './stock/prices.ts';
import { receiveStock } from './stock/receive.ts';
import { releaseStock } from './stock/release.ts';
import { stockReservations } from './stock/reservations.ts';
import { reserveStock } from './stock/reserve.ts';
import { returnIssue } from './stock/return-issue.ts';
import { returnToSupplier } from './stock/return-to-supplier.ts';
import { reverseStock } from './stock/reverse.ts';
import { savePlace } from './stock/save-place.ts';
import { supplierReturnSheet } from './stock/supplier-return-sheet.ts';
import { verifyStock } from './stock/verify.ts';
import { decideTransfer } from './transfers/decide.ts';
import { transfer } from './transfers/get.ts';
import { transfersInTransit } from './transfers/in-transit.ts';
import { transfers } from './transfers/list.ts';
import { receiveTransfer } from './transfers/receive.ts';
import { refuseTransfer } from './transfers/refuse.ts';
import { shipTransfer } from './transfers/ship.ts';
import { takeBackTransfer } from './transfers/take-back.ts';
import { transferWarehouses } from './transfers/warehouses.ts';

export const warehouseOperations = [
  // deposits
  depositAccount,
  depositChoices,
  correctDeposit,
  deposits,
  payDepositIn,
  payDepositOut,
  // old-parts
  chargeOldPart,
  creditOldPart,
  listOldPartDebtors,
  disposeOfOldParts,
  forgiveOldPart,
  getOldPart,
  inspectOldPart,
  listOldParts,
  receiveOldParts,
  undoOldPartDecision,
  // parts
  mergeParts,
  // purchases
  approvePurchase,
  cancelPurchase,
  closePurchase,
  purchase,
  purchases,
  orderPurchase,
  priceHistory,
  receivePurchase,
  refusePurchase,
  savePurchase,
  // requisitions
  approveRequisition,
  requisitionChoices,
  closeRestOfRequisition,
  requisition,
  requisitions,
  proposeRequisition,
  refuseRequisition,
  sendRequisition,
  shipRequisition,
  withdrawRequisition,
  // stock
  askStockElsewhere,
  stockChoices,
  stockDocument,
  stockDocuments,
  stockAvailability,
  stockBelowMin,
  stockBins,
  findParts,
  stockNetwork,
  stockPart,
  stockPlace,
  stockPrices,
  releaseStock,
  stockReservations,
  reserveStock,
  savePlace,
  issueStock,
  lotHistory,
  stockLots,
  stockMoves,
  onHand,
  onHandSums,
  stockParts,
  receiveStock,
  returnToSupplier,
  returnIssue,
  reverseStock,
  supplierReturnSheet,
  verifyStock,
  // stock-counts
  cancelCount,
  closeCount,
  confirmCount,
  countPart,
  findCounted,
  getCount,
  countLines,
  listCounts,
  notCounted,
  sendBackCount,
  startCount,
  // transfers
  decideTransfer,
  transfer,
  transfersInTransit,
  transfers,
  receiveTransfer,
  refuseTransfer,
  shipTransfer,
  takeBackTransfer,
  transferWarehouses,
] as const;
