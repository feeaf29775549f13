import { App, Input } from 'antd';
import { useState } from 'react';
import { lineAmount } from '#domain/quantity.ts';
import type { OutputOf } from '#operations/index.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  ErrorNotice,
  type LineColumn,
  LineTable,
  MoneyInput,
  MoneyText,
  QuantityInput,
  QuantityText,
  Section,
  useDirtyGuard,
  useEnterToNext,
} from '#renderer/ui/index.ts';
import { ExceedField } from '../deposits/ExceedField.tsx';
import { ReasonDialog } from '../handshakes/ReasonDialog.tsx';
import { isFigure } from '../stock/draft-lines.ts';
import { PartName } from '../stock/PartName.tsx';
import { faultyLineOf } from '../stock/StockForm.tsx';
import { DepositPanel } from './DepositPanel.tsx';

export type Requisition = OutputOf<'requisitions.get'>;
export type Line = Requisition['lines'][number];
type Granted = Readonly<{ quantity: number | null; price: number | null; note: string }>;

const isFilled = ({ quantity, price }: Granted): boolean => isFigure(quantity) && isFigure(price);
const amountOf = ({ quantity, price }: Granted): number =>
  isFigure(quantity) && isFigure(price) && quantity * price < Number.MAX_SAFE_INTEGER ? lineAmount(quantity, price) : 0;

/** The higher level edits a plan line by line, beside what it has and the outlet's deposit, and approves it. */
export function GrantForm({ sheet, onDone }: Readonly<{ sheet: Requisition; onDone: () => void }>) {
  const t = useText();
  const { message } = App.useApp();
  const enterToNext = useEnterToNext();
  const [lines, setLines] = useState<readonly Granted[]>(() =>
    sheet.lines.map(({ quantity, usualPrice }) => ({ quantity, price: usualPrice, note: '' })),
  );
  const [isDirty, setDirty] = useState(false);
  const [exceed, setExceed] = useState('');
  const [isRefusing, setRefusing] = useState(false);
  const operation = useOperation('requisitions.approve');
  const refuse = useOperation('requisitions.refuse');
  useDirtyGuard(isDirty && !operation.isSuccess);
  const { id, number, deposit } = sheet;
  const needed = lines.reduce((sum, line) => sum + amountOf(line), 0);
  const isBeyond = deposit !== null && needed > deposit.free;
  const isReady = lines.every(isFilled) && lines.some(({ quantity }) => quantity !== 0);

  function change(index: number, changes: Partial<Granted>): void {
    setDirty(true);
    setLines((before) => before.map((line, at) => (at === index ? { ...line, ...changes } : line)));
  }

  function approve(): void {
    const granted = lines.map(({ quantity, price, note }, index) => {
      return { line: index + 1, quantity: quantity ?? Number.NaN, price, note };
    });
    const onSuccess = () => {
      void message.success(t('requisitions.approved', { number }));
      onDone();
    };
    operation.mutate({ id, lines: granted, exceed }, { onSuccess });
  }

  return (
    <>
      <Section title={t('requisitions.deposit')}>
        <DepositPanel deposit={deposit} needed={needed} isPlanned />
      </Section>
      <Section title={t('fields.lines')}>
        <div onKeyDown={enterToNext}>
          <GrantTable sheet={sheet} lines={lines} faultyLine={faultyLineOf(operation.error)} onChange={change} />
        </div>
        <ErrorNotice error={operation.error} />
        <div className="mw-requisition-foot">
          {isBeyond && <ExceedField value={exceed} onChange={setExceed} />}
          <ActionButton hotkey="Alt+R" onClick={() => setRefusing(true)}>
            {t('handshakes.refuse')}
          </ActionButton>
          <ActionButton
            type="primary"
            hotkey="Ctrl+Enter"
            disabled={!isReady}
            loading={operation.isPending}
            onClick={approve}
          >
            {t('requisitions.approve')}
          </ActionButton>
        </div>
      </Section>
      {isRefusing && (
        <ReasonDialog
          title={`${t('handshakes.refuse')} · ${number}`}
          submitText={t('handshakes.refuse')}
          operation={refuse}
          onSubmit={(reason) => refuse.mutate({ id, reason }, { onSuccess: onDone })}
          onClose={() => setRefusing(false)}
        />
      )}
    </>
  );
}

type TableProps = Readonly<{
  sheet: Requisition;
  lines: readonly Granted[];
  faultyLine: number | undefined;
  onChange: (index: number, changes: Partial<Granted>) => void;
}>;

function GrantTable({ sheet, lines, faultyLine, onChange }: TableProps) {
  const t = useText();
  const grantedOf = (index: number): Granted => lines[index] ?? { quantity: null, price: null, note: '' };
  const isShort = ({ stockHere }: Line, index: number) => {
    const { quantity } = grantedOf(index);
    return isFigure(quantity) && quantity > stockHere;
  };
  const labelled = (index: number, column: string) => `${t('common.line', { line: index + 1 })} ${column}`;
  const columns: readonly LineColumn<Line>[] = [
    {
      title: t('stock.columns.part'),
      render: ({ number, name, note }) => <PartName number={number} name={name} note={note} />,
    },
    {
      title: t('requisitions.onHandThere'),
      isNumber: true,
      render: ({ onHand }) => <QuantityText value={onHand} />,
    },
    {
      title: t('requisitions.asked'),
      isNumber: true,
      render: ({ quantity, measure }) => <QuantityText value={quantity} unit={measure} />,
    },
    {
      title: t('requisitions.stockHere'),
      isNumber: true,
      render: (line, index) => (
        <span className={isShort(line, index) ? 'mw-negative' : ''}>
          <QuantityText value={line.stockHere} />
        </span>
      ),
    },
    {
      title: t('requisitions.granted'),
      isNumber: true,
      render: (_, index) => (
        <QuantityInput
          autoFocus={index === 0}
          width={84}
          aria-label={labelled(index, t('requisitions.granted'))}
          value={grantedOf(index).quantity}
          onChange={(quantity) => onChange(index, { quantity })}
        />
      ),
    },
    {
      title: t('stock.columns.price'),
      isNumber: true,
      render: (_, index) => (
        <MoneyInput
          width={100}
          aria-label={labelled(index, t('stock.columns.price'))}
          value={grantedOf(index).price}
          onChange={(price) => onChange(index, { price })}
        />
      ),
    },
    {
      title: t('stock.columns.amount'),
      isNumber: true,
      render: (_, index) => <MoneyText value={amountOf(grantedOf(index))} />,
      foot: <MoneyText value={lines.reduce((sum, line) => sum + amountOf(line), 0)} />,
    },
    {
      title: t('stock.columns.note'),
      render: (_, index) => (
        <Input
          style={{ minWidth: 110 }}
          maxLength={200}
          aria-label={labelled(index, t('stock.columns.note'))}
          value={grantedOf(index).note}
          onChange={(event) => onChange(index, { note: event.target.value })}
        />
      ),
    },
  ];
  return (
    <LineTable
      rows={sheet.lines}
      columns={columns}
      keyOf={(_, index) => index}
      lineNoOf={(_, index) => index + 1}
      isWrong={(line, index) => faultyLine === index + 1 || isShort(line, index)}
      count={t('stock.lineCount', { count: lines.length })}
    />
  );
}
