import { useState } from 'react';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, DataGrid, EmptyState, type GridColumn, type RowOf, useFormat } from '#renderer/ui/index.ts';
import { AccountDrawer } from './AccountDrawer.tsx';
import { PaymentDialog } from './PaymentDialog.tsx';

type Row = RowOf<'deposits.list'>;
const FRESH_AFTER = 30_000; // milliseconds

/** The deposits this unit holds, of outlets below it and of its technicians, and its own that others hold. */
export function DepositsTab() {
  const t = useText();
  const may = useMay();
  const format = useFormat();
  const [opened, setOpened] = useState<Row>();
  const [isPaying, setPaying] = useState(false);
  const derived = { isFilterable: false, isSortable: false } as const;
  const columns: readonly GridColumn<Row>[] = [
    { key: 'unit', title: t('deposits.owner'), grows: true, render: ({ technician, unit }) => technician ?? unit },
    { key: 'technician', title: t('deposits.technician'), width: 140 },
    { key: 'holder', title: t('deposits.holder'), width: 180 },
    { key: 'held', title: t('deposits.held'), type: 'money', width: 130 },
    { key: 'blocked', title: t('deposits.blocked'), type: 'money', width: 130, ...derived },
    {
      key: 'free',
      title: t('deposits.free'),
      type: 'money',
      width: 130,
      ...derived,
      render: ({ free }) => <span className={free < 0 ? 'mw-negative' : ''}>{format.amount(free)}</span>,
    },
    { key: 'entries', title: t('deposits.entries'), type: 'count', width: 80 },
    { key: 'lastAt', title: t('deposits.lastAt'), type: 'instant', width: 150 },
  ];
  return (
    <div className="mw-stock-tab">
      <div className="mw-transfer-bar">
        <span className="mw-soft">{t('deposits.text')}</span>
        {may('deposit.manage') && (
          <ActionButton type="primary" hotkey="Alt+N" onClick={() => setPaying(true)}>
            {t('deposits.pay')}
          </ActionButton>
        )}
      </div>
      <DataGrid
        operation="deposits.list"
        columns={columns}
        rowKey="id"
        refetchInterval={FRESH_AFTER}
        onOpen={setOpened}
        empty={<EmptyState text={t('deposits.empty')} />}
      />
      {isPaying && <PaymentDialog onClose={() => setPaying(false)} />}
      {opened && <AccountDrawer account={opened} onClose={() => setOpened(undefined)} />}
    </div>
  );
}
