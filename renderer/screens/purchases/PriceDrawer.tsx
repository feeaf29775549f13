import { HistoryOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useMemo, useState } from 'react';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import { DataGrid, EmptyState, type GridColumn, type RowOf } from '#renderer/ui/index.ts';
import { DrawerKeys } from '../stock/DrawerKeys.tsx';

type Part = Readonly<{ id: string; number: string; name: string }>;

/** When, of whom and for how much; the part itself stands elsewhere. */
export function priceColumns(t: Translate): GridColumn<RowOf<'purchases.priceHistory'>>[] {
  return [
    { key: 'movedOn', title: t('stock.columns.movedOn'), type: 'date', width: 104 },
    { key: 'supplier', title: t('stock.columns.supplier'), width: 150, grows: true },
    { key: 'price', title: t('stock.columns.buyingPrice'), type: 'money', width: 104 },
    { key: 'quantity', title: t('stock.columns.quantity'), type: 'quantity' },
    { key: 'measure', title: t('stock.columns.measure'), width: 64, isFilterable: false },
    { key: 'document', title: t('purchases.receipt'), type: 'code', width: 172 },
    { key: 'purchase', title: t('purchases.number'), type: 'code', width: 172 },
  ];
}

/** What was paid for one part so far. */
function PriceDrawer({ part, onClose }: Readonly<{ part: Part; onClose: () => void }>) {
  const t = useText();
  const input = useMemo(() => ({ partId: part.id }), [part.id]);
  return (
    <Drawer
      open
      size={900}
      onClose={onClose}
      keyboard={false}
      title={t('purchases.pricesOf', { part: `${part.number} ${part.name}` })}
    >
      <DrawerKeys onClose={onClose} />
      <div className="mw-drawer-grid">
        <DataGrid
          operation="purchases.priceHistory"
          id="purchases.pricesOfPart"
          input={input}
          columns={priceColumns(t)}
          rowKey="id"
          empty={<EmptyState text={t('purchases.noPrices')} />}
        />
      </div>
    </Drawer>
  );
}

/** Opens the prices of a part, from wherever it stands in a line. */
export function PricesButton({ part }: Readonly<{ part: Part }>) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        type="text"
        size="small"
        icon={<HistoryOutlined />}
        aria-label={t('purchases.pricesOf', { part: part.number })}
        title={t('purchases.pricesOf', { part: part.number })}
        onClick={() => setOpen(true)}
      />
      {isOpen && <PriceDrawer part={part} onClose={() => setOpen(false)} />}
    </>
  );
}
