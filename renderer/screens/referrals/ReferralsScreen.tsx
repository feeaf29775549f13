import { Segmented } from 'antd';
import { useState } from 'react';
import { useText } from '#renderer/text/react.ts';
import { DataGrid, EmptyState, Page, useTabs } from '#renderer/ui/index.ts';
import { handshakeColumns } from '../handshakes/columns.tsx';
import { ReferralDrawer } from './ReferralDrawer.tsx';

const BOXES = [
  { key: 'inbox', operation: 'referrals.inbox', box: 'in' },
  { key: 'outbox', operation: 'referrals.outbox', box: 'out' },
] as const;

const FRESH_AFTER = 15_000; // milliseconds: what other units ask comes by itself

/** Work that other units ask this one to do, and work that it asks others to do. */
export function ReferralsScreen() {
  const t = useText();
  const [openId, setOpenId] = useState<string>();
  const { chosen = BOXES[0], go } = useTabs(BOXES);
  return (
    <Page
      title={t('referrals.title')}
      body="fill"
      extra={
        <Segmented<(typeof BOXES)[number]['key']>
          value={chosen.key}
          options={BOXES.map(({ key }) => ({ value: key, label: t(`referrals.${key}`) }))}
          onChange={go}
        />
      }
    >
      <DataGrid
        key={chosen.key}
        operation={chosen.operation}
        columns={handshakeColumns(t, chosen.box)}
        rowKey="id"
        refetchInterval={FRESH_AFTER}
        aria-label={t(`referrals.${chosen.key}`)}
        onOpen={({ id }) => setOpenId(id)}
        empty={<EmptyState text={t(`referrals.empty.${chosen.key}`)} />}
      />
      {openId !== undefined && <ReferralDrawer id={openId} onClose={() => setOpenId(undefined)} />}
    </Page>
  );
}
