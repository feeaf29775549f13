import { useState } from 'react';
import { STATION_TROUBLES } from '#domain/sync/link-state.ts';
import { useMay, useSession } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DataGrid,
  EmptyState,
  type GridColumn,
  Page,
  type RowOf,
  ToneTag,
  useFormat,
} from '#renderer/ui/index.ts';
import { CodeDialog } from './CodeDialog.tsx';
import { StationDrawer } from './StationDrawer.tsx';
import { agoText, clockText, conditionText, sizeText, STATION_STATES, TONE_OF_STATE, troubleText } from './words.ts';
import './stations.css';

const FRESH_MS = 15_000;

type Row = RowOf<'stations.list'>;

/** Every station of the company at a glance: those that need looking after come first, the others stay quiet. */
export function StationsScreen() {
  const t = useText();
  const may = useMay();
  const columns = useColumns();
  const [chosen, setChosen] = useState<string>();
  const [isCodeOpen, setCodeOpen] = useState(false);
  const isHere = useSession().role === 'central';
  if (!isHere) return <EmptyState title={t('stations.notHere')} text={t('stations.notHereText')} />;
  return (
    <Page
      title={t('stations.title')}
      body="fill"
      actions={
        may('stations.manage') && (
          <ActionButton type="primary" hotkey="Alt+N" onClick={() => setCodeOpen(true)}>
            {t('stations.makeCode')}
          </ActionButton>
        )
      }
    >
      <DataGrid
        operation="stations.list"
        columns={columns}
        rowKey="id"
        refetchInterval={FRESH_MS}
        onOpen={({ id }) => setChosen(id)}
        empty={<EmptyState text={t('stations.emptyText')} />}
      />
      {chosen !== undefined && <StationDrawer id={chosen} onClose={() => setChosen(undefined)} />}
      {isCodeOpen && <CodeDialog onClose={() => setCodeOpen(false)} />}
    </Page>
  );
}

function useColumns(): readonly GridColumn<Row>[] {
  const t = useText();
  const troubles = STATION_TROUBLES.map((value) => ({ value, label: t(`stations.troubles.${value}`) }));
  const states = STATION_STATES.map((value) => ({ value, label: t(`stations.states.${value}`) }));
  return [
    { key: 'unitCode', title: t('stations.columns.unitCode'), type: 'code', width: 80 },
    { key: 'unitName', title: t('stations.columns.unitName') },
    { key: 'name', title: t('stations.columns.name'), width: 116 },
    {
      key: 'trouble',
      title: t('stations.columns.trouble'),
      type: 'choice',
      choices: troubles,
      width: 134,
      render: (row) => <Condition row={row} />,
    },
    {
      key: 'pendingCount',
      title: t('stations.columns.pendingCount'),
      type: 'count',
      width: 112,
      render: (row) => <Waiting row={row} />,
    },
    {
      key: 'refusedCount',
      title: t('stations.columns.refusedCount'),
      type: 'count',
      width: 74,
      render: (row) => <Refused row={row} />,
    },
    {
      key: 'lastSeenAt',
      title: t('stations.columns.lastSeenAt'),
      type: 'instant',
      width: 118,
      render: (row) => <Ago at={row.lastSeenAt} />,
    },
    {
      key: 'clockSkew',
      title: t('stations.columns.clockSkew'),
      type: 'count',
      width: 84,
      isFilterable: false,
      render: ({ clockSkew }) => clockText(t, clockSkew),
    },
    { key: 'programVersion', title: t('stations.columns.programVersion'), type: 'code', width: 78 },
    { key: 'schemaVersion', title: t('stations.columns.schemaVersion'), type: 'count', width: 72 },
    {
      key: 'databaseSize',
      title: t('stations.columns.databaseSize'),
      type: 'count',
      width: 84,
      isFilterable: false,
      render: ({ databaseSize }) => <Size bytes={databaseSize} />,
    },
    {
      key: 'state',
      title: t('stations.columns.state'),
      type: 'choice',
      choices: states,
      width: 92,
      render: ({ state }) =>
        state === 'active' ? (
          t('stations.states.active')
        ) : (
          <ToneTag tone={TONE_OF_STATE[state]}>{t(`stations.states.${state}`)}</ToneTag>
        ),
    },
  ];
}

/** The one column with colour. */
function Condition({ row }: Readonly<{ row: Row }>) {
  const t = useText();
  const format = useFormat();
  if (row.trouble === 'calm')
    return <span className="mw-soft">{row.state === 'active' ? t('stations.troubles.calm') : '–'}</span>;
  const isBad = row.trouble === 'problem' || row.trouble === 'refused';
  return (
    <span title={troubleText(t, format, row)}>
      <ToneTag tone={isBad ? 'bad' : 'waiting'}>{conditionText(t, row)}</ToneTag>
    </span>
  );
}

function Waiting({ row: { pendingCount, pendingSince } }: Readonly<{ row: Row }>) {
  const t = useText();
  const format = useFormat();
  if (pendingCount === 0) return <span className="mw-soft">0</span>;
  const count = format.count(pendingCount);
  return (
    <span>
      {pendingSince === null ? count : agoText(t, pendingSince, (duration) => t('stations.since', { count, duration }))}
    </span>
  );
}

function Refused({ row: { refusedCount } }: Readonly<{ row: Row }>) {
  const format = useFormat();
  return <span className={refusedCount === 0 ? 'mw-soft' : ''}>{format.count(refusedCount)}</span>;
}

function Ago({ at }: Readonly<{ at: number | null }>) {
  const t = useText();
  const format = useFormat();
  if (at === null) return <span className="mw-soft">{t('stations.never')}</span>;
  return <span title={format.dateTime(at)}>{agoText(t, at, (duration) => t('stations.ago', { duration }))}</span>;
}

function Size({ bytes }: Readonly<{ bytes: number }>) {
  const t = useText();
  const format = useFormat();
  return <span>{sizeText(t, format, bytes)}</span>;
}
