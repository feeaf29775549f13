import { Checkbox } from 'antd';
import { useMemo, useState } from 'react';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { DataGrid, EmptyState, type GridColumn, type RowOf, useFormat } from '#renderer/ui/index.ts';
import { ExplainDrawer } from './ExplainDrawer.tsx';

type Row = RowOf<'stock.onHand'>;

/** What lies where, and what it is worth; opening a row shows the moves behind its figures. */
export function OnHandTab() {
  const t = useText();
  const format = useFormat();
  const [withEmpty, setWithEmpty] = useState(false);
  const [explained, setExplained] = useState<Row>();
  const input = useMemo(() => ({ withEmpty }), [withEmpty]);
  const all = useQueryOperation('stock.onHand', { limit: 1 });
  const columns: readonly GridColumn<Row>[] = [
    { key: 'number', title: t('stock.columns.partNumber'), type: 'code' },
    { key: 'name', title: t('stock.columns.part') },
    { key: 'barcode', title: t('stock.columns.barcode'), type: 'code', width: 140 },
    { key: 'warehouse', title: t('stock.columns.warehouse'), width: 140 },
    { key: 'quantity', title: t('stock.columns.quantity'), type: 'quantity' },
    { key: 'measure', title: t('stock.columns.measure'), width: 64 },
    { key: 'averageCost', title: t('stock.columns.averageCost'), type: 'money', width: 118 },
    { key: 'value', title: t('stock.columns.value'), type: 'money', width: 120 },
    { key: 'salePrice', title: t('stock.columns.salePrice'), type: 'money' },
  ];
  return (
    <div className="mw-stock-tab">
      <DataGrid
        operation="stock.onHand"
        input={input}
        columns={columns}
        rowKey="id"
        onOpen={setExplained}
        empty={<EmptyState title={t('stock.emptyTitle')} text={t('stock.emptyText')} />}
        footer={
          <>
            <Checkbox checked={withEmpty} onChange={(event) => setWithEmpty(event.target.checked)}>
              {t('stock.showEmpty')}
            </Checkbox>{' '}
            {all.data && t('stock.totalValue', { amount: format.money(all.data.value) })}
          </>
        }
      />
      {explained && (
        <ExplainDrawer
          partId={explained.partId}
          warehouseId={explained.warehouseId}
          onClose={() => setExplained(undefined)}
        />
      )}
    </div>
  );
}
