import { Input, Select } from 'antd';
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
import { ExceedField } from '../deposits/ExceedField.tsx';
import { isComplete, useDraftLines } from './draft-lines.ts';
import { DraftTable } from './DraftTable.tsx';
import { LineEntry } from './LineEntry.tsx';
import { faultyLineOf, isBeyondDeposit } from './StockForm.tsx';

type Warehouse = OutputOf<'transfers.warehouses'>['warehouses'][number];

/** A new shipment from one of our warehouses to any other of the company. */
export function TransferForm({ onClose }: Readonly<{ onClose: () => void }>) {
  const t = useText();
  const query = useQueryOperation('transfers.warehouses', {}, { staleTime: 30_000 });
  return (
    <Loaded query={query}>
      {({ warehouses }) =>
        warehouses.length < 2 || !warehouses.some(({ isOwn }) => isOwn) ? (
          <EmptyState title={t('transfers.noWarehouseTitle')} text={t('transfers.noWarehouseText')} />
        ) : (
          <Fields warehouses={warehouses} onClose={onClose} />
        )
      }
    </Loaded>
  );
}

type FieldsProps = Readonly<{ warehouses: readonly Warehouse[]; onClose: () => void }>;

function Fields({ warehouses, onClose }: FieldsProps) {
  const t = useText();
  const own = warehouses.filter(({ isOwn }) => isOwn);
  const draft = useDraftLines();
  const [fromWarehouseId, setFrom] = useState((own.find(({ kind }) => kind === 'parts') ?? own[0])?.id ?? '');
  const [toWarehouseId, setTo] = useState<string>();
  const [note, setNote] = useState('');
  const [exceed, setExceed] = useState('');
  const operation = useOperation('transfers.ship');
  useDirtyGuard(draft.isDirty && draft.lines.length > 0 && !operation.isSuccess);
  const ask = useAskIfUnsaved();
  const leave = () => ask(onClose);
  useHotkey('Escape', leave);
  const isReady = toWarehouseId !== undefined && draft.lines.length > 0 && draft.lines.every(isComplete);

  function save(): void {
    const lines = draft.lines.map(({ part, quantity, lots = [] }) => ({
      partId: part.id ?? '',
      quantity: quantity ?? Number.NaN,
      lots: [...lots],
    }));
    operation.mutate(
      { fromWarehouseId, toWarehouseId: toWarehouseId ?? '', lines, note, exceed },
      { onSuccess: onClose },
    );
  }

  return (
    <div className="mw-stock-form mw-transfer-form">
      <Section title={t('transfers.new')}>
        <div className="mw-stock-head">
          <label>
            {t('transfers.fromWarehouse')}
            <WarehouseChoice
              warehouses={own}
              value={fromWarehouseId}
              onChange={(id) => {
                setFrom(id);
                draft.changeAll(() => ({ warehouseId: id, available: null }));
              }}
            />
          </label>
          <label>
            {t('transfers.toWarehouse')}
            <WarehouseChoice
              autoFocus
              warehouses={warehouses.filter(({ id }) => id !== fromWarehouseId)}
              value={toWarehouseId}
              onChange={setTo}
            />
          </label>
          <label style={{ gridColumn: 'span 2' }}>
            {t('stock.note')}
            <Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
          </label>
        </div>
        <LineEntry
          asksPrice={false}
          warehouseId={fromWarehouseId}
          usualPrice={() => 0}
          onEnter={({ part, quantity, price, onHand, lots }) =>
            draft.add({
              part,
              quantity,
              price,
              warehouseId: fromWarehouseId,
              available: onHand,
              savedId: null,
              charge: 'free',
              lots,
            })
          }
        />
      </Section>
      <Section title={t('fields.lines')}>
        <DraftTable
          draft={draft}
          availableLabel={t('stock.columns.onHand')}
          faultyLine={faultyLineOf(operation.error)}
          empty={t('stock.noLines')}
        />
      </Section>
      <ErrorNotice error={operation.error} />
      {isBeyondDeposit(operation.error, exceed) && <ExceedField value={exceed} onChange={setExceed} />}
      <Foot isReady={isReady} isPending={operation.isPending} onSave={save} onClose={leave} />
    </div>
  );
}

type ChoiceProps = Readonly<{
  warehouses: readonly Warehouse[];
  value: string | undefined;
  onChange: (id: string) => void;
  autoFocus?: boolean;
}>;

function WarehouseChoice({ warehouses, value, ...field }: ChoiceProps) {
  const options = warehouses.map(({ id, unit, code, name }) => ({ value: id, label: `${unit} · ${code} ${name}` }));
  return <Select {...field} value={value ?? null} showSearch={{ optionFilterProp: 'label' }} options={options} />;
}

type FootProps = Readonly<{
  isReady: boolean;
  isPending: boolean;
  onSave: () => void;
  onClose: () => void;
}>;

function Foot({ isReady, isPending, onSave, onClose }: FootProps) {
  const t = useText();
  return (
    <div className="mw-stock-foot">
      <span className="mw-soft">{t('transfers.hint')}</span>
      <ActionButton onClick={onClose}>{t('common.cancel')}</ActionButton>
      <ActionButton type="primary" hotkey="Ctrl+Enter" disabled={!isReady} loading={isPending} onClick={onSave}>
        {t('transfers.ship')}
      </ActionButton>
    </div>
  );
}
