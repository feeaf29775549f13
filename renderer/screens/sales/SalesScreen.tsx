import { Segmented } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useText } from '#renderer/text/react.ts';
import { DataGrid, EmptyState, Page, useTabs } from '#renderer/ui/index.ts';
import { handshakeColumns } from '../handshakes/columns.tsx';
import { SaleDrawer } from './SaleDrawer.tsx';
import { SaleForm } from './SaleForm.tsx';

const TABS = [{ key: 'inbox' }, { key: 'outbox' }, { key: 'report' }] as const;
type TabKey = (typeof TABS)[number]['key'];

const FRESH_AFTER = 15_000; // milliseconds: what other units report comes by itself

/** Store sales that are to be delivered or installed: those reported here, and those that others want this unit to do. */
export function SalesScreen() {
  const t = useText();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [openId, setOpenId] = useState<string>();
  const { chosen = TABS[0], go } = useTabs(TABS);
  const replacesId = params.get('replaces');
  return (
    <Page
      title={t('sales.title')}
      body={chosen.key === 'report' ? 'scroll' : 'fill'}
      extra={
        <Segmented<TabKey>
          value={chosen.key}
          options={TABS.map(({ key }) => ({ value: key, label: t(`sales.${key}`) }))}
          onChange={go}
        />
      }
    >
      {chosen.key === 'report' ? (
        <SaleForm key={replacesId} replacesId={replacesId} />
      ) : (
        <DataGrid
          key={chosen.key}
          operation={chosen.key === 'inbox' ? 'sales.inbox' : 'sales.outbox'}
          columns={handshakeColumns(t, chosen.key === 'inbox' ? 'in' : 'out')}
          rowKey="id"
          refetchInterval={FRESH_AFTER}
          aria-label={t(`sales.${chosen.key}`)}
          onOpen={({ id }) => setOpenId(id)}
          empty={<EmptyState text={t(`sales.empty.${chosen.key}`)} />}
        />
      )}
      {openId !== undefined && (
        <SaleDrawer
          id={openId}
          onClose={() => setOpenId(undefined)}
          onSendElsewhere={(id) => {
            setOpenId(undefined);
            void navigate(`/sales?tab=report&replaces=${id}`);
          }}
        />
      )}
    </Page>
  );
}
