import { App, Input, Select } from 'antd';
import { useState } from 'react';
import { type Decision, DECISIONS_ON, type Difference, DIFFERENCES } from '#domain/stock/transit.ts';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  ErrorNotice,
  type LineColumn,
  LineTable,
  QuantityInput,
  QuantityText,
  Section,
  useDirtyGuard,
} from '#renderer/ui/index.ts';
import { isFigure } from './draft-lines.ts';
import { PartName } from './PartName.tsx';
import { faultyLineOf, WarehouseField } from './StockForm.tsx';
import type { Transfer } from './transfer-lines.tsx';

type Open = Readonly<{ line: number; kind: Difference; open: number }>;
type Decided = Open &
  Readonly<{ decision: Decision | null; quantity: number | null; warehouseId: string; reason: string }>;
type Props = Readonly<{ sheet: Transfer; onDone: () => void; onClose: () => void }>;

/** Where parts come back to, or are sent after from. */
const MOVES: ReadonlySet<Decision | null> = new Set(['found-here', 'returned', 'sent-after']);

/** The sender decides what became of each difference; what he leaves open stays in transit. */
export function DecideForm({ sheet, onDone, onClose }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const { data: choices } = useQueryOperation('stock.choices', {}, { staleTime: 30_000 });
  const [lines, setLines] = useState<readonly Decided[]>(() => openOf(sheet));
  const [isDirty, setDirty] = useState(false);
  const operation = useOperation('transfers.decide');
  useDirtyGuard(isDirty && !operation.isSuccess);
  const decided = lines.filter(({ decision }) => decision !== null);
  const isReady =
    decided.length > 0 && decided.every(({ quantity, reason }) => isFigure(quantity) && reason.trim() !== '');

  function change(index: number, changes: Partial<Decided>): void {
    setDirty(true);
    setLines((before) => before.map((line, at) => (at === index ? { ...line, ...changes } : line)));
  }

  function decide(): void {
    const decisions = decided.flatMap(({ line, kind, decision, quantity, warehouseId, reason }) => {
      if (decision === null) return [];
      const place = MOVES.has(decision) ? { warehouseId } : {};
      return [{ line, kind, decision, quantity: quantity ?? Number.NaN, reason, ...place }];
    });
    const onSuccess = ({ number, isClosed }: OutputOf<'transfers.decide'>) => {
      void message.success(t(isClosed ? 'transfers.allDecided' : 'transfers.someDecided', { number }));
      onDone();
    };
    operation.mutate({ id: sheet.id, decisions }, { onSuccess });
  }

  return (
    <Section title={t('transfers.decideTitle')}>
      <DecideTable
        sheet={sheet}
        lines={lines}
        faultyLine={faultyLineOf(operation.error)}
        warehouses={choices?.warehouses ?? []}
        onChange={change}
      />
      <ErrorNotice error={operation.error} />
      <div className="mw-stock-foot mw-count-foot">
        <span className="mw-soft">{t(sheet.isCharged ? 'transfers.decideHintCharged' : 'transfers.decideHint')}</span>
        <ActionButton onClick={onClose}>{t('common.cancel')}</ActionButton>
        <ActionButton
          type="primary"
          hotkey="Ctrl+Enter"
          disabled={!isReady}
          loading={operation.isPending}
          onClick={decide}
        >
          {t('transfers.decide')}
        </ActionButton>
      </div>
    </Section>
  );
}

function openOf({ lines, content }: Transfer): Decided[] {
  return lines.flatMap(({ open }, index) =>
    DIFFERENCES.filter((kind) => open[kind] > 0).map((kind) => {
      const quantity = open[kind];
      return {
        line: index + 1,
        kind,
        open: quantity,
        quantity,
        decision: null,
        warehouseId: content.from.id,
        reason: '',
      };
    }),
  );
}

type TableProps = Readonly<{
  sheet: Transfer;
  lines: readonly Decided[];
  faultyLine: number | undefined;
  warehouses: OutputOf<'stock.choices'>['warehouses'];
  onChange: (index: number, changes: Partial<Decided>) => void;
}>;

function DecideTable({ sheet, lines, faultyLine, warehouses, onChange }: TableProps) {
  const t = useText();
  const labelled = ({ line }: Decided, column: string) => `${t('common.line', { line })} ${column}`;
  const choicesOn = (kind: Decided['kind']) =>
    DECISIONS_ON[kind]
      .filter((one) => one !== 'charged' || sheet.isCharged)
      .map((value) => ({ value, label: t(`transfers.decisions.${value}`) }));
  const columns: readonly LineColumn<Decided>[] = [
    {
      title: t('stock.columns.part'),
      render: ({ line }) => {
        const part = sheet.lines[line - 1];
        return <PartName number={part?.number} name={part?.name} note={part?.countNote} />;
      },
    },
    {
      title: t('transfers.differences'),
      render: ({ kind, open }) => (
        <>
          {t(`transfers.kinds.${kind}`)} <QuantityText value={open} />
        </>
      ),
    },
    {
      title: t('transfers.decision'),
      render: (line, index) => (
        <Select<Decision>
          autoFocus={index === 0}
          style={{ width: 172 }}
          aria-label={labelled(line, t('transfers.decision'))}
          placeholder={t('transfers.stillOpen')}
          allowClear
          value={line.decision}
          options={choicesOn(line.kind)}
          onChange={(value) => onChange(index, { decision: value ?? null })}
        />
      ),
    },
    {
      title: t('stock.columns.quantity'),
      isNumber: true,
      render: (line, index) => (
        <QuantityInput
          width={88}
          aria-label={labelled(line, t('stock.columns.quantity'))}
          value={line.quantity}
          onChange={(quantity) => onChange(index, { quantity })}
        />
      ),
    },
    {
      title: t('stock.columns.warehouse'),
      render: (line, index) => (
        <div style={{ minWidth: 114 }}>
          {isMoving(line) && (
            <WarehouseField
              aria-label={labelled(line, t('stock.columns.warehouse'))}
              warehouses={warehouses}
              value={line.warehouseId}
              onChange={(warehouseId) => onChange(index, { warehouseId })}
            />
          )}
        </div>
      ),
    },
    {
      title: t('handshakes.reason'),
      render: (line, index) => (
        <Input
          maxLength={200}
          aria-label={labelled(line, t('handshakes.reason'))}
          value={line.reason}
          onChange={(event) => onChange(index, { reason: event.target.value })}
        />
      ),
    },
  ];
  return (
    <LineTable
      rows={lines}
      columns={columns}
      keyOf={({ line, kind }) => `${line} ${kind}`}
      lineNoOf={({ line }) => line}
      isWrong={({ line }) => line === faultyLine}
    />
  );
}

/** What came too much and comes back never left the books: it lies where it always did. */
const isMoving = ({ kind, decision }: Decided): boolean =>
  MOVES.has(decision) && !(kind === 'surplus' && decision === 'returned');
