import { Segmented } from 'antd';
import { useSearchParams } from 'react-router';
import { useText } from '#renderer/text/react.ts';

import { PeriodList } from './PeriodList.tsx';
import { PeriodSheet } from './PeriodSheet.tsx';
import { RuleList } from './RuleList.tsx';

/** Pay periods, the pay sheet of one of them, and the rules it is paid by. Where one is stands in the address. */
export function PayrollScreen() {
  const t = useText();
  const [params, setParams] = useSearchParams();
  const periodId = params.get('period');
  if (periodId !== null) return <PeriodSheet key={periodId} periodId={periodId} />;
  const tab = params.get('tab') === 'rules' ? 'rules' : 'periods';
  const extra = (
    <Segmented
      value={tab}
      options={[
        { value: 'periods', label: t('payroll.periods') },
        { value: 'rules', label: t('payroll.rules') },
      ]}
      onChange={(next) => setParams(next === 'rules' ? { tab: next } : {}, { replace: true })}
    />
  );
  if (tab === 'rules') return <RuleList extra={extra} />;
  return <PeriodList extra={extra} onOpen={(period) => setParams({ period })} />;
}
