import { PrinterOutlined } from '@ant-design/icons';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { canBeSettled, isSettled } from '#domain/work-orders/states.ts';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DateTimeText,
  EmptyState,
  Facts,
  LineTable,
  Loaded,
  MoneyText,
  QuantityText,
  Section,
  StateTag,
  ToneTag,
} from '#renderer/ui/index.ts';
import { DepositDialog, NotifyDialog, RefundDialog, ReverseDialog } from './dialogs.tsx';
import { HandOverPanel } from './HandOverPanel.tsx';
import { ReceiptDialog } from './Receipt.tsx';
import { SettlePanel } from './SettlePanel.tsx';
import './settlement.css';

export type Statement = OutputOf<'billing.statement'>;

type Props = Readonly<{ orderId: string }>;

/** The bill of one order, the money taken for it, and what is to be done next. */
export function StatementView({ orderId }: Props) {
  const statement = useQueryOperation('billing.statement', { workOrderId: orderId });
  return (
    <Loaded query={statement}>
      {(data) => (
        <div className="mw-till">
          <div className="mw-split-scroll">
            <Head statement={data} />
            <Bill statement={data} />
            <Money statement={data} />
          </div>
          <Side statement={data} />
        </div>
      )}
    </Loaded>
  );
}

/** Who only reads the bill, as an accountant before it is settled, has the room of the till for reading. */
function Side({ statement }: PartProps) {
  const may = useMay();
  const { state } = statement.order;
  const isAtCounter = may('billing.settle') || may('work.hand-over');
  if (!isAtCounter && canBeSettled(state)) return null;
  return (
    <aside className="mw-till-side">
      <NextStep statement={statement} />
    </aside>
  );
}

type PartProps = Readonly<{ statement: Statement }>;

function Head({ statement: { order } }: PartProps) {
  const t = useText();
  const device = [order.category, order.brand, order.model].filter((word) => word !== '').join(' ');
  const facts = [
    { label: t('fields.customer'), value: order.customerName ?? t('settlement.anonymous') },
    { label: t('fields.phone'), value: order.customerPhone },
    { label: t('fields.device'), value: device },
    { label: t('fields.serial'), value: order.serial },
    { label: t('fields.symptom'), value: order.symptom },
    { label: t('fields.accessories'), value: order.accessories },
  ];
  return (
    <Section
      title={
        <span className="mw-till-title">
          <Link to={`/work-orders/${order.id}`}>{order.number}</Link>
          <StateTag state={order.state} />
          <ToneTag tone="neutral">{t(`workOrderCodes.mode.${order.mode}`)}</ToneTag>
          <ToneTag tone={order.warrantyClass === 'out' ? 'neutral' : 'special'}>
            {t(`workOrderCodes.warrantyClass.${order.warrantyClass}`)}
          </ToneTag>
        </span>
      }
    >
      <Facts facts={facts} labelWidth={92} />
    </Section>
  );
}

type BillLine = Readonly<{ key: string; name: ReactNode; price: number | null; amount: number; quantity: ReactNode }>;

/** Every line, also what somebody else bears, so that the customer sees what he need not pay. */
export function Bill({ statement }: PartProps) {
  const t = useText();
  const { charges, settlement } = statement;
  const sums = settlement ?? charges;
  const further = (key: 'travel' | 'discount', amount: number): BillLine[] =>
    amount === 0 ? [] : [{ key, name: t(`settlement.${key}`), price: null, amount, quantity: null }];
  const rows = [
    ...statement.lines.map((line, index) => billLineOf(t, line, index)),
    ...further('travel', sums.travel),
    ...further('discount', 0 - sums.discount),
  ];
  return (
    <Section title={t('settlement.bill')}>
      <LineTable
        rows={rows}
        keyOf={({ key }) => key}
        columns={[
          { title: t('settlement.item'), render: ({ name }) => name },
          { title: t('fields.quantity'), isNumber: true, render: ({ quantity }) => quantity },
          {
            title: t('fields.price'),
            isNumber: true,
            render: ({ price }) => price !== null && <MoneyText value={price} />,
          },
          {
            title: t('fields.amount'),
            isNumber: true,
            render: ({ amount }) => <MoneyText value={amount} />,
            foot: <MoneyText value={sums.total} />,
          },
        ]}
      />
    </Section>
  );
}

function billLineOf(t: Translate, line: Statement['lines'][number], index: number): BillLine {
  const { kind, name, partNumber, charge, quantity, measure, price, amount } = line;
  const bearer = t('settlement.bornBy', { bearer: t(`audit.charges.${charge}`) });
  return {
    key: `${kind} ${index}`,
    name: (
      <>
        {name} {partNumber !== null && <span className="mw-soft">{partNumber}</span>}
        {charge !== 'customer' && <span className="mw-soft"> ({bearer})</span>}
      </>
    ),
    quantity: <QuantityText value={quantity} unit={measure ?? ''} />,
    price,
    amount,
  };
}

function Money({ statement }: PartProps) {
  const t = useText();
  return (
    <Section title={t('settlement.money')} actions={<MoneyText value={statement.received} />}>
      <LineTable
        rows={statement.money}
        keyOf={({ id }) => id}
        empty={t('settlement.noMoney')}
        columns={[
          {
            title: '',
            render: ({ kind, reversesId }) => (
              <>
                {t(`settlement.entryKinds.${kind}`)}
                {reversesId !== null && <span className="mw-soft"> ({t('settlement.reversal')})</span>}
              </>
            ),
          },
          { title: '', render: ({ method }) => t(`workOrderCodes.method.${method}`) },
          { title: '', render: ({ at }) => <DateTimeText value={at} /> },
          { title: '', render: ({ employeeName }) => <span className="mw-soft">{employeeName}</span> },
          { title: '', isNumber: true, render: ({ amount }) => <MoneyText value={amount} /> },
        ]}
      />
    </Section>
  );
}

type Asked = 'deposit' | 'refund' | 'notify' | 'reverse' | 'receipt';

/** The panel of the next step, and beneath it what else may be done in this state by this person. */
function NextStep({ statement }: PartProps) {
  const [asked, setAsked] = useState<Asked>();
  return (
    <>
      <StepPanel statement={statement} onSettled={() => setAsked('receipt')} />
      <Offers statement={statement} onAsk={setAsked} />
      {asked !== undefined && <Question asked={asked} statement={statement} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function StepPanel({ statement, onSettled }: PartProps & Readonly<{ onSettled: () => void }>) {
  const t = useText();
  const may = useMay();
  const { state, version } = statement.order;
  if (isSettled(state))
    return (
      <>
        {state === 'settled' && may('work.hand-over') && <HandOverPanel statement={statement} />}
        <Settled statement={statement} />
      </>
    );
  if (!canBeSettled(state)) return <EmptyState title={t('settlement.notAudited')} />;
  return may('billing.settle') ? <SettlePanel key={version} statement={statement} onSettled={onSettled} /> : null;
}

function Offers({ statement, onAsk }: PartProps & Readonly<{ onAsk: (asked: Asked) => void }>) {
  const t = useText();
  const may = useMay();
  const { state, mode } = statement.order;
  const isUnsettled = !isSettled(state);
  const maySettle = may('billing.settle');
  return (
    <div className="mw-till-more">
      {statement.settlement !== null && (
        <ActionButton hotkey="Ctrl+P" icon={<PrinterOutlined />} onClick={() => onAsk('receipt')}>
          {t('settlement.receipt')}
        </ActionButton>
      )}
      {may('work.hand-over') && mode === 'carry-in' && state === 'audited' && (
        <ActionButton onClick={() => onAsk('notify')}>{t('settlement.notifyReady')}</ActionButton>
      )}
      {maySettle && isUnsettled && state !== 'cancelled' && (
        <ActionButton onClick={() => onAsk('deposit')}>{t('settlement.deposit')}</ActionButton>
      )}
      {maySettle && isUnsettled && statement.received > 0 && (
        <ActionButton onClick={() => onAsk('refund')}>{t('settlement.refundDeposit')}</ActionButton>
      )}
      {may('billing.reverse') && state === 'settled' && (
        <ActionButton danger onClick={() => onAsk('reverse')}>
          {t('settlement.reverse')}
        </ActionButton>
      )}
    </div>
  );
}

type QuestionProps = PartProps & Readonly<{ asked: Asked; onClose: () => void }>;

function Question({ asked, statement, onClose }: QuestionProps) {
  const { order, received, settlement } = statement;
  switch (asked) {
    case 'deposit':
      return <DepositDialog order={order} onClose={onClose} />;
    case 'refund':
      return <RefundDialog order={order} received={received} onClose={onClose} />;
    case 'notify':
      return <NotifyDialog order={order} onClose={onClose} />;
    case 'reverse':
      return <ReverseDialog order={order} taken={settlement?.due ?? 0} onClose={onClose} />;
    case 'receipt':
      return <ReceiptDialog statement={statement} onClose={onClose} />;
  }
}

function Settled({ statement: { settlement } }: PartProps) {
  const t = useText();
  if (settlement === null) return null;
  const facts = [
    { label: t('settlement.settlementNumber'), value: settlement.number },
    { label: t('settlement.settledOn'), value: settlement.settledOn },
    { label: t('settlement.settledBy'), value: settlement.employeeName },
    { label: t('settlement.total'), value: <MoneyText value={settlement.total} /> },
  ];
  return <Facts facts={facts} columns={1} />;
}
