import { ArrowLeftOutlined } from '@ant-design/icons';
import { Alert, Button, Drawer } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useLongOperation } from '#renderer/api/long-operations.tsx';
import { useText } from '#renderer/text/react.ts';
import { EmptyState, type GridColumn, Loaded, LocalGrid, Page, useHotkey } from '#renderer/ui/index.ts';
import { DrawerKeys } from '../stock/DrawerKeys.tsx';
import { PrintPayslips } from './PayslipPapers.tsx';
import { PayslipView } from './PayslipView.tsx';
import { usePeriodName } from './period-name.ts';
import { PeriodActions } from './PeriodActions.tsx';
import { PeriodTag } from './PeriodTag.tsx';

export type Sheet = OutputOf<'payroll.period'>;
type Row = Sheet['rows'][number];

/** The pay sheet of a period: a row for each person; a row opens its payslip. */
export function PeriodSheet({ periodId }: Readonly<{ periodId: string }>) {
  const t = useText();
  const navigate = useNavigate();
  const nameOf = usePeriodName();
  const [params, setParams] = useSearchParams();
  const sheet = useQueryOperation('payroll.period', { id: periodId });
  const calculation = useLongOperation('payroll.calculate', periodId, {
    title: 'payroll.calculating',
    path: `/payroll?period=${periodId}`,
  });
  const [shown, setShown] = useState<readonly Row[]>([]);
  const employeeId = params.get('employee');
  const period = sheet.data?.period;
  const closePayslip = () => setParams({ period: periodId }, { replace: true });
  useHotkey('Escape', () => void navigate('/payroll'), !calculation.isPending);
  return (
    <Page
      title={
        <>
          <Button
            type="text"
            aria-label={t('common.back')}
            icon={<ArrowLeftOutlined />}
            onClick={() => void navigate('/payroll')}
          />
          {period === undefined ? t('payroll.period') : nameOf(period)}
        </>
      }
      extra={period && <PeriodTag state={period.state} />}
      actions={
        sheet.data && (
          <>
            {sheet.data.period.state !== 'open' && (
              <PrintPayslips
                period={sheet.data.period}
                employeeIds={shown.map((row) => row.employeeId)}
                disabled={calculation.isPending}
              />
            )}
            <PeriodActions sheet={sheet.data} calculation={calculation} />
          </>
        )
      }
      body="fill"
      isBusy={sheet.isFetching}
    >
      <Loaded query={sheet}>
        {(data) => (
          <SheetBody
            sheet={data}
            isCalculating={calculation.isPending}
            onShown={setShown}
            onOpen={(row) => setParams({ period: periodId, employee: row.employeeId }, { replace: true })}
          />
        )}
      </Loaded>
      <Drawer
        open={employeeId !== null}
        onClose={closePayslip}
        keyboard={false}
        size={640}
        title={t('payroll.payslip')}
        destroyOnHidden
      >
        {employeeId !== null && <DrawerKeys onClose={closePayslip} />}
        {employeeId !== null && <Payslip periodId={periodId} employeeId={employeeId} />}
      </Drawer>
    </Page>
  );
}

function Payslip(input: Readonly<{ periodId: string; employeeId: string }>) {
  const payslip = useQueryOperation('payroll.payslip', input);
  return <Loaded query={payslip}>{(data) => <PayslipView sheet={data} />}</Loaded>;
}

type BodyProps = Readonly<{
  sheet: Sheet;
  isCalculating: boolean;
  onShown: (rows: readonly Row[]) => void;
  onOpen: (row: Row) => void;
}>;

function SheetBody({ sheet, isCalculating, onShown, onOpen }: BodyProps) {
  const t = useText();
  const { period, rows, totals, unpaid } = sheet;
  const columns = useSheetColumns();
  if (period.state === 'open')
    return isCalculating ? (
      <EmptyState title={t('payroll.calculating')} text={t('payroll.calculatingText')} />
    ) : (
      <EmptyState title={t('payroll.notCalculatedTitle')} text={t('payroll.notCalculatedText', { count: unpaid })} />
    );
  return (
    <>
      {period.state === 'calculated' && unpaid > 0 && (
        <Alert
          banner
          type="warning"
          title={isCalculating ? t('payroll.calculating') : t('payroll.unpaid', { count: unpaid })}
        />
      )}
      <LocalGrid
        id={`payroll.${period.id}`}
        aria-label={t('payroll.payslip')}
        rowKey="employeeId"
        rows={rows}
        totals={totals}
        columns={columns}
        onShown={onShown}
        onOpen={onOpen}
      />
    </>
  );
}

function useSheetColumns(): readonly GridColumn<Row>[] {
  const t = useText();
  return useMemo(
    () => [
      { key: 'number', title: t('payroll.number'), type: 'code', width: 80 },
      { key: 'name', title: t('payroll.employee'), width: 100, grows: true },
      { key: 'basePay', title: t('payroll.basePay'), type: 'money', width: 106 },
      { key: 'labour', title: t('payroll.labourPay'), type: 'money', width: 100 },
      { key: 'parts', title: t('payroll.partsPay'), type: 'money', width: 92 },
      { key: 'job', title: t('payroll.jobPay'), type: 'money', width: 92 },
      { key: 'tierPay', title: t('payroll.tiers'), type: 'money', width: 92 },
      { key: 'rewardPay', title: t('payroll.rewards'), type: 'money', width: 92 },
      { key: 'satisfactionPay', title: t('payroll.satisfaction'), type: 'money', width: 104 },
      { key: 'taken', title: t('payroll.deductions'), type: 'money', width: 104 },
      { key: 'adjustments', title: t('payroll.adjustments'), type: 'money', width: 112 },
      { key: 'net', title: t('payroll.net'), type: 'money', width: 112 },
    ],
    [t],
  );
}
