import { Segmented } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { EmptyState, Loaded, MoneyText, Page, QueueList, Split } from '#renderer/ui/index.ts';
import { OwnDeductions } from './OwnDeductions.tsx';
import { PayslipView } from './PayslipView.tsx';
import { PeriodTag } from './PeriodTag.tsx';

/** A person's own payslips, period by period, and what was deducted. */
export function PayslipsScreen() {
  const t = useText();
  const [params, setParams] = useSearchParams();
  const tab = params.get('tab') === 'deductions' ? 'deductions' : 'payslips';
  return (
    <Page
      title={t('payroll.payslipsTitle')}
      body={tab === 'payslips' ? 'fill' : 'scroll'}
      extra={
        <Segmented
          value={tab}
          options={[
            { value: 'payslips', label: t('payroll.payslip') },
            { value: 'deductions', label: t('payroll.appeals.deductions') },
          ]}
          onChange={(next) => setParams(next === 'payslips' ? {} : { tab: next }, { replace: true })}
        />
      }
    >
      {tab === 'deductions' ? <OwnDeductions /> : <OwnPayslips />}
    </Page>
  );
}

function OwnPayslips() {
  const t = useText();
  const own = useQueryOperation('payroll.ownPayslips', {});
  const [picked, setPicked] = useState<string>();
  const rows = own.data?.rows ?? [];
  const chosen = picked ?? rows[0]?.periodId;
  return (
    <Loaded query={own}>
      {() =>
        chosen === undefined ? (
          <EmptyState title={t('payroll.noOwnTitle')} text={t('payroll.noOwnText')} />
        ) : (
          <Split
            side={
              <QueueList
                aria-label={t('payroll.payslipsTitle')}
                selected={chosen}
                onSelect={setPicked}
                items={rows.map((row) => ({
                  key: row.periodId,
                  title: `${row.fromOn} – ${row.toOn}`,
                  mark: <PeriodTag state={row.state} />,
                  text: <MoneyText value={row.net} />,
                }))}
              />
            }
          >
            <div className="mw-split-scroll">
              <Own key={chosen} periodId={chosen} />
            </div>
          </Split>
        )
      }
    </Loaded>
  );
}

function Own({ periodId }: Readonly<{ periodId: string }>) {
  const payslip = useQueryOperation('payroll.ownPayslip', { periodId });
  return <Loaded query={payslip}>{(data) => <PayslipView sheet={data} />}</Loaded>;
}
