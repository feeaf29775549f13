import { AutoComplete, Input } from 'antd';
import { useState } from 'react';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ToneTag } from '#renderer/ui/index.ts';
import { type DraftLine, useDraftLines } from './draft-lines.ts';
import { DraftTable } from './DraftTable.tsx';
import { type Entered, LineEntry } from './LineEntry.tsx';
import {
  faultyLineOf,
  type SavedDocument,
  type StockChoices,
  StockForm,
  usualWarehouse,
  WarehouseField,
  WithWarehouses,
} from './StockForm.tsx';

export function ReceiveTab() {
  return <WithWarehouses>{(choices) => <ReceiptForm choices={choices} />}</WithWarehouses>;
}

/** Parts bought come in: supplier and parts may be new, they are saved with the receipt. */
function ReceiptForm({ choices }: Readonly<{ choices: StockChoices }>) {
  const t = useText();
  const draft = useDraftLines();
  const [warehouseId, setWarehouseId] = useState(usualWarehouse(choices));
  const [supplier, setSupplier] = useState('');
  const [note, setNote] = useState('');
  const [saved, setSaved] = useState<SavedDocument>();
  const operation = useOperation('stock.receive');
  const known = choices.suppliers.find((one) => one.name === supplier.trim());

  function save(): void {
    const newSupplier = known || supplier.trim() === '' ? null : { name: supplier.trim() };
    operation.mutate(
      { warehouseId, supplierId: known?.id ?? null, newSupplier, note, lines: draft.lines.map(lineOf) },
      {
        onSuccess: (document) => {
          setSaved(document);
          draft.clear();
          setNote('');
        },
      },
    );
  }

  return (
    <StockForm
      draft={draft}
      error={operation.error}
      isPending={operation.isPending}
      hint={t('stock.pickHintPrice')}
      saveText={t('stock.saveReceipt')}
      onSave={save}
      saved={saved}
      head={t('stock.tabs.receive')}
      entry={
        <>
          <div className="mw-stock-head">
            <label>
              {t('stock.warehouse')}
              <WarehouseField warehouses={choices.warehouses} value={warehouseId} onChange={setWarehouseId} />
            </label>
            <label>
              {t('stock.supplier')}{' '}
              {supplier.trim() !== '' && !known && <ToneTag tone="active">{t('stock.supplierNew')}</ToneTag>}
              <AutoComplete
                value={supplier}
                onChange={(value: string | undefined) => setSupplier(value ?? '')}
                options={choices.suppliers.map(({ name }) => ({ value: name }))}
                showSearch={{ filterOption: (typed, option) => (option?.value ?? '').includes(typed) }}
                placeholder={t('stock.supplierHint')}
                style={{ width: '100%' }}
                maxLength={100}
              />
            </label>
            <label style={{ gridColumn: 'span 2' }}>
              {t('stock.note')}
              <Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
            </label>
          </div>
          <LineEntry
            autoFocus
            mayBeNew
            asksPrice
            warehouseId={warehouseId}
            priceLabel={t('stock.columns.buyingPrice')}
            usualPrice={(part) => part.lastPrice ?? 0}
            onEnter={(line) => draft.add(draftLine(line, warehouseId))}
          />
        </>
      }
      table={
        <DraftTable
          draft={draft}
          priceLabel={t('stock.columns.buyingPrice')}
          numbers="in"
          faultyLine={faultyLineOf(operation.error)}
          empty={t('stock.noLines')}
        />
      }
    />
  );
}

function draftLine({ part, quantity, price, lots }: Entered, warehouseId: string): Omit<DraftLine, 'key'> {
  return { part, quantity, price, warehouseId, available: null, savedId: null, charge: 'customer', lots };
}

function lineOf({ part, quantity, price, lots = [] }: DraftLine) {
  const figures = { quantity: quantity ?? Number.NaN, price: price ?? Number.NaN, lots: [...lots] };
  return part.newPart ? { newPart: part.newPart, ...figures } : { partId: part.id, ...figures };
}
