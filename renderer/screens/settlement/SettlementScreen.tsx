import { useState } from 'react';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import {
  EmptyState,
  Loaded,
  Page,
  QueueList,
  type QueueItem,
  SearchField,
  Split,
  StateTag,
  useChosen,
  useFormat,
} from '#renderer/ui/index.ts';
import { StatementView } from './StatementView.tsx';

const MOST = 300;
const LOOK_AGAIN = 30_000;

type Row = OutputOf<'billing.queue'>['rows'][number];

/** What waits at the counter, found by any fragment; its bill, its money and the way out of the house at the right. */
export function SettlementScreen() {
  const t = useText();
  const format = useFormat();
  const [search, setSearch] = useState('');
  const queue = useQueryOperation(
    'billing.queue',
    { search, limit: MOST },
    { keepPrevious: true, refetchInterval: LOOK_AGAIN },
  );
  const rows = queue.data?.rows ?? [];
  const ids = rows.map((row) => row.id);
  const { chosen, choose, forget } = useChosen('order', ids, !queue.isPlaceholderData);

  function find(fragment: string): void {
    if (fragment === search) return;
    setSearch(fragment);
    forget(); // What is found comes up by itself.
  }

  const empty =
    search === '' ? (
      <EmptyState title={t('settlement.emptyTitle')} text={t('settlement.emptyText')} />
    ) : (
      <EmptyState title={t('settlement.nothingFound', { fragment: search })} />
    );

  return (
    <Page title={t('settlement.title')} body="fill" isBusy={queue.isFetching}>
      <Loaded query={queue}>
        {({ total }) => (
          <Split
            side={
              <QueueList
                aria-label={t('settlement.title')}
                items={rows.map((row) => queueItem(t, row))}
                selected={chosen}
                onSelect={choose}
                head={<SearchField autoFocus width="100%" placeholder={t('settlement.search')} onSearch={find} />}
                foot={t('common.rowCount', { total: format.count(total) })}
                empty={empty}
              />
            }
          >
            {chosen === undefined ? (
              <EmptyState title={t('settlement.choose')} />
            ) : (
              <StatementView key={chosen} orderId={chosen} />
            )}
          </Split>
        )}
      </Loaded>
    </Page>
  );
}

function queueItem(t: Translate, row: Row): QueueItem {
  const device = [row.category, row.brand, row.model].filter((word) => word !== '').join(' ');
  return {
    key: row.id,
    title: row.number,
    mark: <StateTag state={row.state} />,
    text: [row.customerName ?? t('settlement.anonymous'), row.customerPhone].filter(Boolean).join(' · '),
    note: [device, row.serial].filter((word) => word !== '').join(' · '),
  };
}
