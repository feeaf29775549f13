import { Segmented } from 'antd';
import type { ComponentType } from 'react';
import type { Right } from '#domain/access/rights.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { Page, useTabs } from '#renderer/ui/index.ts';
import { PurchasesTab } from '../purchases/PurchasesTab.tsx';
import { DepositsTab } from '../deposits/DepositsTab.tsx';
import { RequisitionsTab } from '../requisitions/RequisitionsTab.tsx';
import { CountsTab } from '../stock-counts/CountsTab.tsx';
import { AvailabilityTab } from './availability/AvailabilityTab.tsx';
import { DocumentsTab } from './DocumentsTab.tsx';
import { IssueTab } from './IssueTab.tsx';
import { OldPartsTab } from '../old-parts/OldPartsTab.tsx';
import { LotSearchButton } from './LotSearch.tsx';
import { OnHandTab } from './OnHandTab.tsx';
import { PartsTab } from './PartsTab.tsx';
import { ReceiveTab } from './ReceiveTab.tsx';
import { TransfersTab } from './TransfersTab.tsx';
import { VerifyButton } from './VerifyButton.tsx';
import './stock.css';

type TabKey =
  | 'on-hand'
  | 'availability'
  | 'receive'
  | 'issue'
  | 'transfers'
  | 'purchases'
  | 'requisitions'
  | 'deposits'
  | 'counts'
  | 'old-parts'
  | 'documents'
  | 'parts';
type Tab = Readonly<{ key: TabKey; right: Right; Component: ComponentType; isGrid: boolean }>;

const TABS: readonly Tab[] = [
  { key: 'on-hand', right: 'stock.view', Component: OnHandTab, isGrid: true },
  { key: 'availability', right: 'stock.view', Component: AvailabilityTab, isGrid: true },
  { key: 'receive', right: 'stock.receive', Component: ReceiveTab, isGrid: false },
  { key: 'issue', right: 'stock.issue', Component: IssueTab, isGrid: false },
  { key: 'transfers', right: 'stock.view', Component: TransfersTab, isGrid: true },
  { key: 'purchases', right: 'purchase.view', Component: PurchasesTab, isGrid: true },
  { key: 'requisitions', right: 'stock.view', Component: RequisitionsTab, isGrid: true },
  { key: 'deposits', right: 'deposit.view', Component: DepositsTab, isGrid: true },
  { key: 'counts', right: 'stock.view', Component: CountsTab, isGrid: true },
  { key: 'old-parts', right: 'old-parts.view', Component: OldPartsTab, isGrid: true },
  { key: 'documents', right: 'stock.view', Component: DocumentsTab, isGrid: true },
  { key: 'parts', right: 'stock.view', Component: PartsTab, isGrid: true },
];

/** The warehouse's desk: what is there, what comes and goes, and the papers of it. Alt+1 … changes the tab. */
export function StockScreen() {
  const t = useText();
  const may = useMay();
  const tabs = TABS.filter((tab) => may(tab.right));
  const { chosen, go } = useTabs(tabs);
  if (!chosen) return null; // The route lets nobody in who may not see stock.
  return (
    <Page
      title={t('stock.title')}
      body={chosen.isGrid ? 'fill' : 'scroll'}
      extra={
        <Segmented<TabKey>
          value={chosen.key}
          options={tabs.map(({ key }) => ({ value: key, label: t(`stock.tabs.${key}`) }))}
          onChange={go}
        />
      }
      actions={
        chosen.key === 'on-hand' && (
          <>
            <LotSearchButton />
            <VerifyButton />
          </>
        )
      }
    >
      <chosen.Component key={chosen.key} />
    </Page>
  );
}
