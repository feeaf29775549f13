import { Drawer } from 'antd';
import { useState } from 'react';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, useFormat } from '#renderer/ui/index.ts';
import { Lots } from './availability/Lots.tsx';
import { PlaceDialog } from './availability/PlaceDialog.tsx';
import { DocumentDrawer } from './DocumentDrawer.tsx';
import { DrawerKeys } from './DrawerKeys.tsx';
import { MovesPanel } from './MovesPanel.tsx';

type Place = Readonly<{ partId: string; warehouseId: string }>;
type Props = Place & Readonly<{ onClose: () => void }>;

/** The moves behind what is on hand, each of which leads to its document; bin, limits and lots of it. */
export function ExplainDrawer({ partId, warehouseId, onClose }: Props) {
  const t = useText();
  const [documentId, setDocumentId] = useState<string>();
  return (
    <Drawer open size={1080} onClose={onClose} title={t('stock.explain')} keyboard={false}>
      <DrawerKeys onClose={onClose} />
      <MovesPanel partId={partId} warehouseId={warehouseId} onOpen={(move) => setDocumentId(move.documentId)}>
        {({ partNumber, warehouse, tracking }) => (
          <>
            <PlaceLine of={{ partId, warehouseId, part: partNumber, warehouse }} />
            {tracking !== 'none' && <Lots partId={partId} warehouseId={warehouseId} />}
          </>
        )}
      </MovesPanel>
      {documentId !== undefined && <DocumentDrawer id={documentId} onClose={() => setDocumentId(undefined)} />}
    </Drawer>
  );
}

/** Bin and limits, changed from here. */
function PlaceLine({ of }: Readonly<{ of: Place & Readonly<{ part: string; warehouse: string }> }>) {
  const t = useText();
  const format = useFormat();
  const mayEdit = useMay()('stock.receive');
  const [isOpen, setOpen] = useState(false);
  const { partId, warehouseId } = of;
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
      {isOpen && <PlaceDialog of={of} onClose={() => setOpen(false)} />}
    </div>
  );
}
