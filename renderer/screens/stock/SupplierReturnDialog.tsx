import { App, Button, Input, Select } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { ONE_PIECE } from '#domain/quantity.ts';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  Dialog,
  ErrorNotice,
  hotkeyOf,
  Loaded,
  QuantityInput,
  QuantityText,
  useAskIfUnsaved,
  useDirtyGuard,
  useEnterToNext,
  useHotkey,
} from '#renderer/ui/index.ts';
import { faultyLineOf } from './StockForm.tsx';

type Line = OutputOf<'stock.supplierReturnSheet'>['lines'][number];
type Receipt = Readonly<{ id: string; number: string }>;
type Props = Readonly<{ receipt: Receipt; onReturned: () => void; onClose: () => void }>;

/** What of a receipt goes back to the supplier, and why. */
export function SupplierReturnDialog({ receipt, onReturned, onClose }: Props) {
  const t = useText();
  const ask = useAskIfUnsaved();
  const sheet = useQueryOperation('stock.supplierReturnSheet', { documentId: receipt.id });
  return (
    <Dialog isOpen width={860} title={t('stock.returnTitle', { number: receipt.number })} onClose={() => ask(onClose)}>
      <Loaded query={sheet}>
        {({ lines }) => <ReturnForm receipt={receipt} lines={lines} onReturned={onReturned} onClose={onClose} />}
      </Loaded>
    </Dialog>
  );
}

/** By number of the receipt's line. Thousandths; `lots`: the serial numbers, or the batch, that go back. */
type Wanted = Readonly<Record<number, Readonly<{ quantity: number | null; lots: readonly string[] }>>>;

const NOTHING = { quantity: null, lots: [] } as const;

function ReturnForm({ receipt, lines, onReturned, onClose }: Props & Readonly<{ lines: readonly Line[] }>) {
  const t = useText();
  const { message } = App.useApp();
  const [wanted, setWanted] = useState<Wanted>({});
  const [reason, setReason] = useState('');
  const operation = useOperation('stock.returnToSupplier');
  const sent = lines.flatMap((line) => lineToSend(line, wanted[line.lineNo] ?? NOTHING));
  useDirtyGuard((sent.length > 0 || reason !== '') && !operation.isSuccess);
  const ask = useAskIfUnsaved();
  useHotkey('Escape', () => ask(onClose));
  const faulty = faultyLineOf(operation.error);
  const isReady = sent.length > 0 && reason.trim() !== '';

  function save(): void {
    const input = { documentId: receipt.id, reason, lines: sent };
    operation.mutate(input, {
      onSuccess: ({ number }) => {
        void message.success(t('stock.returnedAs', { number }));
        onReturned();
      },
    });
  }

  /** Before the open list of numbers hears it, which would take one more of them. */
  function saveByKey(event: KeyboardEvent): void {
    if (hotkeyOf(event.nativeEvent) !== 'Ctrl+Enter') return;
    event.preventDefault();
    event.stopPropagation();
    if (isReady && !operation.isPending) save();
  }

  return (
    <div className="mw-stock-form" onKeyDown={useEnterToNext()} onKeyDownCapture={saveByKey}>
      <label>
        {t('stock.returnReason')} <span className="mw-negative">*</span>
        <Input autoFocus value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </label>
      <ReturnTable
        lines={lines}
        wanted={wanted}
        onChange={setWanted}
        faultyNo={faulty === undefined ? undefined : sent[faulty - 1]?.lineNo}
      />
      <ErrorNotice error={operation.error} />
      <div className="mw-stock-foot">
        <span className="mw-soft">{t('stock.returnHint')}</span>
        <Button onClick={() => ask(onClose)}>{t('common.cancel')}</Button>
        <ActionButton
          type="primary"
          hotkey="Ctrl+Enter"
          disabled={!isReady}
          loading={operation.isPending}
          onClick={save}
        >
          {t('stock.returnToSupplier')}
        </ActionButton>
      </div>
    </div>
  );
}

/** The chosen serial numbers make the quantity; a batch has all of it, and left out is the service's choice. */
function lineToSend({ lineNo, tracking }: Line, { quantity, lots }: Wanted[number]) {
  const count = tracking === 'serial' ? lots.length * ONE_PIECE : quantity;
  if (count === null || count === 0) return [];
  const each = tracking === 'serial' ? ONE_PIECE : count;
  return [{ lineNo, quantity: count, lots: lots.map((lot) => ({ lot, quantity: each })) }];
}

type TableProps = Readonly<{
  lines: readonly Line[];
  wanted: Wanted;
  onChange: (wanted: Wanted) => void;
  /** The line that a refusal names. */
  faultyNo: number | undefined;
}>;

function ReturnTable({ lines, wanted, onChange, faultyNo }: TableProps) {
  const t = useText();
  const hasLots = lines.some(({ tracking }) => tracking !== 'none');
  return (
    <div className="mw-draft-box">
      <table className="mw-draft">
        <thead>
          <tr>
            <th className="is-number">#</th>
            <th>{t('stock.columns.part')}</th>
            <th className="is-number">{t('stock.columns.received')}</th>
            <th className="is-number">{t('stock.columns.returned')}</th>
            {hasLots && <th>{t('stock.columns.lots')}</th>}
            <th className="is-number">{t('stock.columns.toReturn')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <ReturnRow
              key={line.lineNo}
              line={line}
              wanted={wanted[line.lineNo] ?? NOTHING}
              hasLots={hasLots}
              isFaulty={line.lineNo === faultyNo}
              onChange={(one) => onChange({ ...wanted, [line.lineNo]: one })}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = Readonly<{
  line: Line;
  wanted: Wanted[number];
  hasLots: boolean;
  isFaulty: boolean;
  onChange: (wanted: Wanted[number]) => void;
}>;

function ReturnRow({ line, wanted, hasLots, isFaulty, onChange }: RowProps) {
  const t = useText();
  const isSerial = line.tracking === 'serial';
  const left = line.quantity - line.returned;
  const about = t('common.line', { line: line.lineNo });
  return (
    <tr className={isFaulty || (wanted.quantity ?? 0) > left ? 'is-wrong' : ''}>
      <td className="is-number mw-soft">{line.lineNo}</td>
      <td>
        <span className="mw-part-number">{line.partNumber}</span> {line.part}
      </td>
      <td className="is-number">
        <QuantityText value={line.quantity} /> {line.measure}
      </td>
      <td className="is-number">
        <QuantityText value={line.returned === 0 ? null : line.returned} />
      </td>
      {hasLots && (
        <td>
          {line.tracking !== 'none' && (
            <Select<string[]>
              mode="multiple"
              size="small"
              {...(isSerial ? {} : { maxCount: 1 })}
              style={{ width: 220 }}
              aria-label={`${about} ${t('stock.columns.lots')}`}
              value={[...wanted.lots]}
              options={line.lots.map(({ lot }) => ({ value: lot, label: lot }))}
              onChange={(lots) => onChange({ ...wanted, lots })}
            />
          )}
        </td>
      )}
      <td className="is-number">
        <QuantityInput
          width={110}
          unit={line.measure}
          disabled={isSerial || left === 0}
          aria-label={`${about} ${t('stock.columns.toReturn')}`}
          value={isSerial ? wanted.lots.length * ONE_PIECE : wanted.quantity}
          onChange={(quantity) => onChange({ ...wanted, quantity })}
        />
      </td>
    </tr>
  );
}
