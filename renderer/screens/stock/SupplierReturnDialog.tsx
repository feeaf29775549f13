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
  type LineColumn,
  LineTable,
  Loaded,
  QuantityInput,
  QuantityText,
  useAskIfUnsaved,
  useDirtyGuard,
  useEnterToNext,
  useHotkey,
} from '#renderer/ui/index.ts';
import { PartName } from './PartName.tsx';
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
  const wantedOf = ({ lineNo }: Line) => wanted[lineNo] ?? NOTHING;
  const change = (line: Line, changes: Partial<Wanted[number]>) =>
    onChange({ ...wanted, [line.lineNo]: { ...wantedOf(line), ...changes } });
  const labelled = ({ lineNo }: Line, column: string) => `${t('common.line', { line: lineNo })} ${column}`;
  const columns: LineColumn<Line>[] = [
    {
      title: t('stock.columns.part'),
      render: ({ partNumber, part }) => <PartName number={partNumber} name={part} />,
    },
    {
      title: t('stock.columns.received'),
      isNumber: true,
      render: ({ quantity, measure }) => <QuantityText value={quantity} unit={measure} />,
    },
    {
      title: t('stock.columns.returned'),
      isNumber: true,
      render: ({ returned }) => <QuantityText value={returned === 0 ? null : returned} />,
    },
  ];
  if (lines.some(({ tracking }) => tracking !== 'none'))
    columns.push({
      title: t('stock.columns.lots'),
      render: (line) =>
        line.tracking !== 'none' && (
          <Select<string[]>
            mode="multiple"
            size="small"
            {...(line.tracking === 'serial' ? {} : { maxCount: 1 })}
            style={{ width: 220 }}
            aria-label={labelled(line, t('stock.columns.lots'))}
            value={[...wantedOf(line).lots]}
            options={line.lots.map(({ lot }) => ({ value: lot, label: lot }))}
            onChange={(lots) => change(line, { lots })}
          />
        ),
    });
  columns.push({
    title: t('stock.columns.toReturn'),
    isNumber: true,
    render: (line) => (
      <QuantityInput
        width={110}
        unit={line.measure}
        disabled={line.tracking === 'serial' || leftOf(line) === 0}
        aria-label={labelled(line, t('stock.columns.toReturn'))}
        value={line.tracking === 'serial' ? wantedOf(line).lots.length * ONE_PIECE : wantedOf(line).quantity}
        onChange={(quantity) => change(line, { quantity })}
      />
    ),
  });
  return (
    <div className="mw-draft-box">
      <LineTable
        rows={lines}
        columns={columns}
        keyOf={({ lineNo }) => lineNo}
        lineNoOf={({ lineNo }) => lineNo}
        isWrong={(line) => line.lineNo === faultyNo || (wantedOf(line).quantity ?? 0) > leftOf(line)}
      />
    </div>
  );
}

/** Thousandths of it that have not gone back. */
const leftOf = ({ quantity, returned }: Line): number => quantity - returned;
