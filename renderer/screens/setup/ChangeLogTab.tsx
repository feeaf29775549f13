import { useState } from 'react';
import type { Texts, Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import { type Choice, DataGrid, EmptyState, type GridColumn } from '#renderer/ui/index.ts';
import { ChangeDialog } from './ChangeDialog.tsx';
import type { AuditRow } from './change.ts';
import { actorText, operationText, Result } from './log-words.tsx';

const ENTITIES = [
  'work-order',
  'customer',
  'device',
  'employee',
  'part',
  'supplier',
  'warehouse',
  'work-type',
  'store',
  'stock-document',
  'purchase',
  'stock-place',
  'reservation',
  'old-part',
  'commission-rule',
  'pay-period',
  'unit',
  'department',
  'contract',
  'import',
  'pc',
  'webhook',
] as const satisfies readonly (keyof Texts['setup']['log']['entities'])[];

/** Who did what, when, with what before and after; what was refused, too. Nothing in it can be changed. */
export function ChangeLogTab() {
  const t = useText();
  const [opened, setOpened] = useState<AuditRow>();
  const columns: readonly GridColumn<AuditRow>[] = [
    { key: 'at', title: t('setup.columns.at'), type: 'instant', width: 150 },
    { key: 'actorName', title: t('setup.columns.actor'), width: 130, render: (row) => actorText(t, row) },
    {
      key: 'operation',
      title: t('setup.columns.operation'),
      type: 'choice',
      width: 170,
      choices: operationChoices(t),
      render: (row) => operationText(t, row.operation),
    },
    {
      key: 'event',
      title: t('setup.columns.result'),
      width: 110,
      isFilterable: false,
      render: (row) => <Result row={row} />,
    },
    {
      key: 'entity',
      title: t('setup.columns.entity'),
      type: 'choice',
      width: 130,
      choices: ENTITIES.map((entity) => ({ value: entity, label: t(`setup.log.entities.${entity}`) })),
    },
    { key: 'subject', title: t('setup.columns.subject') },
  ];
  return (
    <>
      <DataGrid
        operation="auditLog.list"
        columns={columns}
        rowKey="seq"
        onOpen={setOpened}
        empty={<EmptyState text={t('setup.log.emptyText')} />}
      />
      {opened && <ChangeDialog row={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}

const COMMANDS = [
  'session.signIn',
  'session.signOut',
  'session.changePassword',
  'workOrders.registerIntake',
  'workOrders.edit',
  'workOrders.accept',
  'workOrders.appoint',
  'workOrders.start',
  'workOrders.waitForParts',
  'workOrders.resume',
  'workOrders.escalate',
  'workOrders.giveUp',
  'workOrders.cancel',
  'workOrders.notifyReady',
  'workOrders.handOver',
  'attachments.add',
  'customers.save',
  'customers.saveDevice',
  'dispatch.assign',
  'dispatch.withdraw',
  'jobs.saveMaterial',
  'jobs.complete',
  'jobs.withdrawCompletion',
  'audit.approve',
  'audit.withdraw',
  'billing.takeDeposit',
  'billing.refundDeposit',
  'billing.settle',
  'billing.reverseSettlement',
  'stock.receive',
  'stock.issue',
  'stock.reverse',
  'stock.returnToSupplier',
  'purchases.save',
  'purchases.approve',
  'purchases.refuse',
  'purchases.order',
  'purchases.receive',
  'purchases.close',
  'purchases.cancel',
  'stock.reserve',
  'stock.release',
  'stock.savePlace',
  'parts.merge',
  'stock.returnIssue',
  'oldParts.receive',
  'oldParts.inspect',
  'oldParts.dispose',
  'oldParts.credit',
  'oldParts.forgive',
  'oldParts.charge',
  'oldParts.undo',
  'organisation.saveUnit',
  'organisation.saveDepartment',
  'organisation.saveContract',
  'organisation.addContractEvent',
  'payroll.saveRule',
  'payroll.endRule',
  'payroll.openPeriod',
  'payroll.calculate',
  'payroll.lock',
  'payroll.reopen',
  'payroll.markPaid',
  'setup.savePart',
  'setup.saveWorkType',
  'setup.saveWarehouse',
  'setup.saveSupplier',
  'setup.saveStore',
  'access.saveEmployee',
  'access.setPassword',
  'pcs.ask',
  'pcs.approve',
  'pcs.refuse',
  'webhooks.save',
  'webhooks.newSecret',
  'webhooks.test',
  'webhooks.redeliver',
  'webhooks.remove',
  'imports.openRepairRows',
  'company.create',
] as const;

const operationChoices = (t: Translate): Choice[] =>
  COMMANDS.map((name) => ({ value: name, label: operationText(t, name) }));
