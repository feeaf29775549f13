import { useSearchParams } from 'react-router';
import { useState } from 'react';
import { COUNT_STATES } from '#domain/stock/count.ts';
import { useMay } from '#renderer/app/session.tsx';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, DataGrid, EmptyState, type GridColumn, type RowOf } from '#renderer/ui/index.ts';
import { CountStateTag, scopeText } from './count-words.tsx';
import { CountView } from './CountView.tsx';
import { StartDialog } from './StartDialog.tsx';
import './counts.css';

type Row = RowOf<'stockCounts.list'>;

/** Stock counts, and the one that is being counted or confirmed, which stands in the address. */
export function CountsTab() {
  const t = useText();
  const may = useMay();
  const [params, setParams] = useSearchParams();
  const [isStarting, setStarting] = useState(false);
  const openId = params.get('count');
  const open = (id: string) => setParams({ tab: 'counts', count: id });
  if (openId !== null) return <CountView id={openId} onClose={() => setParams({ tab: 'counts' })} />;
  return (
    <div className="mw-stock-tab">
      {may('stock.count') && (
        <div className="mw-count-bar">
          <span className="mw-soft">{t('counts.about')}</span>
          <ActionButton type="primary" hotkey="Alt+N" onClick={() => setStarting(true)}>
            {t('counts.start')}
          </ActionButton>
        </div>
      )}
      <DataGrid
        operation="stockCounts.list"
        columns={countColumns(t)}
        rowKey="id"
        onOpen={({ id }) => open(id)}
        empty={<EmptyState title={t('counts.emptyTitle')} text={t('counts.emptyText')} />}
      />
      {isStarting && <StartDialog onStarted={open} onClose={() => setStarting(false)} />}
    </div>
  );
}

function countColumns(t: Translate): GridColumn<Row>[] {
  return [
    { key: 'number', title: t('counts.number'), type: 'code', width: 174 },
    {
      key: 'state',
      title: t('counts.state'),
      type: 'choice',
      width: 118,
      choices: COUNT_STATES.map((value) => ({ value, label: t(`counts.states.${value}`) })),
      render: ({ state }) => <CountStateTag state={state} />,
    },
    { key: 'warehouse', title: t('stock.columns.warehouse'), width: 120 },
    { key: 'scopeText', title: t('counts.scope'), grows: true, render: (row) => scopeText(t, row) },
    { key: 'lines', title: t('counts.lines'), type: 'count', isFilterable: false },
    { key: 'value', title: t('counts.value'), type: 'money', width: 104 },
    { key: 'startedOn', title: t('counts.startedOn'), type: 'date' },
    { key: 'startedBy', title: t('counts.startedBy'), width: 92 },
    { key: 'endedBy', title: t('counts.endedBy'), width: 92 },
    { key: 'note', title: t('stock.note'), width: 120 },
  ];
}
