import { Segmented } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { useText } from '#renderer/text/react.ts';
import { DataGrid, EmptyState, type GridColumn, Page, type RowOf } from '#renderer/ui/index.ts';
import { AppealDrawer } from './AppealDrawer.tsx';
import { AppealTag } from './AppealTag.tsx';

export type Appeal = RowOf<'payroll.listAppeals'>;

const VIEWS = ['open', 'all'] as const;
type View = (typeof VIEWS)[number];

/** Appeals against deductions, to be decided. */
export function AppealList({ extra }: Readonly<{ extra: ReactNode }>) {
  const t = useText();
  const [view, setView] = useState<View>('open');
  const [shown, setShown] = useState<Appeal>();
  const input = useMemo(() => ({ view }), [view]);
  return (
    <Page
      title={t('payroll.title')}
      extra={extra}
      body="fill"
      actions={
        <Segmented<View>
          value={view}
          options={VIEWS.map((value) => ({ value, label: t(`payroll.appeals.views.${value}`) }))}
          onChange={setView}
        />
      }
    >
      <DataGrid
        key={view}
        id={`payroll.appeals ${view}`}
        operation="payroll.listAppeals"
        input={input}
        rowKey="id"
        aria-label={t('payroll.appeals.title')}
        columns={useColumns()}
        onOpen={setShown}
        empty={<EmptyState title={t('payroll.appeals.emptyTitle')} text={t('payroll.appeals.emptyText')} />}
      />
      {shown && <AppealDrawer appeal={shown} onClose={() => setShown(undefined)} />}
    </Page>
  );
}

const KINDS = ['deadline', 'penalty', 'satisfaction', 'clawback'] as const;
const STATES = ['open', 'granted', 'refused'] as const;

function useColumns(): readonly GridColumn<Appeal>[] {
  const t = useText();
  return useMemo(
    () => [
      { key: 'filedOn', title: t('payroll.appeals.filedOn'), type: 'date' },
      { key: 'employee', title: t('payroll.employee'), width: 120 },
      {
        key: 'kind',
        title: t('payroll.appeals.kind'),
        type: 'choice',
        choices: KINDS.map((value) => ({ value, label: t(`payroll.appeals.kinds.${value}`) })),
      },
      { key: 'amount', title: t('payroll.amount'), type: 'money' },
      { key: 'workOrder', title: t('payroll.awards.workOrder'), type: 'code', width: 170 },
      { key: 'reason', title: t('payroll.appeals.reason'), grows: true },
      {
        key: 'state',
        title: t('payroll.appeals.state'),
        type: 'choice',
        choices: STATES.map((value) => ({ value, label: t(`payroll.appeals.states.${value}`) })),
        render: ({ state }) => <AppealTag state={state} />,
      },
      { key: 'decidedBy', title: t('payroll.appeals.decidedBy'), width: 110 },
    ],
    [t],
  );
}
