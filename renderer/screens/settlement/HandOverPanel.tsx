import { App, Input } from 'antd';
import { useState } from 'react';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, ErrorNotice } from '#renderer/ui/index.ts';
import type { Statement } from './StatementView.tsx';

type Props = Readonly<{ statement: Pick<Statement, 'order'>; onDone?: () => void }>;

/** Settled work leaves the house: who fetched the device, or, at the customer's place, that it is over. */
export function HandOverPanel({ statement: { order }, onDone }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const [receivedBy, setReceivedBy] = useState(order.customerName ?? '');
  const operation = useOperation('workOrders.handOver');
  const isCarryIn = order.mode === 'carry-in';

  function handOver(): void {
    const input = { id: order.id, version: order.version, receivedBy: isCarryIn ? receivedBy : '' };
    operation.mutate(input, {
      onSuccess: ({ number }) => {
        void message.success(t(isCarryIn ? 'settlement.handedOver' : 'settlement.closed', { number }));
        onDone?.();
      },
    });
  }

  return (
    <div className="mw-till-panel">
      {isCarryIn && (
        <Input
          addonBefore={t('settlement.receivedBy')}
          aria-label={t('settlement.receivedBy')}
          maxLength={100}
          value={receivedBy}
          onChange={(event) => setReceivedBy(event.target.value)}
        />
      )}
      <ErrorNotice error={operation.error} />
      <ActionButton
        type="primary"
        size="large"
        block
        hotkey="Ctrl+Enter"
        loading={operation.isPending}
        onClick={handOver}
      >
        {t(isCarryIn ? 'settlement.handOver' : 'settlement.closeWork')}
      </ActionButton>
    </div>
  );
}
