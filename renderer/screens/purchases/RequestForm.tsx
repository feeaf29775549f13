import { AutoComplete, Input } from 'antd';
import { useState } from 'react';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DateField,
  ErrorNotice,
  Section,
  ToneTag,
  useAskIfUnsaved,
  useDirtyGuard,
  useHotkey,
} from '#renderer/ui/index.ts';
import { type DraftLine, isComplete, useDraftLines } from '../stock/draft-lines.ts';
import { DraftTable } from '../stock/DraftTable.tsx';
import { type Entered, LineEntry } from '../stock/LineEntry.tsx';
import {
  faultyLineOf,
  type StockChoices,
  usualWarehouse,
  WarehouseField,
  WithWarehouses,
} from '../stock/StockForm.tsx';
import { PricesButton } from './PriceDrawer.tsx';
import type { Purchase } from './states.tsx';

type Props = Readonly<{
  /** Null: a new one. */
  purchase: Purchase | null;
  onSaved: (id: string) => void;
  onClose: () => void;
}>;

/** What is to be bought, of whom and by when. */
export function RequestForm(props: Props) {
  return (
    <div className="mw-stock-form mw-transfer-form">
      <WithWarehouses>{(choices) => <Fields choices={choices} {...props} />}</WithWarehouses>
    </div>
  );
}

type Head = Readonly<{ supplier: string; warehouseId: string; wishedOn: string | null; note: string }>;

const headOf = (choices: StockChoices, purchase: Purchase | null): Head =>
  purchase ?? { supplier: '', warehouseId: usualWarehouse(choices), wishedOn: null, note: '' };

function Fields({ choices, purchase, onSaved, onClose }: Props & Readonly<{ choices: StockChoices }>) {
  const t = useText();
  const draft = useDraftLines(purchase?.lines.map((line) => savedLine(line, purchase.warehouseId)));
  const [head, setHead] = useState(() => headOf(choices, purchase));
  const operation = useOperation('purchases.save');
  useDirtyGuard(draft.isDirty && !operation.isSuccess);
  const ask = useAskIfUnsaved();
  const leave = () => ask(onClose);
  useHotkey('Escape', leave);
  const { warehouseId, wishedOn, note } = head;
  const name = head.supplier.trim();
  const isReady = name !== '' && draft.lines.length > 0 && draft.lines.every(isComplete);

  function save(): void {
    const known = choices.suppliers.find((one) => one.name === name);
    const supplier = known ? { supplierId: known.id } : { newSupplier: { name } };
    const existing = purchase && { id: purchase.id, version: purchase.version };
    const lines = draft.lines.map(lineOf);
    const saved = { onSuccess: ({ id }: Readonly<{ id: string }>) => onSaved(id) };
    operation.mutate({ existing, warehouseId, ...supplier, wishedOn, note, lines }, saved);
  }

  return (
    <>
      <Section title={purchase ? t('purchases.editTitle', { number: purchase.number }) : t('purchases.new')}>
        <HeadFields choices={choices} head={head} onChange={(changed) => setHead({ ...head, ...changed })} />
        <LineEntry
          asksPrice
          numbers="none"
          warehouseId={warehouseId}
          priceLabel={t('purchases.agreedPrice')}
          usualPrice={(part) => part.lastPrice ?? 0}
          onEnter={(line) => draft.add(draftLine(line, warehouseId))}
        />
      </Section>
      <Section title={t('fields.lines')}>
        <DraftTable
          draft={draft}
          numbers="none"
          priceLabel={t('purchases.agreedPrice')}
          extra={[{ title: t('purchases.prices'), render: ({ part }) => <Prices part={part} /> }]}
          faultyLine={faultyLineOf(operation.error)}
          empty={t('stock.noLines')}
        />
      </Section>
      <ErrorNotice error={operation.error} />
      <div className="mw-stock-foot">
        <span className="mw-soft">{t('stock.pickHintPrice')}</span>
        <ActionButton onClick={leave}>{t('common.cancel')}</ActionButton>
        <ActionButton
          type="primary"
          hotkey="Ctrl+Enter"
          disabled={!isReady}
          loading={operation.isPending}
          onClick={save}
        >
          {t('purchases.save')}
        </ActionButton>
      </div>
    </>
  );
}

type HeadProps = Readonly<{ choices: StockChoices; head: Head; onChange: (changed: Partial<Head>) => void }>;

function HeadFields({ choices, head, onChange }: HeadProps) {
  const t = useText();
  const name = head.supplier.trim();
  const isNew = name !== '' && !choices.suppliers.some((one) => one.name === name);
  return (
    <div className="mw-stock-head">
      <label>
        {t('stock.supplier')} <span className="mw-negative">*</span>{' '}
        {isNew && <ToneTag tone="active">{t('purchases.supplierNew')}</ToneTag>}
        <AutoComplete
          autoFocus
          value={head.supplier}
          onChange={(value: string | undefined) => onChange({ supplier: value ?? '' })}
          options={choices.suppliers.map((one) => ({ value: one.name }))}
          showSearch={{ filterOption: (typed, option) => (option?.value ?? '').includes(typed) }}
          placeholder={t('stock.supplierHint')}
          style={{ width: '100%' }}
          maxLength={100}
        />
      </label>
      <label>
        {t('purchases.forWarehouse')}
        <WarehouseField
          warehouses={choices.warehouses}
          value={head.warehouseId}
          onChange={(warehouseId) => onChange({ warehouseId })}
        />
      </label>
      <label>
        {t('purchases.wishedOn')}
        <DateField value={head.wishedOn} onChange={(wishedOn) => onChange({ wishedOn })} />
      </label>
      <label>
        {t('stock.note')}
        <Input value={head.note} maxLength={500} onChange={(event) => onChange({ note: event.target.value })} />
      </label>
    </div>
  );
}

function Prices({ part: { id, number, name } }: Pick<DraftLine, 'part'>) {
  return id !== null && <PricesButton part={{ id, number, name }} />;
}

const PLAIN = { available: null, savedId: null, charge: 'customer' } as const;

function draftLine({ part, quantity, price }: Entered, warehouseId: string): Omit<DraftLine, 'key'> {
  return { ...PLAIN, part, quantity, price, warehouseId };
}

function savedLine(line: Purchase['lines'][number], warehouseId: string): DraftLine {
  const { id: key, partId: id, partNumber: number, part: name, measure, quantity, price } = line;
  return { ...PLAIN, key, part: { id, number, name, measure }, quantity, price, warehouseId };
}

function lineOf({ part, quantity, price }: DraftLine) {
  return { partId: part.id ?? '', quantity: quantity ?? Number.NaN, price: price ?? Number.NaN };
}
