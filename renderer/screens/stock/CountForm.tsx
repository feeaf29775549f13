import { App, Input } from 'antd';
import { useState } from 'react';
import { ONE_PIECE } from '#domain/quantity.ts';
import type { Tracking } from '#domain/stock/lots.ts';
import { countedOf } from '#domain/stock/transit.ts';
import type { OutputOf } from '#operations/index.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  ErrorNotice,
  QuantityInput,
  QuantityText,
  Section,
  ToneTag,
  useDirtyGuard,
  useEnterToNext,
} from '#renderer/ui/index.ts';
import { isFigure } from './draft-lines.ts';
import { lotsOf } from './lots-typed.ts';
import { PartPicker } from './PartPicker.tsx';
import { faultyLineOf } from './StockForm.tsx';
import type { Transfer } from './transfer-lines.tsx';

type Counted = Readonly<{ received: number | null; damaged: number | null; note: string; lots: string }>;
type Props = Readonly<{ sheet: Transfer; onDone: () => void; onClose: () => void }>;

/** What arrived is counted, by hand or piece by piece with the scanner; what differs goes back to the sender to decide. */
export function CountForm({ sheet, onDone, onClose }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const enterToNext = useEnterToNext();
  const [lines, setLines] = useState<readonly Counted[]>(() =>
    sheet.lines.map(({ quantity }) => ({ received: quantity, damaged: 0, note: '', lots: '' })),
  );
  const [isScanned, setScanned] = useState(false);
  const [isDirty, setDirty] = useState(false);
  const operation = useOperation('transfers.receive');
  useDirtyGuard(isDirty && !operation.isSuccess);
  const isReady = lines.every(({ received, damaged }) => isFigure(received) && isFigure(damaged));

  function change(index: number, changes: Partial<Counted>): void {
    setDirty(true);
    setLines((before) => before.map((line, at) => (at === index ? { ...line, ...changes } : line)));
  }

  /** The first piece that is scanned begins the count at nothing. A part of several lines fills the first, then the next. */
  function scan(partId: string, number: string): void {
    const own = sheet.lines.flatMap((line, index) => (line.partId === partId ? [index] : []));
    const count = (index: number) => (isScanned ? (lines[index]?.received ?? 0) : 0);
    const at = own.find((index) => count(index) < (sheet.lines[index]?.quantity ?? 0)) ?? own.at(-1);
    if (at === undefined) return void message.warning(t('transfers.notInIt', { number }));
    setDirty(true);
    setScanned(true);
    setLines((before) =>
      before.map((line, index) => ({ ...line, received: count(index) + (index === at ? ONE_PIECE : 0) })),
    );
  }

  function receive(): void {
    const counted = lines.map(({ received, damaged, note, lots }, index) => ({
      line: index + 1,
      received: received ?? Number.NaN,
      damaged: damaged ?? Number.NaN,
      note,
      lots: lotsOf(trackingOf(sheet.lines[index]), lots, received ?? 0),
    }));
    const onSuccess = ({ number, documentNumber }: OutputOf<'transfers.receive'>) => {
      void message.success(t('transfers.isIn', { number, document: documentNumber }));
      onDone();
    };
    operation.mutate({ id: sheet.id, counted }, { onSuccess });
  }

  return (
    <Section title={t('transfers.countTitle')}>
      <div className="mw-received-scan">
        <PartPicker
          autoFocus
          warehouseId={null}
          chosen={null}
          onChoose={({ id, number }) => scan(id, number)}
          onForget={() => undefined}
        />
      </div>
      <div onKeyDown={enterToNext}>
        <CountTable sheet={sheet} lines={lines} faultyLine={faultyLineOf(operation.error)} onChange={change} />
      </div>
      <ErrorNotice error={operation.error} />
      <div className="mw-stock-foot mw-count-foot">
        <span className="mw-soft">{t('transfers.countHint')}</span>
        <ActionButton onClick={onClose}>{t('common.cancel')}</ActionButton>
        <ActionButton
          type="primary"
          hotkey="Ctrl+Enter"
          disabled={!isReady}
          loading={operation.isPending}
          onClick={receive}
        >
          {t('transfers.receive')}
        </ActionButton>
      </div>
    </Section>
  );
}

/** A shipment doesn't say it: what left piece by piece is named piece by piece. */
const trackingOf = (line: Transfer['lines'][number] | undefined): Tracking =>
  line?.lots.every(({ quantity }) => quantity === ONE_PIECE) ? 'serial' : 'batch';

type TableProps = Readonly<{
  sheet: Transfer;
  lines: readonly Counted[];
  faultyLine: number | undefined;
  onChange: (index: number, changes: Partial<Counted>) => void;
}>;

function CountTable({ sheet, lines, faultyLine, onChange }: TableProps) {
  const t = useText();
  const hasLots = sheet.lines.some((line) => line.lots.length > 0);
  return (
    <table className="mw-draft">
      <thead>
        <tr>
          <th className="is-number">#</th>
          <th>{t('stock.columns.part')}</th>
          <th className="is-number">{t('transfers.shippedQuantity')}</th>
          <th className="is-number">{t('transfers.good')}</th>
          <th className="is-number">{t('transfers.damaged')}</th>
          <th>{t('transfers.differences')}</th>
          {hasLots && <th>{t('transfers.lots')}</th>}
          <th>{t('stock.columns.note')}</th>
        </tr>
      </thead>
      <tbody>
        {sheet.lines.map((line, index) => {
          const counted = lines[index];
          if (!counted) return null;
          const label = t('common.line', { line: index + 1 });
          return (
            <tr key={index} className={faultyLine === index + 1 ? 'is-wrong' : ''}>
              <td className="is-number mw-soft">{index + 1}</td>
              <td>
                <span className="mw-part-number">{line.number}</span> {line.name}
              </td>
              <td className="is-number">
                <QuantityText value={line.quantity} /> {line.measure}
              </td>
              <td className="is-number">
                <QuantityInput
                  width={96}
                  aria-label={`${label} ${t('transfers.good')}`}
                  value={counted.received}
                  onChange={(received) => onChange(index, { received })}
                />
              </td>
              <td className="is-number">
                <QuantityInput
                  width={96}
                  aria-label={`${label} ${t('transfers.damaged')}`}
                  value={counted.damaged}
                  onChange={(damaged) => onChange(index, { damaged })}
                />
              </td>
              <td>
                <Differences shipped={line.quantity} counted={counted} />
              </td>
              {hasLots && (
                <td>
                  <Input
                    placeholder={line.lots.map(({ lot }) => lot).join(' ')}
                    aria-label={`${label} ${t('transfers.lots')}`}
                    value={counted.lots}
                    onChange={(event) => onChange(index, { lots: event.target.value })}
                  />
                </td>
              )}
              <td>
                <Input
                  maxLength={200}
                  aria-label={`${label} ${t('stock.columns.note')}`}
                  value={counted.note}
                  onChange={(event) => onChange(index, { note: event.target.value })}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Differences({ shipped, counted }: Readonly<{ shipped: number; counted: Counted }>) {
  const t = useText();
  const { received, damaged } = counted;
  if (!isFigure(received) || !isFigure(damaged)) return null;
  const { shortage, damage, surplus } = countedOf(shipped, { received, damaged });
  const shown = { shortage, damage, surplus };
  return (['shortage', 'damage', 'surplus'] as const)
    .filter((kind) => shown[kind] > 0)
    .map((kind) => (
      <ToneTag key={kind} tone={kind === 'surplus' ? 'special' : 'bad'}>
        {t(`transfers.kinds.${kind}`)} <QuantityText value={shown[kind]} />
      </ToneTag>
    ));
}
