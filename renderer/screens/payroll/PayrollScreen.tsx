import { Segmented } from 'antd';
import { useSearchParams } from 'react-router';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { useTabs } from '#renderer/ui/index.ts';
import { DeadlineList } from './DeadlineList.tsx';
import { PayItems } from './PayItems.tsx';
import { PeriodList } from './PeriodList.tsx';
import { PeriodSheet } from './PeriodSheet.tsx';
import { RuleList } from './RuleList.tsx';
import { Terms } from './Terms.tsx';
import { Trial } from './Trial.tsx';

/** Pay periods, the pay sheet of one of them, and the rules it is paid by. Where one is stands in the address. */
export function PayrollScreen() {
  const [params] = useSearchParams();
  const periodId = params.get('period');
  return periodId === null ? <PayrollTabs /> : <PeriodSheet key={periodId} periodId={periodId} />;
}

function PayrollTabs() {
  const t = useText();
  const may = useMay();
  const [, setParams] = useSearchParams();
  const tabs = [
    { key: 'periods', label: t('payroll.periods') },
    { key: 'rules', label: t('payroll.rules') },
    ...(may('payroll.rules') ? [{ key: 'trial', label: t('payroll.tabs.trial') }] : []),
    { key: 'deadlines', label: t('payroll.tabs.deadlines') },
    { key: 'items', label: t('payroll.tabs.items') },
    { key: 'terms', label: t('payroll.tabs.terms') },
  ];
  const { chosen, go } = useTabs(tabs);
  const options = tabs.map(({ key: value, label }) => ({ value, label }));
  const extra = <Segmented value={chosen?.key ?? 'periods'} options={options} onChange={go} />;
  switch (chosen?.key) {
    case 'rules':
      return <RuleList extra={extra} />;
    case 'trial':
      return <Trial extra={extra} />;
    case 'deadlines':
      return <DeadlineList extra={extra} />;
    case 'items':
      return <PayItems extra={extra} />;
    case 'terms':
      return <Terms extra={extra} />;
    default:
      return <PeriodList extra={extra} onOpen={(period) => setParams({ period })} />;
  }
}
