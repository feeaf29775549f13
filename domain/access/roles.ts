import { RIGHTS, type Right } from './rights.ts';

export const ROLES = [
  'clerk',
  'dispatcher',
  'technician',
  'keeper',
  'auditor',
  'accountant',
  'manager',
  'administrator',
] as const;

export type Role = (typeof ROLES)[number];

/** What everyone who is signed in may do. */
const EVERYONE: readonly Right[] = ['own.view', 'payslip.own', 'dictionaries.use'];

// A manager watches everything and decides; setting up the house and handing out roles is the administrator's alone.
const MANAGER_MAY_NOT: ReadonlySet<Right> = new Set([
  'access.manage',
  'organisation.manage',
  'import.run',
  'stations.manage',
  'webhooks.manage',
]);

const ISSUE_RIGHTS: readonly Right[] = [
  'stock.issue-counter-sale',
  'stock.issue-in-warranty',
  'stock.issue-out-of-warranty',
  'stock.issue-vendor-unit',
  'stock.issue-to-outlet',
  'stock.issue-to-technician',
];

/** The rights each role brings with it, without `EVERYONE`'s. */
const OWN_RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  clerk: [
    'customers.view',
    'customers.edit',
    'intake.register',
    'work.view',
    'work.cancel',
    'work.hand-over',
    'billing.view',
    'billing.settle',
    'stock.view',
    'stock.issue',
    'stock.issue-counter-sale',
    'stock.return',
    'stock.reserve',
    'reports.work',
    'sales.report',
  ],
  dispatcher: ['customers.view', 'work.view', 'work.cancel', 'dispatch.view', 'dispatch.assign', 'reports.work'],
  technician: [
    'customers.view',
    'work.view',
    'job.materials',
    'job.complete',
    'stock.view',
    'stock.reserve',
    'old-parts.view',
  ],
  keeper: [
    'work.view',
    'job.materials',
    'stock.view',
    'stock.receive',
    'stock.transfer',
    'stock.issue',
    ...ISSUE_RIGHTS,
    'stock.return',
    'stock.return-to-supplier',
    'stock.reserve',
    'stock.count',
    'purchase.view',
    'purchase.request',
    'purchase.order',
    'requisition.plan',
    'requisition.approve',
    'requisition.decide',
    'deposit.view',
    'old-parts.view',
    'old-parts.receive',
    'reports.stock',
  ],
  auditor: [
    'customers.view',
    'work.view',
    'work.audit',
    'work.un-audit',
    'billing.view',
    'stock.view',
    'reports.work',
    'reports.stock',
  ],
  accountant: [
    'customers.view',
    'work.view',
    'billing.view',
    'billing.reverse',
    'payroll.view',
    'payroll.award',
    'payroll.calculate',
    'payroll.rules',
    'stock.view',
    'stock.reverse',
    'stock.price',
    'stock.count-confirm',
    'purchase.view',
    'purchase.approve',
    'deposit.view',
    'deposit.manage',
    'old-parts.view',
    'old-parts.decide',
    'reports.work',
    'reports.stock',
    'reports.payroll',
  ],
  manager: RIGHTS.filter((right) => !MANAGER_MAY_NOT.has(right)),
  administrator: RIGHTS,
};

export function rightsOfRoles(roles: readonly Role[]): ReadonlySet<Right> {
  return new Set([...EVERYONE, ...roles.flatMap((role) => OWN_RIGHTS[role])]);
}
