import { Segmented } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
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
import { AwardDialog } from './AwardDialog.tsx';
import { AwardDrawer } from './AwardDrawer.tsx';
import { AwardImport } from './AwardImport.tsx';

export type Award = RowOf<'payroll.listAwards'>;

type Kind = Award['kind'] | 'all';

/** Rewards and penalties: who was given what, why, and what became of it. */
export function AwardList({ extra }: Readonly<{ extra: ReactNode }>) {
  const t = useText();
  const [kind, setKind] = useState<Kind>('all');
  const [isGiving, setGiving] = useState(false);
  const [isImporting, setImporting] = useState(false);
  const [shown, setShown] = useState<Award>();
  const input = useMemo(() => ({ kind: kind === 'all' ? null : kind }), [kind]);
  return (
    <Page
      title={t('payroll.title')}
      extra={extra}
      body="fill"
      actions={
        <>
          <Segmented<Kind>
            value={kind}
            options={(['all', 'reward', 'penalty'] as const).map((value) => ({
              value,
              label: value === 'all' ? t('payroll.awards.all') : t(`payroll.awards.kinds.${value}`),
            }))}
            onChange={setKind}
          />
          <ActionButton hotkey="Alt+I" onClick={() => setImporting(true)}>
            {t('payroll.importing.start')}
          </ActionButton>
          <ActionButton type="primary" hotkey="Alt+N" onClick={() => setGiving(true)}>
            {t('payroll.awards.give')}
          </ActionButton>
        </>
      }
    >
      <DataGrid
        key={kind}
        id={`payroll.awards ${kind}`}
        operation="payroll.listAwards"
        input={input}
        rowKey="id"
        aria-label={t('payroll.awards.title')}
        columns={useColumns()}
        onOpen={setShown}
        empty={<EmptyState title={t('payroll.awards.emptyTitle')} text={t('payroll.awards.emptyText')} />}
      />
      {isImporting && <AwardImport onClose={() => setImporting(false)} />}
      {isGiving && <AwardDialog onClose={() => setGiving(false)} />}
      {shown && <AwardDrawer award={shown} onClose={() => setShown(undefined)} />}
    </Page>
  );
}

function useColumns(): readonly GridColumn<Award>[] {
  const t = useText();
  const format = useFormat();
  return useMemo(
    () => [
      { key: 'givenOn', title: t('payroll.awards.givenOn'), type: 'date' },
      {
        key: 'kind',
        title: t('payroll.awards.kind'),
        type: 'choice',
        width: 80,
        choices: (['reward', 'penalty'] as const).map((value) => ({
          value,
          label: t(`payroll.awards.kinds.${value}`),
        })),
      },
      { key: 'item', title: t('payroll.awards.item'), width: 150 },
      {
        key: 'employee',
        title: t('payroll.awards.employee'),
        width: 120,
        render: ({ employee }) => employee ?? <span className="mw-soft">{t('payroll.awards.technicians')}</span>,
      },
      { key: 'workOrder', title: t('payroll.awards.workOrder'), type: 'code', width: 170 },
      {
        key: 'amount',
        title: t('payroll.awards.amount'),
        type: 'money',
        render: ({ amount, rateBp }) => (amount === null ? format.percent(rateBp ?? 0) : format.amount(amount)),
      },
      { key: 'paid', title: t('payroll.awards.paid'), type: 'money', width: 116 },
      { key: 'reason', title: t('payroll.awards.reason'), grows: true },
      {
        key: 'state',
        title: t('payroll.awards.state'),
        type: 'choice',
        width: 92,
        choices: (['standing', 'withdrawn'] as const).map((value) => ({
          value,
          label: t(`payroll.awards.states.${value}`),
        })),
        render: ({ state }) => (
          <ToneTag tone={state === 'standing' ? 'good' : 'quiet'}>{t(`payroll.awards.states.${state}`)}</ToneTag>
        ),
      },
    ],
    [t, format],
  );
}
