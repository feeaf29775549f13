import { Segmented } from 'antd';
import type { ComponentType } from 'react';
import { useSearchParams } from 'react-router';
import type { Right } from '#domain/access/rights.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { Page, useAskIfUnsaved, useHotkey } from '#renderer/ui/index.ts';
import { StoresTab, SuppliersTab, WarehousesTab, WorkTypesTab } from './catalogues.tsx';
import { ChangeLogTab } from './ChangeLogTab.tsx';
import { EmployeesTab } from './EmployeesTab.tsx';
import { RolesTab } from './RolesTab.tsx';
import './setup.css';

type TabKey = 'employees' | 'roles' | 'work-types' | 'warehouses' | 'suppliers' | 'stores' | 'change-log';
type Tab = Readonly<{ key: TabKey; right: Right; Component: ComponentType }>;

const TABS: readonly Tab[] = [
  { key: 'employees', right: 'setup.view', Component: EmployeesTab },
  { key: 'roles', right: 'setup.view', Component: RolesTab },
  { key: 'work-types', right: 'setup.view', Component: WorkTypesTab },
  { key: 'warehouses', right: 'setup.view', Component: WarehousesTab },
  { key: 'suppliers', right: 'setup.view', Component: SuppliersTab },
  { key: 'stores', right: 'setup.view', Component: StoresTab },
  { key: 'change-log', right: 'audit-log.view', Component: ChangeLogTab },
];

/** What the house is built of: people, rights and lists; and who changed what. Alt+1 … changes the tab. */
export function SetupScreen() {
  const t = useText();
  const may = useMay();
  const [params, setParams] = useSearchParams();
  const ask = useAskIfUnsaved();
  const tabs = TABS.filter((tab) => may(tab.right));
  const chosen = tabs.find((tab) => tab.key === params.get('tab')) ?? tabs[0];

  function go(key: TabKey | undefined): void {
    if (key !== undefined && key !== chosen?.key) ask(() => setParams({ tab: key }, { replace: true }));
  }
  useHotkey('Alt+1', () => go(tabs[0]?.key));
  useHotkey('Alt+2', () => go(tabs[1]?.key));
  useHotkey('Alt+3', () => go(tabs[2]?.key));
  useHotkey('Alt+4', () => go(tabs[3]?.key));
  useHotkey('Alt+5', () => go(tabs[4]?.key));
  useHotkey('Alt+6', () => go(tabs[5]?.key));
  useHotkey('Alt+7', () => go(tabs[6]?.key));

  if (!chosen) return null; // The route lets nobody in who may not see the set-up.
  return (
    <Page
      title={t('setup.title')}
      body="fill"
      extra={
        <Segmented<TabKey>
          value={chosen.key}
          options={tabs.map(({ key }) => ({ value: key, label: t(`setup.tabs.${key}`) }))}
          onChange={go}
        />
      }
    >
      <div className="mw-setup-tab">
        <chosen.Component key={chosen.key} />
      </div>
    </Page>
  );
}
