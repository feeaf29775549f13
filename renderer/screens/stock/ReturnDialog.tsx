import { App, Input } from 'antd';
import { useState } from 'react';
import { lineAmount, ONE_PIECE } from '#domain/quantity.ts';
import { quantityOf, type Lot } from '#domain/stock/lots.ts';
import type { OutputOf } from '#operations/index.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Dialog, ErrorNotice, MoneyText, QuantityInput, QuantityText } from '#renderer/ui/index.ts';
import { isFigure } from './draft-lines.ts';
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
  const refund = lines.reduce((sum, line) => sum + amountOf(line, backs.get(line.lineNo) ?? NOTHING), 0);

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

  return (
    <Dialog isOpen title={t('returns.title', { number: document.number })} onClose={onClose} width={760}>
      <div className="mw-stock-form">
        <ScanField label={t('returns.scan')} onScan={scan} />
        {fault !== '' && (
          <div className="mw-lots-fault" role="alert">
            {fault}
          </div>
        )}
        <table className="mw-draft">
          <thead>
            <tr>
              <th className="is-number">#</th>
              <th>{t('stock.columns.part')}</th>
              <th className="is-number">{t('returns.stillOut')}</th>
              <th className="is-number">{t('returns.comesBack')}</th>
              <th className="is-number">{t('slips.refund')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <ReturnRow
                key={line.lineNo}
                line={line}
                back={backs.get(line.lineNo) ?? NOTHING}
                isFaulty={faultyLineOf(operation.error) === line.lineNo}
                onChange={(back) => put(line.lineNo, back)}
              />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td colSpan={4}>{t('common.total')}</td>
              <td className="is-number">
                <MoneyText value={refund} />
              </td>
            </tr>
          </tfoot>
        </table>
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

type RowProps = Readonly<{ line: Line; back: Back; isFaulty: boolean; onChange: (back: Back) => void }>;

function ReturnRow({ line, back, isFaulty, onChange }: RowProps) {
  const t = useText();
  const isSerial = line.tracking === 'serial';
  const isTooMuch = isFigure(back.quantity) && back.quantity > stillOut(line);
  return (
    <tr className={isFaulty || isTooMuch ? 'is-wrong' : ''}>
      <td className="is-number mw-soft">{line.lineNo}</td>
      <td>
        <span className="mw-part-number">{line.partNumber}</span> {line.part}
        {isSerial && <SerialChips line={line} back={back} onChange={onChange} />}
      </td>
      <td className="is-number">
        <QuantityText value={stillOut(line)} /> {line.measure}
      </td>
      <td className="is-number">
        {isSerial ? (
          <QuantityText value={back.quantity ?? 0} />
        ) : (
          <QuantityInput
            width={110}
            aria-label={`${t('common.line', { line: line.lineNo })} ${t('returns.comesBack')}`}
            value={back.quantity}
            onChange={(quantity) => onChange({ ...back, quantity })}
          />
        )}
      </td>
      <td className="is-number">
        <MoneyText value={amountOf(line, back)} />
      </td>
    </tr>
  );
}

/** Those that are still out; the marked ones come back. */
function SerialChips({ line, back, onChange }: Omit<RowProps, 'isFaulty'>) {
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
