import { App, Button, Form } from 'antd';
import { type ReactNode, useState } from 'react';
import { addDays } from '#domain/dates.ts';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay, useSession } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DateField,
  Dialog,
  EmptyState,
  EntryForm,
  type GridColumn,
  Loaded,
  LocalGrid,
  Page,
  useToday,
} from '#renderer/ui/index.ts';
import { PeriodTag } from './PeriodTag.tsx';

type Period = OutputOf<'payroll.listPeriods'>['rows'][number];

type Props = Readonly<{ extra: ReactNode; onOpen: (periodId: string) => void }>;

export function PeriodList({ extra, onOpen }: Props) {
  const t = useText();
  const may = useMay();
  const { station } = useSession();
  const periods = useQueryOperation('payroll.listPeriods', {});
  const isOwn = ({ unitId }: Period) => unitId === station.unitId;
  const ofOthers = !(periods.data?.rows.every(isOwn) ?? true);
  const [isAdding, setAdding] = useState(false);
  const columns: readonly GridColumn<Period>[] = [
    ...(ofOthers ? [{ key: 'unitName', title: t('fields.unit'), width: 150 } as const] : []),
    { key: 'fromOn', title: t('common.from'), type: 'date' },
    { key: 'toOn', title: t('common.to'), type: 'date' },
    {
      key: 'state',
      title: t('workOrders.columns.state'),
      type: 'choice',
      choices: (['open', 'calculated', 'reviewed', 'locked', 'paid'] as const).map((value) => ({
        value,
        label: t(`payroll.periodStates.${value}`),
      })),
      render: ({ state }) => <PeriodTag state={state} />,
    },
    { key: 'people', title: t('payroll.people'), type: 'count' },
    { key: 'basePay', title: t('payroll.basePay'), type: 'money', width: 130 },
    { key: 'commission', title: t('payroll.commission'), type: 'money', width: 130 },
    { key: 'net', title: t('payroll.net'), type: 'money', width: 130 },
    { key: 'calculatedAt', title: t('payroll.calculatedAt'), type: 'instant', grows: true },
  ];
  const add = may('payroll.calculate') && (
    <ActionButton type="primary" hotkey="Alt+N" onClick={() => setAdding(true)}>
      {t('payroll.newPeriod')}
    </ActionButton>
  );
  const empty = (
    <EmptyState
      title={t('payroll.noPeriodsTitle')}
      text={t('payroll.noPeriodsText')}
      action={may('payroll.calculate') && <Button onClick={() => setAdding(true)}>{t('payroll.newPeriod')}</Button>}
    />
  );
  return (
    <Page title={t('payroll.title')} extra={extra} actions={add} body="fill" isBusy={periods.isFetching}>
      <Loaded query={periods}>
        {({ rows }) => (
          <LocalGrid
            id="payroll.periods"
            aria-label={t('payroll.periods')}
            rowKey="id"
            rows={rows}
            columns={columns}
            onOpen={({ id }) => onOpen(id)}
            empty={empty}
          />
        )}
      </Loaded>
      {isAdding && (
        <PeriodDialog last={periods.data?.rows.find(isOwn)} onClose={() => setAdding(false)} onOpened={onOpen} />
      )}
    </Page>
  );
}

type DialogProps = Readonly<{ last: Period | undefined; onClose: () => void; onOpened: (periodId: string) => void }>;

type Values = Readonly<{ from: string; to: string }>;

function PeriodDialog({ last, onClose, onOpened }: DialogProps) {
  const t = useText();
  const { message } = App.useApp();
  const today = useToday();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('payroll.openPeriod');
  return (
    <Dialog isOpen title={t('payroll.newPeriod')} onClose={onClose} width={420}>
      <EntryForm
        form={form}
        initialValues={monthAfter(last?.toOn, today)}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={(values) =>
          operation.mutate(values, {
            onSuccess: ({ id }) => {
              void message.success(t('common.saved'));
              onOpened(id);
            },
          })
        }
      >
        <div className="mw-fields" style={{ '--mw-columns': 2 } as React.CSSProperties}>
          <Form.Item name="from" label={t('common.from')}>
            <DateField />
          </Form.Item>
          <Form.Item name="to" label={t('common.to')}>
            <DateField />
          </Form.Item>
        </div>
      </EntryForm>
    </Dialog>
  );
}

/** The rest of the month that follows the last period; at first, this month. */
function monthAfter(last: string | undefined, today: string): Values {
  const from = last === undefined ? `${today.slice(0, 7)}-01` : addDays(last, 1);
  const inNextMonth = addDays(`${from.slice(0, 7)}-01`, 31);
  return { from, to: addDays(`${inNextMonth.slice(0, 7)}-01`, -1) };
}
