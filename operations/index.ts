/**
 * Operations: one file for each verb, the only door through which data changes or is read by a user.
 * To add one: its file `<area>/<verb-noun>.ts`, one line here, one test. RPC, HTTP, OpenAPI, right, audit and retry-safety follow.
 */
import type { z } from 'zod';
import { listEmployees } from './access/list-employees.ts';
import { listTechnicians } from './access/list-technicians.ts';
import { saveEmployee } from './access/save-employee.ts';
import { setPassword } from './access/set-password.ts';
import { addAttachments } from './attachments/add.ts';
import { attachmentWithContent } from './attachments/content.ts';
import { fetchAttachment } from './attachments/fetch.ts';
import { listAuditLog } from './audit-log/list.ts';
import { approveWork } from './audit/approve.ts';
import { auditQueue } from './audit/queue.ts';
import { auditSheet } from './audit/sheet.ts';
import { withdrawAudit } from './audit/withdraw.ts';
import { billingQueue } from './billing/queue.ts';
import { refundDeposit } from './billing/refund-deposit.ts';
import { reverseSettlement } from './billing/reverse-settlement.ts';
import { settle } from './billing/settle.ts';
import { statement } from './billing/statement.ts';
import { takeDeposit } from './billing/take-deposit.ts';
import { createCompany } from './company/create.ts';
import { getCustomer } from './customers/get.ts';
import { customerHistory } from './customers/history.ts';
import { saveDevice } from './customers/save-device.ts';
import { saveCustomer } from './customers/save.ts';
import { searchCustomers } from './customers/search.ts';
import { suggest } from './dictionaries/suggest.ts';
import { assign } from './dispatch/assign.ts';
import { queue } from './dispatch/queue.ts';
import { withdraw } from './dispatch/withdraw.ts';
import { openRepairRows } from './imports/open-repair-rows.ts';
import { appeal } from './payroll/appeal.ts';
import { awardChoices } from './payroll/award-choices.ts';
import { calculatePeriod } from './payroll/calculate.ts';
import { checkAwardTable } from './payroll/check-awards.ts';
import { checkRules } from './payroll/check-rules.ts';
import { endDeadlineRule } from './payroll/end-deadline-rule.ts';
import { endRule } from './payroll/end-rule.ts';
import { listDeadlineRules } from './payroll/list-deadline-rules.ts';
import { listPayItems } from './payroll/list-items.ts';
import { decideAppeal } from './payroll/decide-appeal.ts';
import { giveAward } from './payroll/give-award.ts';
import { importAwards } from './payroll/import-awards.ts';
import { listAppeals } from './payroll/list-appeals.ts';
import { listAwards } from './payroll/list-awards.ts';
import { listPeriods } from './payroll/list-periods.ts';
import { listRules } from './payroll/list-rules.ts';
import { listUnpaidWork } from './payroll/list-unpaid-work.ts';
import { lockPeriod } from './payroll/lock.ts';
import { markPeriodPaid } from './payroll/mark-paid.ts';
import { openPeriod } from './payroll/open-period.ts';
import { ownDeductions } from './payroll/own-deductions.ts';
import { ownPayslip } from './payroll/own-payslip.ts';
import { ownPayslips } from './payroll/own-payslips.ts';
import { payslip } from './payroll/payslip.ts';
import { payPeriod } from './payroll/period.ts';
import { publishTerms } from './payroll/publish-terms.ts';
import { reopenPeriod } from './payroll/reopen.ts';
import { reviewPeriod } from './payroll/review.ts';
import { ruleChoices } from './payroll/rule-choices.ts';
import { saveDeadlineRule } from './payroll/save-deadline-rule.ts';
import { savePayItem } from './payroll/save-item.ts';
import { saveRule } from './payroll/save-rule.ts';
import { payTerms } from './payroll/terms.ts';
import { tryRules } from './payroll/try-rules.ts';
import { whichRule } from './payroll/which-rule.ts';
import { team } from './payroll/team.ts';
import { withdrawAward } from './payroll/withdraw-award.ts';
import { addContractEvent } from './organisation/add-contract-event.ts';
import { getContract } from './organisation/contract.ts';
import { listContracts } from './organisation/contracts.ts';
import { listDepartments } from './organisation/departments.ts';
import { saveContract } from './organisation/save-contract.ts';
import { saveDepartment } from './organisation/save-department.ts';
import { saveUnit } from './organisation/save-unit.ts';
import { providerFor } from './organisation/suggest-provider.ts';
import { listUnits } from './organisation/units.ts';
import { acceptReferral } from './referrals/accept.ts';
import { referral } from './referrals/get.ts';
import { referralInbox } from './referrals/inbox.ts';
import { handshakesOfOrder } from './referrals/of-order.ts';
import { referralOutbox } from './referrals/outbox.ts';
import { refuseReferral } from './referrals/refuse.ts';
import { requestReferral } from './referrals/request.ts';
import { unitsToReferTo } from './referrals/units.ts';
import { withdrawReferral } from './referrals/withdraw.ts';
import { approvePc } from './pcs/approve.ts';
import { askForPc } from './pcs/ask.ts';
import { listOtherPcs } from './pcs/list.ts';
import { refusePc } from './pcs/refuse.ts';
import { exportToFile } from './reports/export.ts';
import { listReports } from './reports/list.ts';
import { runReport } from './reports/run.ts';
import { acceptSale } from './sales/accept.ts';
import { sale } from './sales/get.ts';
import { saleInbox } from './sales/inbox.ts';
import { saleOutbox } from './sales/outbox.ts';
import { saleProviders } from './sales/providers.ts';
import { refuseSale } from './sales/refuse.ts';
import { reportSale } from './sales/report.ts';
import { withdrawSale } from './sales/withdraw.ts';
import { changePassword } from './session/change-password.ts';
import { currentSession } from './session/current.ts';
import { signIn } from './session/sign-in.ts';
import { signOut } from './session/sign-out.ts';
import { intakeChoices } from './intake/choices.ts';
import { overview } from './today/overview.ts';
import { acceptOrder } from './work-orders/accept.ts';
import { appointOrder } from './work-orders/appoint.ts';
import { cancelOrder } from './work-orders/cancel.ts';
import { editOrder } from './work-orders/edit.ts';
import { escalateOrder } from './work-orders/escalate.ts';
import { getOrder } from './work-orders/get.ts';
import { giveUpOrder } from './work-orders/give-up.ts';
import { handOver } from './work-orders/hand-over.ts';
import { listOrders } from './work-orders/list.ts';
import { notifyReady } from './work-orders/notify-ready.ts';
import { completeJob } from './jobs/complete.ts';
import { saveMaterial } from './jobs/save-material.ts';
import { jobSheet } from './jobs/sheet.ts';
import { withdrawCompletion } from './jobs/withdraw-completion.ts';
import { listParts } from './setup/list-parts.ts';
import { listStores } from './setup/list-stores.ts';
import { listSuppliers } from './setup/list-suppliers.ts';
import { listWarehouses } from './setup/list-warehouses.ts';
import { listWorkTypes } from './setup/list-work-types.ts';
import { savePart } from './setup/save-part.ts';
import { saveStore } from './setup/save-store.ts';
import { saveSupplier } from './setup/save-supplier.ts';
import { saveWarehouse } from './setup/save-warehouse.ts';
import { saveWorkType } from './setup/save-work-type.ts';
import { stationChoices } from './stations/choices.ts';
import { getStation } from './stations/get.ts';
import { listStations } from './stations/list.ts';
import { makeEnrolmentCode } from './stations/make-code.ts';
import { renameStation } from './stations/rename.ts';
import { resumeStation } from './stations/resume.ts';
import { revokeStation } from './stations/revoke.ts';
import { suspendStation } from './stations/suspend.ts';
import { syncNow } from './sync/now.ts';
import { listRefused } from './sync/refused.ts';
import { retrySync } from './sync/retry.ts';
import { syncStatus } from './sync/status.ts';
import { listWaiting } from './sync/waiting.ts';
import { webhookDeliveries } from './webhooks/deliveries.ts';
import { listWebhooks } from './webhooks/list.ts';
import { newWebhookSecret } from './webhooks/new-secret.ts';
import { redeliver } from './webhooks/redeliver.ts';
import { removeWebhook } from './webhooks/remove.ts';
import { saveWebhook } from './webhooks/save.ts';
import { testWebhook } from './webhooks/test.ts';
import { registerIntake } from './work-orders/register-intake.ts';
import { resumeOrder } from './work-orders/resume.ts';
import { reworkChoices } from './work-orders/rework-choices.ts';
import { setFollowUp } from './work-orders/set-follow-up.ts';
import { setReworkOf } from './work-orders/set-rework-of.ts';
import { startOrder } from './work-orders/start.ts';
import { waitForParts } from './work-orders/wait-for-parts.ts';
import { warehouseOperations } from './warehouse.ts';

const all = [
  ...warehouseOperations,
  // company, access, audit-log
  createCompany,
  listAuditLog,
  listEmployees,
  listTechnicians,
  saveEmployee,
  setPassword,
  // pcs
  approvePc,
  askForPc,
  listOtherPcs,
  refusePc,
  // session
  changePassword,
  currentSession,
  signIn,
  signOut,
  // dictionaries
  suggest,
  // imports
  openRepairRows,
  // customers, attachments
  addAttachments,
  attachmentWithContent,
  fetchAttachment,
  customerHistory,
  getCustomer,
  saveCustomer,
  saveDevice,
  searchCustomers,
  // intake, today, dispatch
  intakeChoices,
  overview,
  assign,
  queue,
  withdraw,
  // work-orders
  acceptOrder,
  appointOrder,
  cancelOrder,
  editOrder,
  escalateOrder,
  getOrder,
  giveUpOrder,
  listOrders,
  resumeOrder,
  startOrder,
  waitForParts,
  registerIntake,
  // referrals
  acceptReferral,
  handshakesOfOrder,
  referral,
  referralInbox,
  referralOutbox,
  refuseReferral,
  requestReferral,
  unitsToReferTo,
  withdrawReferral,
  // sales, transfers
  acceptSale,
  refuseSale,
  reportSale,
  sale,
  saleInbox,
  saleOutbox,
  saleProviders,
  withdrawSale,
  // reports
  exportToFile,
  listReports,
  runReport,
  // audit
  approveWork,
  auditQueue,
  auditSheet,
  withdrawAudit,
  // billing
  billingQueue,
  refundDeposit,
  reverseSettlement,
  settle,
  statement,
  takeDeposit,
  // payroll
  appeal,
  awardChoices,
  calculatePeriod,
  checkAwardTable,
  checkRules,
  endDeadlineRule,
  endRule,
  listDeadlineRules,
  listPayItems,
  decideAppeal,
  giveAward,
  importAwards,
  listAppeals,
  listAwards,
  listPeriods,
  listRules,
  listUnpaidWork,
  lockPeriod,
  markPeriodPaid,
  openPeriod,
  ownDeductions,
  ownPayslip,
  ownPayslips,
  payslip,
  payPeriod,
  payTerms,
  publishTerms,
  reopenPeriod,
  reviewPeriod,
  ruleChoices,
  saveDeadlineRule,
  savePayItem,
  saveRule,
  tryRules,
  whichRule,
  team,
  withdrawAward,
  // work-orders
  handOver,
  notifyReady,
  reworkChoices,
  setFollowUp,
  setReworkOf,
  // jobs
  completeJob,
  jobSheet,
  saveMaterial,
  withdrawCompletion,
  // organisation
  addContractEvent,
  getContract,
  listContracts,
  listDepartments,
  listUnits,
  providerFor,
  saveContract,
  saveDepartment,
  saveUnit,
  // setup
  listParts,
  listStores,
  listSuppliers,
  listWarehouses,
  listWorkTypes,
  savePart,
  saveStore,
  saveSupplier,
  saveWarehouse,
  saveWorkType,
  // stations, sync
  getStation,
  listStations,
  makeEnrolmentCode,
  renameStation,
  resumeStation,
  revokeStation,
  stationChoices,
  suspendStation,
  listRefused,
  listWaiting,
  retrySync,
  syncNow,
  syncStatus,
  // webhooks
  listWebhooks,
  newWebhookSecret,
  redeliver,
  removeWebhook,
  saveWebhook,
  testWebhook,
  webhookDeliveries,
] as const;

type Registered = (typeof all)[number];

export type OperationName = Registered['name'];
export type Operations = { [O in Registered as O['name']]: O };
export type InputOf<N extends OperationName> = z.input<Operations[N]['input']>;
export type OutputOf<N extends OperationName> = Awaited<ReturnType<Operations[N]['run']>>;

export const operations = Object.fromEntries(all.map((operation) => [operation.name, operation])) as Operations;
export const operationNames = Object.keys(operations) as OperationName[];
