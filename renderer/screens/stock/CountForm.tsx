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
  type LineColumn,
  LineTable,
  QuantityInput,
  QuantityText,
  Section,
  ToneTag,
  useDirtyGuard,
  useEnterToNext,
} from '#renderer/ui/index.ts';
import { isFigure } from './draft-lines.ts';
import { lotsOf } from './lots-typed.ts';
import { PartName } from './PartName.tsx';
import { PartPicker } from './PartPicker.tsx';
import { faultyLineOf } from './StockForm.tsx';
import type { Transfer } from './transfer-lines.tsx';

type Counted = Readonly<{ received: number | null; damaged: number | null; note: string; lots: string }>;
type Line = Transfer['lines'][number];
type Props = Readonly<{ sheet: Transfer; onDone: () => void; onClose: () => void }>;

const NOT_COUNTED: Counted = { received: null, damaged: null, note: '', lots: '' };

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
  const lineOf = (index: number): Counted => lines[index] ?? NOT_COUNTED;
  const labelled = (index: number, column: string) => `${t('common.line', { line: index + 1 })} ${column}`;
  const figure = (key: 'received' | 'damaged', title: string): LineColumn<Line> => ({
    title,
    isNumber: true,
    render: (_, index) => (
      <QuantityInput
        width={96}
        aria-label={labelled(index, title)}
        value={lineOf(index)[key]}
        onChange={(value) => onChange(index, { [key]: value })}
      />
    ),
  });
  const words = (key: 'lots' | 'note', title: string, render?: (line: Line) => string): LineColumn<Line> => ({
    title,
    render: (line, index) => (
      <Input
        {...(render ? { placeholder: render(line) } : { maxLength: 200 })}
        aria-label={labelled(index, title)}
        value={lineOf(index)[key]}
        onChange={(event) => onChange(index, { [key]: event.target.value })}
      />
    ),
  });
  const columns: LineColumn<Line>[] = [
    { title: t('stock.columns.part'), render: ({ number, name }) => <PartName number={number} name={name} /> },
    {
      title: t('transfers.shippedQuantity'),
      isNumber: true,
      render: ({ quantity, measure }) => <QuantityText value={quantity} unit={measure} />,
    },
    figure('received', t('transfers.good')),
    figure('damaged', t('transfers.damaged')),
    {
      title: t('transfers.differences'),
      render: ({ quantity }, index) => <Differences shipped={quantity} counted={lineOf(index)} />,
    },
  ];
  if (sheet.lines.some((line) => line.lots.length > 0))
    columns.push(words('lots', t('transfers.lots'), (line) => line.lots.map(({ lot }) => lot).join(' ')));
  columns.push(words('note', t('stock.columns.note')));
  return (
    <LineTable
      rows={sheet.lines}
      columns={columns}
      keyOf={(_, index) => index}
      lineNoOf={(_, index) => index + 1}
      isWrong={(_, index) => faultyLine === index + 1}
    />
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
