import { useMemo } from 'react';
import { useText } from '#renderer/text/react.ts';
import { EmptyState, type GridColumn, LocalGrid, ToneTag, useFormat } from '#renderer/ui/index.ts';
import { urgencyOptions } from '../work-orders/codes.ts';
import { deviceText, PromiseText } from '../work-orders/facts.tsx';
import type { QueuedOrder } from './DispatchScreen.tsx';

type Props = Readonly<{
  orders: readonly QueuedOrder[];
  /** All that wait, of which `orders` may be the most pressing only. */
  total: number;
  onSelect: (order: QueuedOrder) => void;
  onOpen: (order: QueuedOrder) => void;
}>;

/** Work nobody has yet, the most pressing first. */
export function Queue({ orders, total, onSelect, onOpen }: Props) {
  const t = useText();
  const format = useFormat();
  const columns = useMemo<readonly GridColumn<QueuedOrder>[]>(
    () => [
      {
        key: 'urgency',
        title: t('workOrders.columns.urgency'),
        type: 'choice',
        width: 72,
        choices: urgencyOptions(t),
        render: ({ urgency }) => (urgency === 'urgent' ? <ToneTag tone="bad">{t('workOrders.urgent')}</ToneTag> : null),
      },
      {
        key: 'promisedAt',
        title: t('workOrders.columns.promisedAt'),
        type: 'instant',
        render: ({ promisedAt }) => <PromiseText at={promisedAt} isOpen />,
      },
      { key: 'customerName', title: t('dispatch.customer'), width: 94 },
      { key: 'category', title: t('dispatch.device'), width: 154, render: (order) => deviceText(order) },
      { key: 'symptom', title: t('workOrders.columns.symptom'), width: 112, grows: true },
      {
        key: 'visitAddress',
        title: t('dispatch.where'),
        width: 124,
        render: ({ mode, visitAddress }) => (mode === 'carry-in' ? t('dispatch.atCounter') : visitAddress),
      },
      { key: 'number', title: t('workOrders.columns.number'), type: 'code', width: 172 },
    ],
    [t],
  );
  return (
    <LocalGrid
      id="dispatch queue"
      rows={orders}
      columns={columns}
      rowKey="id"
      aria-label={t('dispatch.title')}
      onSelect={onSelect}
      footer={
        orders.length < total &&
        t('dispatch.mostPressing', { shown: format.count(orders.length), total: format.count(total) })
      }
      onOpen={onOpen}
      empty={<EmptyState title={t('dispatch.queueEmpty')} text={t('dispatch.queueEmptyText')} />}
    />
  );
}
