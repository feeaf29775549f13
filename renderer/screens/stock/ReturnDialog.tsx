import { App, Input } from 'antd';
import { useState } from 'react';
import { lineAmount, ONE_PIECE } from '#domain/quantity.ts';
import { quantityOf, type Lot } from '#domain/stock/lots.ts';
import type { OutputOf } from '#operations/index.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  Dialog,
  ErrorNotice,
  type LineColumn,
  LineTable,
  MoneyText,
  QuantityInput,
  QuantityText,
} from '#renderer/ui/index.ts';
import { isFigure } from './draft-lines.ts';
import { PartName } from './PartName.tsx';
import { ScanField } from './ScanField.tsx';
import { faultyLineOf } from './StockForm.tsx';

type StockDocument = OutputOf<'stock.document'>;
type Line = StockDocument['lines'][number];
type Back = Readonly<{ quantity: number | null; lots: readonly Lot[] }>;
type Backs = ReadonlyMap<number, Back>;

const NOTHING: Back = { quantity: null, lots: [] };
const stillOut = ({ quantity, returned }: Line): number => 0 - quantity - returned;

type Props = Readonly<{ document: StockDocument; onClose: () => void; onReturned: (id: string) => void }>;

/** What of an issue comes back: by scanning part or serial number, a piece each time, or by typing how many. */
export function ReturnDialog({ document, onClose, onReturned }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const [backs, setBacks] = useState<Backs>(new Map());
  const [note, setNote] = useState('');
  const [fault, setFault] = useState('');
  const operation = useOperation('stock.returnIssue');
  const lines = document.lines.filter((line) => stillOut(line) > 0);
  const wanted = [...backs].filter(([, { quantity }]) => quantity !== null && quantity !== 0);
  const backOf = ({ lineNo }: Line): Back => backs.get(lineNo) ?? NOTHING;

  const put = (lineNo: number, back: Back): void => setBacks(new Map(backs).set(lineNo, back));

  function scan(code: string): void {
    const found = backOfScan(lines, backs, code);
    setFault(found ? '' : t('returns.notOut', { code }));
    if (found) put(found.lineNo, found.back);
  }

  function save(): void {
    const input = {
      documentId: document.id,
      note,
      lines: wanted.map(([lineNo, { quantity, lots }]) => ({
        lineNo,
        quantity: quantity ?? Number.NaN,
        lots: [...lots],
      })),
    };
    operation.mutate(input, {
      onSuccess: ({ id, number }) => {
        void message.success(t('returns.saved', { number }));
        onReturned(id);
      },
    });
  }

  const columns: readonly LineColumn<Line>[] = [
    {
      title: t('stock.columns.part'),
      render: (line) => (
        <PartName number={line.partNumber} name={line.part}>
          {line.tracking === 'serial' && (
            <SerialChips line={line} back={backOf(line)} onChange={(back) => put(line.lineNo, back)} />
          )}
        </PartName>
      ),
    },
    {
      title: t('returns.stillOut'),
      isNumber: true,
      render: (line) => <QuantityText value={stillOut(line)} unit={line.measure} />,
    },
    {
      title: t('returns.comesBack'),
      isNumber: true,
      render: (line) =>
        line.tracking === 'serial' ? (
          <QuantityText value={backOf(line).quantity ?? 0} />
        ) : (
          <QuantityInput
            width={110}
            aria-label={`${t('common.line', { line: line.lineNo })} ${t('returns.comesBack')}`}
            value={backOf(line).quantity}
            onChange={(quantity) => put(line.lineNo, { ...backOf(line), quantity })}
          />
        ),
    },
    {
      title: t('slips.refund'),
      isNumber: true,
      render: (line) => <MoneyText value={amountOf(line, backOf(line))} />,
      foot: <MoneyText value={lines.reduce((sum, line) => sum + amountOf(line, backOf(line)), 0)} />,
    },
  ];

  return (
    <Dialog isOpen title={t('returns.title', { number: document.number })} onClose={onClose} width={760}>
      <div className="mw-stock-form">
        <ScanField label={t('returns.scan')} onScan={scan} />
        {fault !== '' && (
          <div className="mw-lots-fault" role="alert">
            {fault}
          </div>
        )}
        <LineTable
          rows={lines}
          columns={columns}
          keyOf={({ lineNo }) => lineNo}
          lineNoOf={({ lineNo }) => lineNo}
          isWrong={(line) => faultyLineOf(operation.error) === line.lineNo || isTooMuch(line, backOf(line))}
        />
        <Input
          aria-label={t('stock.note')}
          placeholder={t('stock.note')}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
        />
        <ErrorNotice error={operation.error} />
        <div className="mw-form-buttons">
          <ActionButton onClick={onClose}>{t('common.cancel')}</ActionButton>
          <ActionButton
            type="primary"
            hotkey="Ctrl+Enter"
            disabled={wanted.length === 0 || !wanted.every(([, { quantity }]) => isFigure(quantity))}
            loading={operation.isPending}
            onClick={save}
          >
            {t('returns.save')}
          </ActionButton>
        </div>
      </div>
    </Dialog>
  );
}

function amountOf({ price }: Line, { quantity }: Back): number {
  return isFigure(quantity) ? lineAmount(quantity, price) : 0;
}

/** A number that is still out, or one more piece of the part with this code, on the first line that has one. */
function backOfScan(
  lines: readonly Line[],
  backs: Backs,
  code: string,
): Readonly<{ lineNo: number; back: Back }> | undefined {
  const typed = code.toLowerCase();
  for (const line of lines) {
    const back = backs.get(line.lineNo) ?? NOTHING;
    const lot = line.lotsOut.find((one) => one.lot.toLowerCase() === typed);
    if (lot && line.tracking === 'serial' && !back.lots.some((one) => one.lot === lot.lot))
      return { lineNo: line.lineNo, back: withLots([...back.lots, lot]) };
    const isPart = line.codes.includes(typed);
    const next = (isFigure(back.quantity) ? back.quantity : 0) + ONE_PIECE;
    if (isPart && line.tracking !== 'serial' && next <= stillOut(line))
      return { lineNo: line.lineNo, back: { ...back, quantity: next } };
  }
  return undefined;
}

const withLots = (lots: readonly Lot[]): Back => ({ lots, quantity: lots.length === 0 ? null : quantityOf(lots) });

const isTooMuch = (line: Line, { quantity }: Back): boolean => isFigure(quantity) && quantity > stillOut(line);

type ChipsProps = Readonly<{ line: Line; back: Back; onChange: (back: Back) => void }>;

/** Those that are still out; the marked ones come back. */
function SerialChips({ line, back, onChange }: ChipsProps) {
  return (
    <div className="mw-lots-chips">
      {line.lotsOut.map((lot) => {
        const isBack = back.lots.some((one) => one.lot === lot.lot);
        const rest = back.lots.filter((one) => one.lot !== lot.lot);
        return (
          <button
            key={lot.lot}
            type="button"
            aria-pressed={isBack}
            className={isBack ? 'mw-lot is-taken' : 'mw-lot'}
            onClick={() => onChange(withLots(isBack ? rest : [...rest, lot]))}
          >
            {lot.lot}
          </button>
        );
      })}
    </div>
  );
}
