import { App, Input } from 'antd';
import { useState } from 'react';
import { lineAmount } from '#domain/quantity.ts';
import type { OutputOf } from '#operations/index.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  ErrorNotice,
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
import { faultyLineOf } from '../stock/StockForm.tsx';
import { DepositPanel } from './DepositPanel.tsx';

export type Requisition = OutputOf<'requisitions.get'>;
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
  const total = lines.reduce((sum, line) => sum + amountOf(line), 0);
  return (
    <table className="mw-draft">
      <thead>
        <tr>
          <th className="is-number">#</th>
          <th>{t('stock.columns.part')}</th>
          <th className="is-number">{t('requisitions.onHandThere')}</th>
          <th className="is-number">{t('requisitions.asked')}</th>
          <th className="is-number">{t('requisitions.stockHere')}</th>
          <th className="is-number">{t('requisitions.granted')}</th>
          <th className="is-number">{t('stock.columns.price')}</th>
          <th className="is-number">{t('stock.columns.amount')}</th>
          <th>{t('stock.columns.note')}</th>
        </tr>
      </thead>
      <tbody>
        {sheet.lines.map((line, index) => {
          const granted = lines[index] ?? { quantity: null, price: null, note: '' };
          const isShort = isFigure(granted.quantity) && granted.quantity > line.stockHere;
          const label = t('common.line', { line: index + 1 });
          return (
            <tr key={index} className={faultyLine === index + 1 || isShort ? 'is-wrong' : ''}>
              <td className="is-number mw-soft">{index + 1}</td>
              <td>
                <span className="mw-part-number">{line.number}</span> {line.name}
                {line.note !== '' && <span className="mw-soft mw-line-note">{line.note}</span>}
              </td>
              <td className="is-number">
                <QuantityText value={line.onHand} />
              </td>
              <td className="is-number">
                <QuantityText value={line.quantity} /> {line.measure}
              </td>
              <td className={isShort ? 'is-number mw-negative' : 'is-number'}>
                <QuantityText value={line.stockHere} />
              </td>
              <td className="is-number">
                <QuantityInput
                  autoFocus={index === 0}
                  width={84}
                  aria-label={`${label} ${t('requisitions.granted')}`}
                  value={granted.quantity}
                  onChange={(quantity) => onChange(index, { quantity })}
                />
              </td>
              <td className="is-number">
                <MoneyInput
                  width={100}
                  aria-label={`${label} ${t('stock.columns.price')}`}
                  value={granted.price}
                  onChange={(price) => onChange(index, { price })}
                />
              </td>
              <td className="is-number">
                <MoneyText value={amountOf(granted)} />
              </td>
              <td>
                <Input
                  style={{ minWidth: 110 }}
                  maxLength={200}
                  aria-label={`${label} ${t('stock.columns.note')}`}
                  value={granted.note}
                  onChange={(event) => onChange(index, { note: event.target.value })}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={6}>{t('stock.lineCount', { count: lines.length })}</td>
          <td className="is-number">{t('common.total')}</td>
          <td className="is-number">
            <MoneyText value={total} />
          </td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}
