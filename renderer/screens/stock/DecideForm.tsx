import { App, Input, Select } from 'antd';
import { useState } from 'react';
import { type Decision, DECISIONS_ON, type Difference, DIFFERENCES } from '#domain/stock/transit.ts';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, ErrorNotice, QuantityInput, QuantityText, Section, useDirtyGuard } from '#renderer/ui/index.ts';
import { isFigure } from './draft-lines.ts';
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
      <table className="mw-draft">
        <thead>
          <tr>
            <th className="is-number">#</th>
            <th>{t('stock.columns.part')}</th>
            <th>{t('transfers.differences')}</th>
            <th>{t('transfers.decision')}</th>
            <th className="is-number">{t('stock.columns.quantity')}</th>
            <th>{t('stock.columns.warehouse')}</th>
            <th>{t('handshakes.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <Row
              key={`${line.line} ${line.kind}`}
              sheet={sheet}
              line={line}
              isFirst={index === 0}
              isFaulty={faultyLineOf(operation.error) === line.line}
              warehouses={choices?.warehouses ?? []}
              onChange={(changes) => change(index, changes)}
            />
          ))}
        </tbody>
      </table>
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

type RowProps = Readonly<{
  sheet: Transfer;
  line: Decided;
  isFirst: boolean;
  isFaulty: boolean;
  warehouses: OutputOf<'stock.choices'>['warehouses'];
  onChange: (changes: Partial<Decided>) => void;
}>;

function Row({ sheet, line, isFirst, isFaulty, warehouses, onChange }: RowProps) {
  const t = useText();
  const { kind, decision } = line;
  const part = sheet.lines[line.line - 1];
  const label = t('common.line', { line: line.line });
  const fitting = DECISIONS_ON[kind].filter((one) => one !== 'charged' || sheet.isCharged);
  // What came too much and comes back never left the books: it lies where it always did.
  const isMoving = MOVES.has(decision) && !(kind === 'surplus' && decision === 'returned');
  return (
    <tr className={isFaulty ? 'is-wrong' : ''}>
      <td className="is-number mw-soft">{line.line}</td>
      <td>
        <span className="mw-part-number">{part?.number}</span> {part?.name}
        <span className="mw-soft mw-line-note">{part?.countNote}</span>
      </td>
      <td>
        {t(`transfers.kinds.${kind}`)} <QuantityText value={line.open} />
      </td>
      <td>
        <Select<Decision>
          autoFocus={isFirst}
          style={{ width: 172 }}
          aria-label={`${label} ${t('transfers.decision')}`}
          placeholder={t('transfers.stillOpen')}
          allowClear
          value={decision}
          options={fitting.map((value) => ({ value, label: t(`transfers.decisions.${value}`) }))}
          onChange={(value) => onChange({ decision: value ?? null })}
        />
      </td>
      <td className="is-number">
        <QuantityInput
          width={88}
          aria-label={`${label} ${t('stock.columns.quantity')}`}
          value={line.quantity}
          onChange={(quantity) => onChange({ quantity })}
        />
      </td>
      <td style={{ minWidth: 130 }}>
        {isMoving && (
          <WarehouseField
            aria-label={`${label} ${t('stock.columns.warehouse')}`}
            warehouses={warehouses}
            value={line.warehouseId}
            onChange={(warehouseId) => onChange({ warehouseId })}
          />
        )}
      </td>
      <td>
        <Input
          maxLength={200}
          aria-label={`${label} ${t('handshakes.reason')}`}
          value={line.reason}
          onChange={(event) => onChange({ reason: event.target.value })}
        />
      </td>
    </tr>
  );
}
