import { Checkbox } from 'antd';
import { useMemo, useState } from 'react';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, DataGrid, EmptyState, type GridColumn, QuantityText, type RowOf } from '#renderer/ui/index.ts';
import { PlaceDialog } from './availability/PlaceDialog.tsx';
import { ExplainDrawer } from './ExplainDrawer.tsx';

type Row = RowOf<'stock.onHand'>;

/** What lies where, what of it can be had and what it is worth, all of it in the foot; opening a row shows the moves behind its figures. */
export function OnHandTab() {
  const t = useText();
  const mayPlace = useMay()('stock.receive');
  const [withEmpty, setWithEmpty] = useState(false);
  const [isPlacing, setPlacing] = useState(false);
  const [explained, setExplained] = useState<Row>();
  const input = useMemo(() => ({ withEmpty }), [withEmpty]);
  const shown = { isFilterable: false, isSortable: false } as const; // of the rows in view only
  const columns: readonly GridColumn<Row>[] = [
    { key: 'number', title: t('stock.columns.partNumber'), type: 'code', width: 104 },
    { key: 'name', title: t('stock.columns.part'), width: 140, grows: true },
    { key: 'warehouse', title: t('stock.columns.warehouse'), width: 108 },
    { key: 'bin', title: t('fields.bin'), width: 70 },
    { key: 'quantity', title: t('stock.columns.onHand'), type: 'quantity', width: 78, render: quantityOf },
    { key: 'reserved', title: t('availability.reserved'), type: 'quantity', width: 76, ...shown },
    { key: 'inTransit', title: t('availability.inTransit'), type: 'quantity', width: 78, ...shown },
    { key: 'available', title: t('availability.available'), type: 'quantity', width: 78, ...shown },
    { key: 'minQuantity', title: t('fields.minQuantity'), type: 'quantity', width: 58, render: limitOf('minQuantity') },
    { key: 'maxQuantity', title: t('fields.maxQuantity'), type: 'quantity', width: 58, render: limitOf('maxQuantity') },
    { key: 'measure', title: t('stock.columns.measure'), width: 48 },
    { key: 'averageCost', title: t('stock.columns.averageCost'), type: 'money', width: 96 },
    { key: 'value', title: t('stock.columns.value'), type: 'money', width: 110 },
    { key: 'salePrice', title: t('stock.columns.salePrice'), type: 'money', width: 90 },
    { key: 'barcode', title: t('stock.columns.barcode'), type: 'code', width: 130 },
  ];
  return (
    <div className="mw-stock-tab">
      <DataGrid
        operation="stock.onHand"
        sums="stock.onHandSums"
        input={input}
        columns={columns}
        rowKey="id"
        onOpen={setExplained}
        empty={<EmptyState title={t('stock.emptyTitle')} text={t('stock.emptyText')} />}
        footer={
          <>
            <Checkbox checked={withEmpty} onChange={(event) => setWithEmpty(event.target.checked)}>
              {t('stock.showEmpty')}
            </Checkbox>
            {mayPlace && (
              <ActionButton size="small" type="link" hotkey="Alt+N" onClick={() => setPlacing(true)}>
                {t('availability.place')}
              </ActionButton>
            )}
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
      {isPlacing && <PlaceDialog onClose={() => setPlacing(false)} />}
    </div>
  );
}

/** Below its minimum, it is marked. */
const quantityOf = ({ quantity, minQuantity }: Row) => (
  <span className={quantity < minQuantity ? 'mw-negative' : ''}>
    <QuantityText value={quantity} />
  </span>
);

/** Where none is set, nothing stands there. */
const limitOf = (key: 'minQuantity' | 'maxQuantity') => (row: Row) => row[key] > 0 && <QuantityText value={row[key]} />;
