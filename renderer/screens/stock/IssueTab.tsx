import { App, Input, Select } from 'antd';
import { useState } from 'react';
import { type Buyer, BUYERS, classOfIssue, type IssueKind, usualIssuePrice } from '#domain/stock/issues.ts';
import type { InputOf } from '#operations/index.ts';
import { call, OperationFailed } from '#renderer/api/client.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { EmptyState, errorText, useFormat } from '#renderer/ui/index.ts';
import { ExceedField } from '../deposits/ExceedField.tsx';
import { type Draft, type DraftLine, useDraftLines } from './draft-lines.ts';
import { DraftTable } from './DraftTable.tsx';
import { IssuePartiesFields, NOBODY, type IssueParties } from './IssueParties.tsx';
import { useIssueKinds } from './kinds.ts';
import { type Entered, LineEntry } from './LineEntry.tsx';
import {
  faultyLineOf,
  isBeyondDeposit,
  type SavedDocument,
  type StockChoices,
  StockForm,
  usualWarehouse,
  WarehouseField,
  WithWarehouses,
} from './StockForm.tsx';

export function IssueTab() {
  const t = useText();
  const kinds = useIssueKinds();
  const [first] = kinds;
  if (first === undefined) return <EmptyState text={t('issues.noKind')} />;
  return (
    <WithWarehouses>{(choices) => <IssueForm choices={choices} kinds={kinds} usualKind={first} />}</WithWarehouses>
  );
}

type FormProps = Readonly<{ choices: StockChoices; kinds: readonly IssueKind[]; usualKind: IssueKind }>;

/** Parts leave a warehouse for one of six reasons, never more than there are. */
function IssueForm({ choices, kinds, usualKind }: FormProps) {
  const t = useText();
  const may = useMay();
  const draft = useDraftLines();
  const [kind, setKind] = useState(usualKind);
  const [warehouseId, setWarehouseId] = useState(usualWarehouse(choices));
  const [buyer, setBuyer] = useState<Buyer>('person');
  const [parties, setParties] = useState(NOBODY);
  const [note, setNote] = useState('');
  const [exceed, setExceed] = useState('');
  const [saved, setSaved] = useState<SavedDocument>();
  const operation = useOperation('stock.issue');
  const reprice = useReprice(draft);

  function save(): void {
    operation.mutate(inputOf({ kind, warehouseId, customerClass: buyer, parties, note, exceed, draft }), {
      onSuccess: (document) => {
        setSaved(document);
        draft.clear();
        setParties(NOBODY);
        setNote('');
        setExceed('');
      },
    });
  }

  return (
    <StockForm
      draft={draft}
      error={operation.error}
      remedy={isBeyondDeposit(operation.error, exceed) && <ExceedField value={exceed} onChange={setExceed} />}
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
              <Select
                value={kind}
                options={kinds.map((one) => ({ value: one, label: t(`stock.issueKinds.${one}`) }))}
                onChange={(chosen) => {
                  setKind(chosen);
                  setParties(NOBODY);
                  reprice(chosen, buyer);
                }}
              />
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
            {kind === 'counter-sale' && (
              <BuyerField
                value={buyer}
                onChange={(chosen) => {
                  setBuyer(chosen);
                  reprice(kind, chosen);
                }}
              />
            )}
            <IssuePartiesFields kind={kind} choices={choices} value={parties} onChange={setParties} />
            <label style={kind === 'counter-sale' ? { gridColumn: 'span 4' } : {}}>
              {t('stock.note')}
              <Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
            </label>
          </div>
          <LineEntry
            autoFocus
            asksPrice={false}
            warehouseId={warehouseId}
            searchFor={{ customerClass: classOfIssue(kind, buyer) }}
            priceLabel={t('stock.columns.price')}
            isPriceFixed={!may('stock.price') && kind !== 'counter-sale'}
            usualPrice={(part) => usualIssuePrice(kind, part)}
            onEnter={(line) => draft.add(draftLine(line, warehouseId))}
          />
        </>
      }
      table={
        <DraftTable
          draft={draft}
          priceLabel={t('stock.columns.price')}
          isPriceFixed={!may('stock.price') && kind !== 'counter-sale'}
          availableLabel={t('stock.columns.onHand')}
          faultyLine={faultyLineOf(operation.error)}
          empty={t('stock.noLines')}
        />
      }
    />
  );
}

/** What a line costs follows from why it leaves, and to whom. */
function useReprice(draft: Draft): (kind: IssueKind, buyer: Buyer) => void {
  const t = useText();
  const format = useFormat();
  const { message } = App.useApp();

  async function reprice(kind: IssueKind, buyer: Buyer): Promise<void> {
    const partIds = draft.lines.flatMap(({ part }) => (part.id === null ? [] : [part.id]));
    if (partIds.length === 0) return;
    try {
      const { prices } = await call('stock.prices', { partIds, customerClass: classOfIssue(kind, buyer) });
      const byPart = new Map(prices.map((one) => [one.partId, usualIssuePrice(kind, one)]));
      draft.changeAll(({ part, price }) => ({ price: byPart.get(part.id ?? '') ?? price }));
    } catch (error) {
      if (!(error instanceof OperationFailed)) throw error;
      void message.error(errorText(t, format, error));
    }
  }

  return (kind, buyer) => void reprice(kind, buyer);
}

type BuyerProps = Readonly<{ value: Buyer; onChange: (value: Buyer) => void }>;

function BuyerField(field: BuyerProps) {
  const t = useText();
  const options = BUYERS.map((one) => ({ value: one, label: t(`issues.customerClasses.${one}`) }));
  return (
    <label>
      {t('issues.customerClass')}
      <Select {...field} options={options} />
    </label>
  );
}

type Issue = Readonly<{
  kind: IssueKind;
  warehouseId: string;
  customerClass: Buyer;
  parties: IssueParties;
  note: string;
  exceed: string;
  draft: Draft;
}>;

function inputOf({ kind, warehouseId, customerClass, parties, note, exceed, draft }: Issue): InputOf<'stock.issue'> {
  return { kind, warehouseId, customerClass, ...parties, note, exceed, lines: draft.lines.map(lineOf) };
}

function draftLine({ onHand, ...entered }: Entered, warehouseId: string): Omit<DraftLine, 'key'> {
  return { ...entered, warehouseId, available: onHand, savedId: null, charge: 'customer' };
}

function lineOf({ part, quantity, price, lots = [] }: DraftLine) {
  return { partId: part.id ?? '', quantity: quantity ?? Number.NaN, price: price ?? Number.NaN, lots: [...lots] };
}
