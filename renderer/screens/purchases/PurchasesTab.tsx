import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useMay } from '#renderer/app/session.tsx';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DataGrid,
  DateText,
  EmptyState,
  type GridColumn,
  type RowOf,
  ToneTag,
  useToday,
} from '#renderer/ui/index.ts';
import { DocumentDrawer } from '../stock/DocumentDrawer.tsx';
import { priceColumns } from './PriceDrawer.tsx';
import { PurchaseDrawer } from './PurchaseDrawer.tsx';
import { RequestForm } from './RequestForm.tsx';
import { isOverdue, type Purchase, PurchaseTag, stateOptions } from './states.tsx';
import './purchases.css';

const VIEWS = ['orders', 'overdue', 'prices'] as const;
type View = (typeof VIEWS)[number];
type Row = RowOf<'purchases.list'>;

/** Requests and orders to suppliers, those that are overdue, and what was paid so far. */
export function PurchasesTab() {
  const t = useText();
  const may = useMay();
  const [view, setView] = useState<View>('orders');
  const [edited, setEdited] = useState<Purchase | 'new'>();
  const [openId, setOpenId] = useState<string>();
  if (edited !== undefined)
    return (
      <RequestForm
        purchase={edited === 'new' ? null : edited}
        onSaved={(id) => {
          setEdited(undefined);
          setOpenId(id);
        }}
        onClose={() => setEdited(undefined)}
      />
    );
  return (
    <div className="mw-stock-tab">
      <div className="mw-transfer-bar">
        <Segmented<View>
          size="small"
          value={view}
          options={VIEWS.map((value) => ({ value, label: t(`purchases.views.${value}`) }))}
          onChange={setView}
        />
        {may('purchase.request') && (
          <ActionButton type="primary" hotkey="Alt+N" onClick={() => setEdited('new')}>
            {t('purchases.new')}
          </ActionButton>
        )}
      </div>
      {view === 'prices' ? <Prices /> : <Orders key={view} view={view} onOpen={setOpenId} />}
      {openId !== undefined && (
        <PurchaseDrawer
          id={openId}
          onEdit={(purchase) => {
            setOpenId(undefined);
            setEdited(purchase);
          }}
          onClose={() => setOpenId(undefined)}
        />
      )}
    </div>
  );
}

type OrdersProps = Readonly<{ view: 'orders' | 'overdue'; onOpen: (id: string) => void }>;

function Orders({ view, onOpen }: OrdersProps) {
  const t = useText();
  const today = useToday();
  const columns = useMemo(() => orderColumns(t, today), [t, today]);
  const input = useMemo(() => ({ isOverdue: view === 'overdue' }), [view]);
  return (
    <DataGrid
      operation="purchases.list"
      id={`purchases ${view}`}
      input={input}
      columns={columns}
      rowKey="id"
      onOpen={({ id }) => onOpen(id)}
      empty={<EmptyState text={t(view === 'overdue' ? 'purchases.noneOverdue' : 'purchases.empty')} />}
    />
  );
}

function orderColumns(t: Translate, today: string): GridColumn<Row>[] {
  return [
    {
      key: 'state',
      title: t('purchases.state'),
      type: 'choice',
      width: 96,
      choices: stateOptions(t),
      render: (row) => <PurchaseTag state={row.state} />,
    },
    { key: 'number', title: t('purchases.number'), type: 'code', width: 172 },
    { key: 'supplier', title: t('stock.columns.supplier'), grows: true },
    { key: 'amount', title: t('stock.columns.amount'), type: 'money', width: 112 },
    { key: 'openLines', title: t('purchases.openLines'), type: 'count', width: 72 },
    { key: 'requestedOn', title: t('purchases.requestedOn'), type: 'date', width: 100 },
    { key: 'orderedOn', title: t('purchases.orderedOn'), type: 'date', width: 100 },
    {
      key: 'wishedOn',
      title: t('purchases.wishedOn'),
      type: 'date',
      width: 100,
      render: (row) =>
        isOverdue(row, today) ? <ToneTag tone="bad">{row.wishedOn}</ToneTag> : <DateText value={row.wishedOn} />,
    },
    { key: 'requester', title: t('purchases.requester'), width: 96 },
    { key: 'warehouse', title: t('stock.columns.warehouse'), width: 106 },
    { key: 'note', title: t('stock.note'), width: 84 },
  ];
}

/** What was paid for any part; opening a row shows the receipt. */
function Prices() {
  const t = useText();
  const [documentId, setDocumentId] = useState<string>();
  const columns: GridColumn<RowOf<'purchases.priceHistory'>>[] = [
    { key: 'partNumber', title: t('stock.columns.partNumber'), type: 'code' },
    { key: 'part', title: t('stock.columns.part'), grows: true },
    ...priceColumns(t),
  ];
  return (
    <>
      <DataGrid
        operation="purchases.priceHistory"
        columns={columns}
        rowKey="id"
        onOpen={(row) => setDocumentId(row.documentId)}
        empty={<EmptyState text={t('purchases.noPrices')} />}
      />
      {documentId !== undefined && <DocumentDrawer id={documentId} onClose={() => setDocumentId(undefined)} />}
    </>
  );
}
