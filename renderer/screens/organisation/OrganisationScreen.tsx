import { Segmented } from 'antd';
import type { ComponentType, ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useText } from '#renderer/text/react.ts';
import { useTabs } from '#renderer/ui/index.ts';
import { ContractPage } from './ContractPage.tsx';
import { ContractsTab } from './ContractsTab.tsx';
import { DepartmentsTab } from './DepartmentsTab.tsx';
import { UnitsTab } from './UnitsTab.tsx';
import './organisation.css';

type TabKey = 'units' | 'departments' | 'contracts';

export type TabProps = Readonly<{
  /** The choice of tabs, for the bar of the page. */
  tabs: ReactNode;
}>;

const TABS: readonly Readonly<{ key: TabKey; Component: ComponentType<TabProps> }>[] = [
  { key: 'units', Component: UnitsTab },
  { key: 'departments', Component: DepartmentsTab },
  { key: 'contracts', Component: ContractsTab },
];

/** How the company is organised: units, what they consist of, and who runs an outlet under contract. */
export function OrganisationScreen() {
  const t = useText();
  const [params] = useSearchParams();
  const contractId = params.get('contract');
  const { chosen, go } = useTabs(TABS);
  if (contractId !== null) return <ContractPage key={contractId} contractId={contractId} />;
  if (!chosen) return null;
  return (
    <chosen.Component
      key={chosen.key}
      tabs={
        <Segmented<TabKey>
          value={chosen.key}
          options={TABS.map(({ key }) => ({ value: key, label: t(`organisation.tabs.${key}`) }))}
          onChange={go}
        />
      }
    />
  );
}
