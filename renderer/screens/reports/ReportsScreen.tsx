import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { normalizeSearch } from '#domain/search.ts';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { EmptyState, Loaded, Page, QueueList, SearchField, Split, useFormat } from '#renderer/ui/index.ts';
import { ReportSheet } from './ReportSheet.tsx';
import { useReportWords } from './words.ts';
import './reports.css';

export type Report = OutputOf<'reports.list'>['reports'][number];

/** The reports one may see at the left, the chosen one beside them. Which it is stands in the address. */
export function ReportsScreen() {
  const t = useText();
  const list = useQueryOperation('reports.list', {}, { staleTime: 60_000 });
  return (
    <Page title={t('reports.title')} body="fill">
      <Loaded query={list}>
        {({ reports }) =>
          reports.length === 0 ? (
            <EmptyState title={t('reports.noneTitle')} text={t('reports.noneText')} />
          ) : (
            <Reports reports={reports} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Reports({ reports }: Readonly<{ reports: readonly Report[] }>) {
  const t = useText();
  const format = useFormat();
  const words = useReportWords();
  const [fragment, setFragment] = useState('');
  const [address, setAddress] = useSearchParams();
  const chosen = reports.find(({ id }) => id === address.get('id')) ?? reports[0];
  const wanted = normalizeSearch(fragment);
  const found = reports.filter(({ id }) => normalizeSearch(words.title(id) + words.description(id)).includes(wanted));
  const side = (
    <QueueList
      aria-label={t('reports.title')}
      items={found.map(({ id }) => ({ key: id, title: words.title(id), text: words.description(id) }))}
      selected={chosen?.id}
      onSelect={(id) => setAddress({ id }, { replace: true })}
      head={<SearchField onSearch={setFragment} placeholder={t('reports.search')} width="100%" />}
      foot={t('common.rowCount', { total: format.count(found.length) })}
      empty={<EmptyState title={t('reports.nothingFound', { fragment })} />}
    />
  );
  return (
    <div className="mw-reports">
      <Split side={side}>{chosen !== undefined && <ReportSheet key={chosen.id} report={chosen} />}</Split>
    </div>
  );
}
