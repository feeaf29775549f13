import { App, Segmented } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DataGrid,
  EmptyState,
  ErrorNotice,
  type GridColumn,
  Loaded,
  Page,
  type RowOf,
  useFormat,
  useTabs,
} from '#renderer/ui/index.ts';
import { RefusedDialog } from './RefusedDialog.tsx';
import { StatusCard } from './StatusCard.tsx';
import { addressOf, kindText, type LinkedStatus, refusalText } from './words.ts';
import './sync.css';

const FRESH_MS = 5000;
const TABS = [{ key: 'waiting' }, { key: 'refused' }] as const;

/** How this station stands with head office: what waits, what was refused, and what helps. */
export function SyncScreen() {
  const t = useText();
  const query = useQueryOperation('sync.status', {}, { refetchInterval: FRESH_MS });
  const mayAsk = query.data !== undefined && query.data.state !== 'alone' && !isOver(query.data);
  return (
    <Page title={t('sync.title')} body="fill" actions={mayAsk && <NowButton />}>
      <Loaded query={query}>
        {(status) => (
          <div className="mw-sync">
            <StatusCard status={status} />
            {status.state !== 'alone' && <Lists refused={status.refused} />}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

/** Only joining anew helps. */
const isOver = ({ linkState }: LinkedStatus): boolean => linkState === 'revoked' || linkState === 'cloned';

function NowButton() {
  const t = useText();
  const { message } = App.useApp();
  const operation = useOperation('sync.now');
  return (
    <>
      <ErrorNotice error={operation.error} />
      <ActionButton
        type="primary"
        hotkey="Alt+S"
        loading={operation.isPending}
        onClick={() => operation.mutate({}, { onSuccess: () => void message.info(t('sync.asked')) })}
      >
        {t('sync.now')}
      </ActionButton>
    </>
  );
}

function Lists({ refused }: Readonly<{ refused: number }>) {
  const t = useText();
  const may = useMay();
  const { chosen, go } = useTabs(TABS);
  if (!may('sync.view')) return <p className="mw-soft mw-sync-others">{t('sync.listsForOthers')}</p>;
  return (
    <>
      <div className="mw-sync-tabs">
        <Segmented
          value={chosen?.key ?? 'waiting'}
          options={TABS.map(({ key }) => ({
            value: key,
            label: key === 'refused' && refused > 0 ? `${t('sync.lists.refused')} ${refused}` : t(`sync.lists.${key}`),
          }))}
          onChange={go}
        />
      </div>
      {chosen?.key === 'refused' ? <RefusedList /> : <WaitingList />}
    </>
  );
}

function WaitingList() {
  const t = useText();
  const navigate = useNavigate();
  const columns: readonly GridColumn<RowOf<'sync.waiting'>>[] = [
    {
      key: 'kind',
      title: t('sync.columns.kind'),
      width: 160,
      isFilterable: false,
      render: ({ kind }) => kindText(t, kind),
    },
    { key: 'number', title: t('sync.columns.number'), type: 'code', width: 190 },
    { key: 'name', title: t('sync.columns.name') },
    { key: 'changes', title: t('sync.columns.changes'), type: 'count', width: 96, isFilterable: false },
    { key: 'since', title: t('sync.columns.since'), type: 'instant', isFilterable: false, isSortable: false },
  ];
  return (
    <DataGrid
      operation="sync.waiting"
      columns={columns}
      rowKey="place"
      refetchInterval={FRESH_MS}
      onOpen={({ kind, id }) => {
        const address = addressOf(kind, id);
        if (address !== undefined) void navigate(address);
      }}
      empty={<EmptyState text={t('sync.waitingEmpty')} />}
    />
  );
}

function RefusedList() {
  const t = useText();
  const format = useFormat();
  const [chosen, setChosen] = useState<RowOf<'sync.refused'>>();
  const directions = (['out', 'in'] as const).map((value) => ({ value, label: t(`sync.directions.${value}`) }));
  const columns: readonly GridColumn<RowOf<'sync.refused'>>[] = [
    {
      key: 'kind',
      title: t('sync.columns.kind'),
      width: 150,
      isFilterable: false,
      render: ({ kind }) => kindText(t, kind),
    },
    { key: 'number', title: t('sync.columns.number'), type: 'code', width: 180 },
    { key: 'name', title: t('sync.columns.name'), width: 130 },
    { key: 'direction', title: t('sync.columns.direction'), type: 'choice', choices: directions, width: 120 },
    {
      key: 'code',
      title: t('sync.columns.code'),
      grows: true,
      isFilterable: false,
      render: (row) => <span title={refusalText(t, format, row)}>{refusalText(t, format, row)}</span>,
    },
    { key: 'at', title: t('sync.columns.at'), type: 'instant' },
    { key: 'attempts', title: t('sync.columns.attempts'), type: 'count', width: 60, isFilterable: false },
  ];
  return (
    <>
      <DataGrid
        operation="sync.refused"
        columns={columns}
        rowKey="id"
        refetchInterval={FRESH_MS}
        onOpen={setChosen}
        empty={<EmptyState text={t('sync.refusedEmpty')} />}
      />
      {chosen && <RefusedDialog refusal={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}
