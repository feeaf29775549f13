import { useState } from 'react';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  EmptyState,
  Loaded,
  Page,
  QueueList,
  SearchField,
  Split,
  StateTag,
  useChosen,
  useFormat,
} from '#renderer/ui/index.ts';
import { AuditSheet, type AuditedWork } from './AuditSheet.tsx';
import { queueItem } from './queue.tsx';

const MOST = 500; // More than an auditor gets through in a day; the count says when there are more.
const LOOK_AGAIN = 30_000;

/** Work that waits for the auditor at the left, what was done and what it earns at the right; approving brings up the next. */
export function AuditScreen() {
  const t = useText();
  const format = useFormat();
  const [fragment, setFragment] = useState('');
  const queue = useQueryOperation(
    'audit.queue',
    { search: fragment, limit: MOST },
    { keepPrevious: true, refetchInterval: LOOK_AGAIN },
  );
  const rows = queue.data?.rows ?? [];
  // An order opened from elsewhere need not be in the queue.
  const { chosen, choose, forget } = useChosen('order', ids(rows), !queue.isPlaceholderData);

  function find(sought: string): void {
    if (sought === fragment) return;
    setFragment(sought);
    forget(); // What is found comes up by itself.
  }

  function next(done: AuditedWork): void {
    const place = rows.findIndex((row) => row.id === done.id);
    choose((rows[place + 1] ?? rows.findLast((row) => row.id !== done.id))?.id);
  }

  const empty =
    fragment === '' ? (
      <EmptyState title={t('audit.emptyTitle')} text={t('audit.emptyText')} />
    ) : (
      <EmptyState title={t('audit.nothingFound', { fragment })} />
    );

  return (
    <Page title={t('audit.title')} body="fill" isBusy={queue.isFetching}>
      <Loaded query={queue}>
        {({ total }) => (
          <Split
            side={
              <QueueList
                aria-label={t('audit.title')}
                items={rows.map((row) => queueItem(row, format, <StateTag state={row.state} />))}
                selected={chosen}
                onSelect={choose}
                head={<SearchField width="100%" placeholder={t('audit.search')} onSearch={find} />}
                foot={t('common.rowCount', { total: format.count(total) })}
                empty={empty}
              />
            }
          >
            {chosen === undefined ? (
              <EmptyState title={t('audit.choose')} />
            ) : (
              <AuditSheet key={chosen} orderId={chosen} onApproved={next} />
            )}
          </Split>
        )}
      </Loaded>
    </Page>
  );
}

const ids = (rows: readonly Readonly<{ id: string }>[]): string[] => rows.map((row) => row.id);
