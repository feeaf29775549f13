import { Drawer } from 'antd';
import { useState } from 'react';
import { useText } from '#renderer/text/react.ts';
import { DocumentDrawer } from './DocumentDrawer.tsx';
import { DrawerKeys } from './DrawerKeys.tsx';
import { MovesPanel } from './MovesPanel.tsx';

type Props = Readonly<{ partId: string; warehouseId: string; onClose: () => void }>;

/** The moves behind what is on hand, each of which leads to its document. */
export function ExplainDrawer({ partId, warehouseId, onClose }: Props) {
  const t = useText();
  const [documentId, setDocumentId] = useState<string>();
  return (
    <Drawer open size={1080} onClose={onClose} title={t('stock.explain')} keyboard={false}>
      <DrawerKeys onClose={onClose} />
      <MovesPanel partId={partId} warehouseId={warehouseId} onOpen={(move) => setDocumentId(move.documentId)} />
      {documentId !== undefined && <DocumentDrawer id={documentId} onClose={() => setDocumentId(undefined)} />}
    </Drawer>
  );
}
