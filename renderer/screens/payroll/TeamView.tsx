import { Segmented, Select } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  DataGrid,
  EmptyState,
  type GridColumn,
  Loaded,
  LocalGrid,
  Page,
  type RowOf,
  ToneTag,
  useFormat,
} from '#renderer/ui/index.ts';
import { usePeriodName } from './period-name.ts';
import { kindText } from '../work-orders/codes.ts';

type Team = OutputOf<'payroll.team'>;
type Person = Team['rows'][number];
type Standing = Person['totalStands'];
type Work = RowOf<'payroll.listUnpaidWork'>;

const VIEWS = ['people', 'no-rule', 'unaudited', 'unsettled'] as const;
type View = (typeof VIEWS)[number];

/** Who earns on what in a period, and work that it does not pay. */
export function TeamView({ extra }: Readonly<{ extra: ReactNode }>) {
  const t = useText();
  const periods = useQueryOperation('payroll.listPeriods', {});
  const nameOf = usePeriodName();
  const [picked, setPicked] = useState<string>();
  const [view, setView] = useState<View>('people');
  const rows = periods.data?.rows ?? [];
  const periodId = picked ?? rows[0]?.id;
  return (
    <Page title={t('payroll.title')} extra={extra} body="fill" isBusy={periods.isFetching}>
      <div className="mw-team-bar">
        <Segmented<View>
          size="small"
          value={view}
          options={VIEWS.map((value) => ({ value, label: t(`payroll.team.views.${value}`) }))}
          onChange={setView}
        />
        <Select
          size="small"
          aria-label={t('payroll.team.period')}
          value={periodId ?? null}
          options={rows.map((period) => ({ value: period.id, label: nameOf(period) }))}
          onChange={(id: string | null) => setPicked(id ?? undefined)}
          popupMatchSelectWidth={false}
          style={{ width: 210 }}
        />
      </div>
      <Loaded query={periods}>
        {() =>
          periodId === undefined ? (
            <EmptyState title={t('payroll.noPeriodsTitle')} text={t('payroll.noPeriodsText')} />
          ) : view === 'people' ? (
            <People periodId={periodId} />
          ) : (
            <UnpaidWork key={view} periodId={periodId} view={view} />
          )
        }
      </Loaded>
    </Page>
  );
}

const KINDS = ['commission', 'reward', 'satisfaction', 'penalty', 'deadline', 'clawback'] as const;
const WIDE: ReadonlySet<string> = new Set(['commission', 'satisfaction']);

function People({ periodId }: Readonly<{ periodId: string }>) {
  const t = useText();
  const format = useFormat();
  const team = useQueryOperation('payroll.team', { periodId });
  const columns: readonly GridColumn<Person>[] = [
    { key: 'number', title: t('payroll.number'), type: 'code', width: 68 },
    { key: 'name', title: t('payroll.employee'), width: 96, grows: true },
    { key: 'orders', title: t('payroll.team.orders'), type: 'count', width: 72 },
    { key: 'labourFees', title: t('payroll.team.labourFees'), type: 'money', width: 106 },
    ...KINDS.map((kind) => ({
      key: kind,
      title: t(`payroll.lineKinds.${kind}`),
      type: 'money' as const,
      width: WIDE.has(kind) ? 106 : 80,
    })),
    {
      key: 'total',
      title: t('payroll.team.total'),
      type: 'money',
      width: 152,
      render: ({ total, totalStands }) => <Figure value={total} stands={totalStands} />,
    },
    {
      key: 'average',
      title: t('payroll.team.average'),
      type: 'money',
      width: 140,
      render: ({ average, averageStands }) => <Figure value={average} stands={averageStands} />,
    },
  ];
  return (
    <Loaded query={team}>
      {({ rows, median }) => (
        <>
          <p className="mw-soft mw-team-note">
            {t('payroll.team.notes.people', {
              total: format.money(median.total),
              average: format.money(median.average),
            })}
          </p>
          <LocalGrid
            id="payroll.team"
            aria-label={t('payroll.team.title')}
            rowKey="employeeId"
            rows={rows}
            columns={columns}
            empty={<EmptyState title={t('payroll.team.emptyTitle')} text={t('payroll.team.emptyText')} />}
          />
        </>
      )}
    </Loaded>
  );
}

function Figure({ value, stands }: Readonly<{ value: number; stands: Standing }>) {
  const t = useText();
  const format = useFormat();
  return (
    <>
      {stands !== null && (
        <ToneTag tone={stands === 'high' ? 'special' : 'waiting'}>{t(`payroll.team.${stands}`)}</ToneTag>
      )}{' '}
      {format.amount(value)}
    </>
  );
}

type UnpaidProps = Readonly<{ periodId: string; view: Exclude<View, 'people'> }>;

function UnpaidWork({ periodId, view }: UnpaidProps) {
  const t = useText();
  const navigate = useNavigate();
  const input = useMemo(() => ({ periodId, view }), [periodId, view]);
  const columns = useMemo<readonly GridColumn<Work>[]>(
    () => [
      { key: 'number', title: t('payroll.awards.workOrder'), type: 'code', width: 180 },
      { key: 'state', title: t('workOrders.columns.state'), type: 'state' },
      {
        key: 'kind',
        title: t('payroll.conditionNames.serviceMode'),
        width: 110,
        render: ({ kind }) => kindText(t, kind),
      },
      { key: 'category', title: t('payroll.conditionNames.productCategory'), width: 130 },
      { key: 'technician', title: t('workOrders.technician'), grows: true },
      { key: 'completedOn', title: t('payroll.team.completedOn'), type: 'date', width: 120 },
      { key: 'auditedOn', title: t('payroll.team.auditedOn'), type: 'date' },
      { key: 'labourFees', title: t('payroll.team.labourFees'), type: 'money', width: 116 },
    ],
    [t],
  );
  return (
    <>
      <p className="mw-soft mw-team-note">{t(`payroll.team.notes.${view}`)}</p>
      <DataGrid
        id={`payroll.unpaid ${view} ${periodId}`}
        operation="payroll.listUnpaidWork"
        input={input}
        rowKey="id"
        aria-label={t(`payroll.team.views.${view}`)}
        columns={columns}
        onOpen={({ id }) => void navigate(`/work-orders/${id}`)}
        empty={<EmptyState title={t('payroll.team.emptyTitle')} text={t('payroll.team.noWorkText')} />}
      />
    </>
  );
}
