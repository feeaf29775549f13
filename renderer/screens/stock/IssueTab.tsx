import { AutoComplete, Input, Select } from 'antd';
import { useState } from 'react';
import type { CustomerClass } from '#domain/stock/prices.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { type DraftLine, type PartFound, useDraftLines } from './draft-lines.ts';
import { DraftTable } from './DraftTable.tsx';
import { type IssueKind, issueKindOptions } from './kinds.ts';
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

/** What is sold has its price for whoever buys; what is not costs him nothing, unless a price is set for him. */
const SOLD: ReadonlySet<IssueKind> = new Set(['counter-sale', 'out-of-warranty']);
const CLASSES = {
  'counter-sale': 'person',
  'out-of-warranty': 'person',
  'in-warranty': 'warranty',
  'vendor-unit': 'vendor',
  'to-outlet': 'outlet',
  'to-technician': 'technician',
} as const satisfies Readonly<Record<IssueKind, CustomerClass>>;
const NEEDS_RECIPIENT: ReadonlySet<IssueKind> = new Set(['to-outlet', 'to-technician']);

export function IssueTab() {
  return <WithWarehouses>{(choices) => <IssueForm choices={choices} />}</WithWarehouses>;
}

/** Parts leave a warehouse for one of six reasons, never more than there are. */
function IssueForm({ choices }: Readonly<{ choices: StockChoices }>) {
  const t = useText();
  const draft = useDraftLines();
  const [kind, setKind] = useState<IssueKind>('counter-sale');
  const [warehouseId, setWarehouseId] = useState(usualWarehouse(choices));
  const [recipient, setRecipient] = useState('');
  const [note, setNote] = useState('');
  const [saved, setSaved] = useState<SavedDocument>();
  const operation = useOperation('stock.issue');
  const usualPrice = (part: PartFound) => (SOLD.has(kind) ? part.price : (part.classPrice ?? 0));

  function save(): void {
    operation.mutate(
      { kind, warehouseId, recipient, note, lines: draft.lines.map(lineOf) },
      {
        onSuccess: (document) => {
          setSaved(document);
          draft.clear();
          setRecipient('');
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
      hint={t('stock.pickHint')}
      saveText={t('stock.saveIssue')}
      onSave={save}
      saved={saved}
      head={t('stock.tabs.issue')}
      entry={
        <>
          <div className="mw-stock-head">
            <label>
              {t('stock.issueKind')}
              <Select value={kind} options={issueKindOptions(t)} onChange={setKind} />
            </label>
            <label>
              {t('stock.warehouse')}
              {/* What is on hand was looked up for this warehouse: lines of another one would lie. */}
              <WarehouseField
                warehouses={choices.warehouses}
                value={warehouseId}
                onChange={(id) => {
                  setWarehouseId(id);
                  draft.changeAll(() => ({ warehouseId: id, available: null, reserved: 0 }));
                }}
              />
            </label>
            <RecipientField kind={kind} value={recipient} onChange={setRecipient} />
            <label>
              {t('stock.note')}
              <Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
            </label>
          </div>
          <LineEntry
            autoFocus
            asksPrice={false}
            warehouseId={warehouseId}
            searchFor={{ customerClass: CLASSES[kind] }}
            priceLabel={t('stock.columns.price')}
            usualPrice={usualPrice}
            onEnter={(line) => draft.add(draftLine(line, warehouseId))}
          />
        </>
      }
      table={
        <DraftTable
          draft={draft}
          priceLabel={t('stock.columns.price')}
          availableLabel={t('stock.columns.onHand')}
          faultyLine={faultyLineOf(operation.error)}
          empty={t('stock.noLines')}
        />
      }
    />
  );
}

type RecipientProps = Readonly<{ kind: IssueKind; value: string; onChange: (recipient: string) => void }>;

function RecipientField({ kind, value, onChange }: RecipientProps) {
  const t = useText();
  const isTechnician = kind === 'to-technician';
  const people = useQueryOperation('access.listTechnicians', {}, { enabled: isTechnician, staleTime: 60_000 });
  const options = isTechnician
    ? (people.data?.technicians ?? []).map(({ number, name }) => ({ value: `${number} ${name}` }))
    : [];
  return (
    <label>
      {t('stock.recipient')}
      {NEEDS_RECIPIENT.has(kind) && <span className="mw-negative"> *</span>}
      <AutoComplete
        value={value}
        onChange={(typed: string | undefined) => onChange(typed ?? '')}
        options={options}
        showSearch={{ filterOption: (typed, option) => (option?.value ?? '').includes(typed) }}
        style={{ width: '100%' }}
        maxLength={100}
      />
    </label>
  );
}

function draftLine({ part, quantity, price, onHand, reserved }: Entered, warehouseId: string): Omit<DraftLine, 'key'> {
  return { part, quantity, price, warehouseId, available: onHand, reserved, savedId: null, charge: 'customer' };
}

function lineOf({ part, quantity, price }: DraftLine) {
  return { partId: part.id ?? '', quantity: quantity ?? Number.NaN, price: price ?? Number.NaN };
}
