/**
 * Everything a user may cause and can be told about. Anything else thrown is a bug.
 * Each code has its text under `errors` in renderer/text, in every language.
 */
export type ErrorCode =
  | 'access.denied'
  | 'access.last-administrator'
  | 'attachment.at-server'
  | 'billing.amount-changed'
  | 'billing.discount-too-large'
  | 'command.replayed-differently'
  | 'company.exists'
  | 'device.of-another-customer'
  | 'document.changed'
  | 'employee.not-a-technician'
  | 'file.missing'
  | 'file.not-a-file'
  | 'file.unreadable'
  | 'file.wrong-format'
  | 'input.invalid'
  | 'not-found'
  | 'password.wrong'
  | 'pay-period.earlier-unlocked'
  | 'pay-period.overlap'
  | 'pay-period.wrong-state'
  | 'pay-rule.code-taken'
  | 'pay.shares-not-100-percent'
  | 'report.too-long-for-excel'
  | 'request.unreadable'
  | 'request.wrong-state'
  | 'pc.asked-too-often'
  | 'pc.not-approved'
  | 'server.database-unavailable'
  | 'server.disk-full'
  | 'session.required'
  | 'sign-in.locked'
  | 'sign-in.too-many'
  | 'sign-in.wrong'
  | 'station.of-this-server'
  | 'station.unit-closed'
  | 'station.wrong-state'
  | 'sync.not-linked'
  | 'stock.already-reversed'
  | 'stock.cannot-be-reversed'
  | 'stock.insufficient'
  | 'stock.lot-insufficient'
  | 'stock.lot-twice'
  | 'stock.lots-differ'
  | 'stock.lots-not-tracked'
  | 'stock.return-beyond-issue'
  | 'stock.return-beyond-receipt'
  | 'stock.serial-elsewhere'
  | 'stock.serial-one-piece'
  | 'work-order.cannot-be-referred'
  | 'work-order.fixed'
  | 'work-order.holds-money'
  | 'work-order.holds-parts'
  | 'work-order.not-settled'
  | 'work-order.of-another'
  | 'work-order.referred'
  | 'work-order.settled'
  | 'document.of-another-unit'
  | 'sync.bad-body'
  | 'sync.bad-row'
  | 'sync.breaks-a-rule'
  | 'sync.cloned'
  | 'sync.code-unknown'
  | 'sync.company-here'
  | 'sync.database-in-use'
  | 'sync.head-office-only'
  | 'sync.not-the-owner'
  | 'sync.revoked'
  | 'sync.schema-newer'
  | 'sync.failed'
  | 'sync.server-failed'
  | 'sync.schema-older'
  | 'sync.suspended'
  | 'sync.too-large'
  | 'sync.unknown-station'
  | 'sync.unknown-table'
  | 'sync.wrong-server'
  | 'sync.timeout'
  | 'sync.certificate-expired'
  | 'sync.certificate-changed'
  | 'sync.server-unreachable'
  | 'contract.wrong-state'
  | 'department.cycle'
  | 'department.has-children'
  | 'department.has-people'
  | 'department.parent-inactive'
  | 'unit.code-in-use'
  | 'unit.cycle'
  | 'unit.has-children'
  | 'unit.has-station'
  | 'unit.not-below-own'
  | 'unit.parent-inactive'
  | 'value.taken'
  | 'webhook.removed'
  | 'work-order.takes-no-parts'
  | 'work-order.wrong-state';

/** One field of refused input: `path` as in `customer.phone` or `lines.2.quantity`, `rule` a key of `fieldRules` in renderer/text. */
export type FieldFault = Readonly<{ path: string; rule: string; params?: Readonly<Record<string, string | number>> }>;

export type ErrorDetails = Readonly<Record<string, string | number | readonly FieldFault[]>>;

export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(`${code} ${JSON.stringify(details)}`);
    this.code = code;
    this.details = details;
  }
}
