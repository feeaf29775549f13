import { Segmented } from 'antd';
import { useSearchParams } from 'react-router';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { AppealList } from './AppealList.tsx';
import { AwardList } from './AwardList.tsx';
import { PeriodList } from './PeriodList.tsx';
import { PeriodSheet } from './PeriodSheet.tsx';
import { RuleList } from './RuleList.tsx';
import { TeamView } from './TeamView.tsx';

type Tab = 'periods' | 'rules' | 'awards' | 'appeals' | 'team';

/** Pay periods, the pay sheet of one of them, and what pay follows: rules, rewards and penalties, appeals; the team's pay. Where one is stands in the address. */
export function PayrollScreen() {
  const t = useText();
  const may = useMay();
  const [params, setParams] = useSearchParams();
  const periodId = params.get('period');
  if (periodId !== null) return <PeriodSheet key={periodId} periodId={periodId} />;
  const tabs: readonly Tab[] = [
    'periods',
    'rules',
    ...(may('payroll.award') ? (['awards'] as const) : []),
    ...(may('payroll.decide-appeal') ? (['appeals'] as const) : []),
    'team',
  ];
  const tab = tabs.find((one) => one === params.get('tab')) ?? 'periods';
  const labels: Readonly<Record<Tab, string>> = {
    periods: t('payroll.periods'),
    rules: t('payroll.rules'),
    awards: t('payroll.awards.title'),
    appeals: t('payroll.appeals.title'),
    team: t('payroll.team.title'),
  };
  const extra = (
    <Segmented
      value={tab}
      options={tabs.map((value) => ({ value, label: labels[value] }))}
      onChange={(next) => setParams(next === 'periods' ? {} : { tab: next }, { replace: true })}
    />
  );
  if (tab === 'rules') return <RuleList extra={extra} />;
  if (tab === 'awards') return <AwardList extra={extra} />;
  if (tab === 'appeals') return <AppealList extra={extra} />;
  if (tab === 'team') return <TeamView extra={extra} />;
  return <PeriodList extra={extra} onOpen={(period) => setParams({ period })} />;
}
