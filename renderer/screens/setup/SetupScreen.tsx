import { Segmented } from 'antd';
import type { ComponentType } from 'react';
import type { Right } from '#domain/access/rights.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { Page, useTabs } from '#renderer/ui/index.ts';
import { StoresTab, SuppliersTab, WarehousesTab, WorkTypesTab } from './catalogues.tsx';
import { ChangeLogTab } from './ChangeLogTab.tsx';
import { EmployeesTab } from './EmployeesTab.tsx';
import { PcsTab } from './PcsTab.tsx';
import { RolesTab } from './RolesTab.tsx';
import { WebhooksTab } from './WebhooksTab.tsx';
import './setup.css';

type TabKey =
  | 'employees'
  | 'roles'
  | 'work-types'
  | 'warehouses'
  | 'suppliers'
  | 'stores'
  | 'pcs'
  | 'webhooks'
  | 'change-log';
type Tab = Readonly<{ key: TabKey; right: Right; Component: ComponentType }>;

const TABS: readonly Tab[] = [
  { key: 'employees', right: 'setup.view', Component: EmployeesTab },
  { key: 'roles', right: 'setup.view', Component: RolesTab },
  { key: 'work-types', right: 'setup.view', Component: WorkTypesTab },
  { key: 'warehouses', right: 'setup.view', Component: WarehousesTab },
  { key: 'suppliers', right: 'setup.view', Component: SuppliersTab },
  { key: 'stores', right: 'setup.view', Component: StoresTab },
  { key: 'pcs', right: 'access.manage', Component: PcsTab },
  { key: 'webhooks', right: 'webhooks.manage', Component: WebhooksTab },
  { key: 'change-log', right: 'audit-log.view', Component: ChangeLogTab },
];

/** What the house is built of: people, rights and lists; and who changed what. Alt+1 … changes the tab. */
export function SetupScreen() {
  const t = useText();
  const may = useMay();
  const tabs = TABS.filter((tab) => may(tab.right));
  const { chosen, go } = useTabs(tabs);
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
