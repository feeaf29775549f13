import { BarcodeOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Drawer, Input } from 'antd';
import { useMemo, useState } from 'react';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { EmptyState, type GridColumn, Loaded, LocalGrid, QuantityText } from '#renderer/ui/index.ts';
import { DocumentDrawer } from './DocumentDrawer.tsx';
import { DrawerKeys } from './DrawerKeys.tsx';
import { kindText } from './kinds.ts';

/** Where is this serial or batch number? */
export function LotSearchButton() {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={<SearchOutlined />} onClick={() => setOpen(true)}>
        {t('lots.search')}
      </Button>
      {isOpen && <LotSearchDrawer onClose={() => setOpen(false)} />}
    </>
  );
}

function LotSearchDrawer({ onClose }: Readonly<{ onClose: () => void }>) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const [lot, setLot] = useState('');
  return (
    <Drawer open size={960} onClose={onClose} title={t('lots.search')} keyboard={false}>
      <DrawerKeys onClose={onClose} />
      <Input
        autoFocus
        prefix={<BarcodeOutlined />}
        aria-label={t('lots.searchField')}
        placeholder={t('lots.searchField')}
        autoComplete="off"
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={(event) => {
          setLot(typed.trim());
          event.currentTarget.select();
        }}
      />
      {lot !== '' && <History key={lot} lot={lot} />}
    </Drawer>
  );
}

type Move = OutputOf<'stock.lotHistory'>['moves'][number];

function History({ lot }: Readonly<{ lot: string }>) {
  const t = useText();
  const [documentId, setDocumentId] = useState<string>();
  const input = useMemo(() => ({ lot }), [lot]);
  const query = useQueryOperation('stock.lotHistory', input);
  const columns: readonly GridColumn<Move>[] = [
    { key: 'movedOn', title: t('stock.columns.movedOn'), type: 'date', width: 98 },
    { key: 'documentNumber', title: t('stock.columns.number'), type: 'code', width: 174 },
    { key: 'kind', title: t('stock.columns.kind'), width: 108, render: (row) => kindText(t, row) },
    { key: 'partNumber', title: t('stock.columns.part'), width: 180, grows: true, render: partOf },
    { key: 'warehouse', title: t('stock.columns.warehouse'), width: 100 },
    { key: 'partner', title: t('stock.columns.partner'), width: 140 },
    { key: 'quantity', title: t('stock.columns.quantity'), type: 'quantity', width: 76 },
  ];
  return (
    <Loaded query={query}>
      {({ places, moves }) =>
        moves.length === 0 ? (
          <EmptyState text={t('lots.neverSeen', { lot })} />
        ) : (
          <div className="mw-lot-history">
            {places.length === 0 && <strong>{t('lots.nowhere', { lot })}</strong>}
            {places.map((place) => (
              <strong key={`${place.partId} ${place.warehouse}`}>
                {place.partNumber} {place.part}: {place.warehouse} × <QuantityText value={place.quantity} />
              </strong>
            ))}
            <LocalGrid
              rows={moves}
              columns={columns}
              rowKey="id"
              height="rows"
              hasFilters={false}
              onOpen={(row) => setDocumentId(row.documentId)}
            />
            {documentId !== undefined && <DocumentDrawer id={documentId} onClose={() => setDocumentId(undefined)} />}
          </div>
        )
      }
    </Loaded>
  );
}

const partOf = ({ partNumber, part }: Move) => `${partNumber} ${part}`;
