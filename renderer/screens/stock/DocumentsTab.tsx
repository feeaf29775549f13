import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useText } from '#renderer/text/react.ts';
import { DataGrid, EmptyState, type GridColumn, type RowOf, ToneTag } from '#renderer/ui/index.ts';
import { DocumentDrawer } from './DocumentDrawer.tsx';
import { issueKindOptions, kindOptions } from './kinds.ts';

type Row = RowOf<'stock.documents'>;

/** Every document that moved stock, the latest first. */
export function DocumentsTab() {
  const t = useText();
  const [params] = useSearchParams();
  const [openId, setOpenId] = useState(params.get('document') ?? undefined);
  const columns: readonly GridColumn<Row>[] = [
    { key: 'movedOn', title: t('stock.columns.movedOn'), type: 'date', width: 100 },
    { key: 'number', title: t('stock.columns.number'), type: 'code', width: 168 },
    { key: 'kind', title: t('stock.columns.kind'), type: 'choice', width: 104, choices: kindOptions(t) },
    { key: 'issueKind', title: t('stock.columns.issueKind'), type: 'choice', width: 122, choices: issueKindOptions(t) },
    { key: 'warehouse', title: t('stock.columns.warehouse'), width: 108 },
    { key: 'supplier', title: t('stock.columns.supplier'), width: 112, grows: true },
    { key: 'recipient', title: t('stock.columns.recipient'), width: 92 },
    { key: 'workOrder', title: t('stock.columns.workOrder'), type: 'code', width: 172 },
    { key: 'value', title: t('stock.columns.cost'), type: 'money', width: 112 },
    { key: 'employee', title: t('stock.columns.employee'), width: 76 },
    {
      key: 'reversedBy',
      title: t('stock.columns.reversedBy'),
      width: 182, // a whole number in its tag
      render: ({ reversedBy }) => reversedBy && <ToneTag tone="bad">{reversedBy}</ToneTag>,
    },
  ];
  return (
    <div className="mw-stock-tab">
      <DataGrid
        operation="stock.documents"
        columns={columns}
        rowKey="id"
        onOpen={(row) => setOpenId(row.id)}
        empty={<EmptyState text={t('stock.documentsEmptyText')} />}
      />
      {openId !== undefined && <DocumentDrawer id={openId} onClose={() => setOpenId(undefined)} />}
    </div>
  );
}
