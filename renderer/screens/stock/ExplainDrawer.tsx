import { Drawer } from 'antd';
import { useMemo, useState } from 'react';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DataGrid,
  Facts,
  type GridColumn,
  Loaded,
  MoneyText,
  QuantityText,
  type RowOf,
  useFormat,
} from '#renderer/ui/index.ts';
import { Lots } from './availability/Lots.tsx';
import { PlaceDialog } from './availability/PlaceDialog.tsx';
import { DocumentDrawer } from './DocumentDrawer.tsx';
import { DrawerKeys } from './DrawerKeys.tsx';
import { kindText } from './kinds.ts';

/** A row of what is on hand. */
type Explained = Pick<RowOf<'stock.onHand'>, 'partId' | 'warehouseId' | 'number' | 'warehouse' | 'tracking'>;
type Props = Readonly<{ of: Explained; onClose: () => void }>;
type Row = RowOf<'stock.moves'>;

/** The moves behind a figure: each with its document, what it moved and what was left after it. */
export function ExplainDrawer({ of, onClose }: Props) {
  const t = useText();
  const { partId, warehouseId } = of;
  const [documentId, setDocumentId] = useState<string>();
  const input = useMemo(() => ({ partId, warehouseId }), [partId, warehouseId]);
  const query = useQueryOperation('stock.moves', { ...input, limit: 1 });
  const plain = { isFilterable: false, isSortable: false } as const;
  const columns: readonly GridColumn<Row>[] = [
    { key: 'moveNo', title: t('stock.columns.moveNo'), type: 'count', width: 50, ...plain },
    { key: 'movedOn', title: t('stock.columns.movedOn'), type: 'date', width: 98, ...plain },
    { key: 'documentNumber', title: t('stock.columns.number'), type: 'code', width: 174, ...plain },
    { key: 'kind', title: t('stock.columns.kind'), width: 92, ...plain, render: (row) => kindText(t, row) },
    {
      key: 'partner',
      title: t('stock.columns.partner'),
      ...plain,
      width: 164,
      grows: true,
      render: (row) => row.workOrder ?? row.partner,
    },
    { key: 'quantity', title: t('stock.columns.quantity'), type: 'quantity', ...plain, render: quantityOf },
    { key: 'value', title: t('stock.columns.cost'), type: 'money', ...plain },
    { key: 'quantityAfter', title: t('stock.columns.quantityAfter'), type: 'quantity', width: 108, ...plain },
    { key: 'valueAfter', title: t('stock.columns.valueAfter'), type: 'money', ...plain },
  ];
  return (
    <Drawer open size={1080} onClose={onClose} title={t('stock.explain')} keyboard={false}>
      <DrawerKeys onClose={onClose} />
      <Loaded query={query}>
        {(balance) => (
          <div className="mw-drawer-grid">
            <Facts
              columns={2}
              labelWidth={72}
              facts={[
                { label: t('stock.columns.part'), value: `${balance.partNumber} ${balance.part}` },
                { label: t('stock.columns.warehouse'), value: balance.warehouse },
                {
                  label: t('stock.columns.onHand'),
                  value: (
                    <strong>
                      <QuantityText value={balance.quantity} /> {balance.measure}
                    </strong>
                  ),
                },
                {
                  label: t('stock.columns.value'),
                  value: (
                    <strong>
                      <MoneyText value={balance.value} />
                    </strong>
                  ),
                },
              ]}
            />
            <PlaceLine of={of} />
            {of.tracking !== 'none' && <Lots partId={partId} warehouseId={warehouseId} />}
            <div className="mw-soft">{t('stock.explainText')}</div>
            <DataGrid
              operation="stock.moves"
              id={`stock.moves ${partId} ${warehouseId}`}
              input={input}
              columns={columns}
              rowKey="moveNo"
              hasFilters={false}
              onOpen={(row) => setDocumentId(row.documentId)}
            />
          </div>
        )}
      </Loaded>
      {documentId !== undefined && <DocumentDrawer id={documentId} onClose={() => setDocumentId(undefined)} />}
    </Drawer>
  );
}

/** Bin and limits, changed from here. */
function PlaceLine({ of }: Readonly<{ of: Explained }>) {
  const t = useText();
  const format = useFormat();
  const mayEdit = useMay()('stock.receive');
  const [isOpen, setOpen] = useState(false);
  const { partId, warehouseId, number, warehouse } = of;
  const place = useQueryOperation('stock.place', { partId, warehouseId });
  const { bin = '', minQuantity = 0, maxQuantity = 0 } = place.data ?? {};
  const limit = (quantity: number) => (quantity === 0 ? '–' : format.quantity(quantity));
  return (
    <div className="mw-place-line">
      <span>
        {t('fields.bin')} <strong>{bin === '' ? '–' : bin}</strong>
      </span>
      <span>
        {t('fields.minQuantity')} <strong>{limit(minQuantity)}</strong>
      </span>
      <span>
        {t('fields.maxQuantity')} <strong>{limit(maxQuantity)}</strong>
      </span>
      {mayEdit && (
        <ActionButton size="small" hotkey="Alt+E" onClick={() => setOpen(true)}>
          {t('availability.editPlace')}
        </ActionButton>
      )}
      {isOpen && <PlaceDialog of={{ partId, warehouseId, part: number, warehouse }} onClose={() => setOpen(false)} />}
    </div>
  );
}

const quantityOf = ({ quantity }: Row) => (
  <span className={quantity < 0 ? 'mw-negative' : ''}>
    <QuantityText value={quantity} />
  </span>
);
