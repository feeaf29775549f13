import { useState } from 'react';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, DataGrid, EmptyState, type GridColumn, type RowOf } from '#renderer/ui/index.ts';
import { PartDialog } from './catalogue/PartDialog.tsx';
import { PartDrawer } from './catalogue/PartDrawer.tsx';
import { trackingOptions } from './catalogue/words.ts';
import { LabelsDialog } from './labels/LabelsDialog.tsx';

type Row = RowOf<'stock.parts'>;

/** The catalogue with what is on hand of each; a part opens with all there is to know of it. */
export function PartsTab() {
  const t = useText();
  const mayEdit = useMay()('setup.edit');
  const [opened, setOpened] = useState<Row>();
  const [asked, setAsked] = useState<'new' | 'labels'>();
  const columns: readonly GridColumn<Row>[] = [
    { key: 'number', title: t('stock.columns.partNumber'), type: 'code' },
    { key: 'name', title: t('stock.columns.part') },
    { key: 'category', title: t('fields.category'), width: 120 },
    { key: 'barcode', title: t('stock.columns.barcode'), type: 'code' },
    { key: 'measure', title: t('stock.columns.measure'), width: 70 },
    { key: 'salePrice', title: t('stock.columns.salePrice'), type: 'money' },
    { key: 'onHand', title: t('stock.columns.onHand'), type: 'quantity', width: 96 },
    { key: 'tracking', title: t('fields.tracking'), type: 'choice', choices: trackingOptions(t), width: 112 },
    { key: 'isOldReturned', title: t('catalogue.oldPart'), type: 'yesNo', width: 90, isFilterable: false },
    { key: 'isActive', title: t('stock.columns.isActive'), type: 'yesNo', isFilterable: false },
  ];
  return (
    <div className="mw-stock-tab">
      <DataGrid
        operation="stock.parts"
        columns={columns}
        rowKey="id"
        onOpen={setOpened}
        empty={<EmptyState text={t('stock.partsEmptyText')} />}
        footer={
          <>
            {mayEdit && (
              <ActionButton size="small" type="link" hotkey="Alt+N" onClick={() => setAsked('new')}>
                {t('stock.addPart')}
              </ActionButton>
            )}
            <ActionButton size="small" type="link" hotkey="Ctrl+P" onClick={() => setAsked('labels')}>
              {t('labels.title')}
            </ActionButton>
          </>
        }
      />
      {opened && <PartDrawer id={opened.id} onClose={() => setOpened(undefined)} />}
      {asked === 'new' && <PartDialog part={null} onClose={() => setAsked(undefined)} />}
      {asked === 'labels' && <LabelsDialog parts={[]} onClose={() => setAsked(undefined)} />}
    </div>
  );
}
