import { App, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  EmptyState,
  ErrorNotice,
  Loaded,
  Section,
  useAskIfUnsaved,
  useDirtyGuard,
  useHotkey,
} from '#renderer/ui/index.ts';
import { type DraftLine, isComplete, useDraftLines } from '../stock/draft-lines.ts';
import { DraftTable } from '../stock/DraftTable.tsx';
import { LineEntry } from '../stock/LineEntry.tsx';
import { faultyLineOf, usualWarehouse, WarehouseField } from '../stock/StockForm.tsx';

type Choices = OutputOf<'requisitions.choices'>;
type Proposed = OutputOf<'requisitions.propose'>['lines'][number];
export type PlannedLine = Pick<Proposed, 'partId' | 'number' | 'name' | 'measure' | 'quantity' | 'onHand'>;

/** A plan of this unit: which parts it asks a unit above it for, by hand or as proposed. */
export function PlanForm({ planned, onClose }: Readonly<{ planned: readonly PlannedLine[]; onClose: () => void }>) {
  const t = useText();
  const query = useQueryOperation('requisitions.choices', {}, { staleTime: 30_000 });
  return (
    <Loaded query={query}>
      {(choices) =>
        choices.units.length === 0 || choices.warehouses.length === 0 ? (
          <EmptyState
            title={t('requisitions.nobodyTitle')}
            text={t(choices.units.length === 0 ? 'requisitions.nobodyText' : 'stock.noWarehouseText')}
            action={<ActionButton onClick={onClose}>{t('common.back')}</ActionButton>}
          />
        ) : (
          <Fields choices={choices} planned={planned} onClose={onClose} />
        )
      }
    </Loaded>
  );
}

type FieldsProps = Readonly<{ choices: Choices; planned: readonly PlannedLine[]; onClose: () => void }>;

function Fields({ choices, planned, onClose }: FieldsProps) {
  const t = useText();
  const { message } = App.useApp();
  const [warehouseId, setWarehouse] = useState(usualWarehouse(choices));
  const [toUnitId, setToUnit] = useState(choices.units[0]?.id ?? '');
  const [note, setNote] = useState('');
  const draft = useDraftLines(planned.map((line, index) => ({ ...draftOf(line, warehouseId), key: `again-${index}` })));
  const operation = useOperation('requisitions.send');
  useDirtyGuard(draft.isDirty && draft.lines.length > 0 && !operation.isSuccess);
  const ask = useAskIfUnsaved();
  const leave = () => ask(onClose);
  useHotkey('Escape', leave);
  const isReady = draft.lines.length > 0 && draft.lines.every(isComplete);

  function save(): void {
    const lines = draft.lines.map(({ part, quantity }) => ({
      partId: part.id ?? '',
      quantity: quantity ?? Number.NaN,
    }));
    const onSuccess = ({ number }: OutputOf<'requisitions.send'>) => {
      void message.success(t('requisitions.sent', { number }));
      onClose();
    };
    operation.mutate({ warehouseId, toUnitId, lines, note }, { onSuccess });
  }

  function take(lines: readonly Proposed[]): void {
    for (const line of lines) draft.add(draftOf(line, warehouseId));
    if (lines.length === 0) void message.info(t('requisitions.nothingProposed'));
  }

  return (
    <div className="mw-stock-form mw-transfer-form">
      <Section
        title={t('requisitions.new')}
        actions={<Propose warehouseId={warehouseId} isFresh={draft.lines.length === 0} onTake={take} />}
      >
        <div className="mw-stock-head">
          <label>
            {t('requisitions.forWarehouse')}
            <WarehouseField
              warehouses={choices.warehouses}
              value={warehouseId}
              onChange={(id) => {
                setWarehouse(id);
                draft.changeAll(() => ({ warehouseId: id }));
              }}
            />
          </label>
          <label>
            {t('requisitions.askedOf')}
            <Select
              value={toUnitId}
              options={choices.units.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))}
              onChange={setToUnit}
            />
          </label>
          <label style={{ gridColumn: 'span 2' }}>
            {t('stock.note')}
            <Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
          </label>
        </div>
        <LineEntry
          autoFocus
          asksPrice={false}
          numbers="none"
          warehouseId={warehouseId}
          usualPrice={() => 0}
          onEnter={({ part, quantity }) => draft.add({ ...EMPTY, part, quantity, warehouseId })}
        />
      </Section>
      <Section title={t('fields.lines')}>
        <DraftTable
          draft={draft}
          numbers="none"
          faultyLine={faultyLineOf(operation.error)}
          empty={t('requisitions.noLines')}
        />
      </Section>
      <ErrorNotice error={operation.error} />
      <div className="mw-stock-foot">
        <span className="mw-soft">{t('stock.pickHint')}</span>
        <ActionButton onClick={leave}>{t('common.cancel')}</ActionButton>
        <ActionButton
          type="primary"
          hotkey="Ctrl+Enter"
          disabled={!isReady}
          loading={operation.isPending}
          onClick={save}
        >
          {t('requisitions.send')}
        </ActionButton>
      </div>
    </div>
  );
}

const EMPTY = { price: 0, available: null, savedId: null, charge: 'free' } as const;

function draftOf(
  { partId, number, name, measure, quantity }: PlannedLine,
  warehouseId: string,
): Omit<DraftLine, 'key'> {
  return { ...EMPTY, part: { id: partId, number, name, measure }, quantity, warehouseId };
}

type ProposeProps = Readonly<{
  warehouseId: string;
  isFresh: boolean;
  onTake: (lines: readonly Proposed[]) => void;
}>;

/** Lines for what the last weeks used and what isn't there or on its way. */
function Propose({ warehouseId, isFresh, onTake }: ProposeProps) {
  const t = useText();
  const [weeks, setWeeks] = useState(4);
  const query = useQueryOperation('requisitions.propose', { warehouseId, weeks }, { keepPrevious: true });
  return (
    <div className="mw-propose">
      <span className="mw-soft">{t('requisitions.weeks')}</span>
      <InputNumber
        size="small"
        min={1}
        max={52}
        precision={0}
        style={{ width: 64 }}
        aria-label={t('requisitions.weeks')}
        value={weeks}
        onChange={(value) => setWeeks(value ?? 4)}
      />
      <ActionButton
        size="small"
        hotkey="Alt+P"
        loading={query.isFetching}
        disabled={!isFresh || query.data === undefined}
        onClick={() => onTake(query.data?.lines ?? [])}
      >
        {t('requisitions.propose')}
      </ActionButton>
    </div>
  );
}
