import { App, Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, ErrorNotice, MoneyInput, MoneyText, useFormat } from '#renderer/ui/index.ts';
import { METHODS, type Method } from '../work-orders/codes.ts';
import type { Statement } from './StatementView.tsx';

type Props = Readonly<{ statement: Statement; onSettled: () => void }>;

/** What is due, in figures that can be read across the counter, how it is paid, and the button that takes it. */
export function SettlePanel({ statement, onSettled }: Props) {
  const t = useText();
  const format = useFormat();
  const { message } = App.useApp();
  const { order, charges, received } = statement;
  const [discount, setDiscount] = useState<number | null>(charges.discount);
  const [method, setMethod] = useState<Method>('cash');
  const [tendered, setTendered] = useState<number | null>(null);
  const operation = useOperation('billing.settle');
  const whole = charges.total + charges.discount;
  const due = whole - (discount ?? 0) - received;

  function settle(): void {
    const input = {
      id: order.id,
      version: order.version,
      ...(discount === charges.discount ? {} : { discount: discount ?? 0 }),
      method: due === 0 ? null : method,
      expectedDue: due,
    };
    const { number } = order;
    operation.mutate(input, {
      onSuccess: () => {
        void message.success(t('settlement.settled', { number }));
        onSettled();
      },
    });
  }

  return (
    <div className="mw-till-panel">
      <Sum label={t('settlement.labour')} value={charges.labour} />
      <Sum label={t('settlement.parts')} value={charges.parts} />
      <Sum label={t('settlement.travel')} value={charges.travel} />
      <Row label={t('settlement.discount')}>
        <MoneyInput aria-label={t('settlement.discount')} width={120} value={discount} onChange={setDiscount} />
      </Row>
      <Sum label={t('settlement.received')} value={0 - received} />
      <Due due={due} />
      {due !== 0 && !Number.isNaN(due) && (
        <Segmented<Method>
          block
          aria-label={t('settlement.method')}
          value={method}
          onChange={setMethod}
          options={METHODS.map((value) => ({ value, label: t(`workOrderCodes.method.${value}`) }))}
        />
      )}
      {due > 0 && method === 'cash' && (
        <Row label={t('settlement.tendered')}>
          <MoneyInput aria-label={t('settlement.tendered')} width={120} value={tendered} onChange={setTendered} />
        </Row>
      )}
      {due > 0 && method === 'cash' && tendered !== null && tendered > due && (
        <div className="mw-till-change">{t('settlement.change', { amount: format.money(tendered - due) })}</div>
      )}
      <ErrorNotice error={operation.error} />
      <ActionButton
        type="primary"
        size="large"
        block
        hotkey="Ctrl+Enter"
        loading={operation.isPending}
        disabled={Number.isNaN(due)}
        onClick={settle}
      >
        {due > 0
          ? t('settlement.takeMoney', { amount: format.money(due) })
          : due < 0
            ? t('settlement.returnMoney', { amount: format.money(0 - due) })
            : t('settlement.settleOnly')}
      </ActionButton>
    </div>
  );
}

function Row({ label, children }: Readonly<{ label: string; children: ReactNode }>) {
  return (
    <div className="mw-till-row">
      <span>{label}</span>
      {children}
    </div>
  );
}

function Sum({ label, value }: Readonly<{ label: string; value: number }>) {
  return (
    <Row label={label}>
      <MoneyText value={value} />
    </Row>
  );
}

function Due({ due }: Readonly<{ due: number }>) {
  const t = useText();
  const label = due < 0 ? t('settlement.toReturn') : due === 0 ? t('settlement.nothingDue') : t('settlement.due');
  return (
    <div className={due < 0 ? 'mw-till-due is-return' : 'mw-till-due'}>
      <span>{label}</span>
      <strong data-testid="due">
        <MoneyText value={Number.isNaN(due) ? null : Math.abs(due)} />
      </strong>
    </div>
  );
}
