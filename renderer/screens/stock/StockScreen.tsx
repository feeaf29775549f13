import { useText } from '#renderer/text/react.ts';
import { CountsTab } from '../stock-counts/CountsTab.tsx';
import { AvailabilityTab } from './availability/AvailabilityTab.tsx';
import { DocumentsTab } from './DocumentsTab.tsx';
import { IssueTab } from './IssueTab.tsx';
import { OnHandTab } from './OnHandTab.tsx';
import { PartsTab } from './PartsTab.tsx';
import { ReceiveTab } from './ReceiveTab.tsx';
import { TransfersTab } from './TransfersTab.tsx';
import { VerifyButton } from './VerifyButton.tsx';
import { type WarehouseTab, WarehouseTabs } from './WarehouseTabs.tsx';
import { OldPartsTab } from '../old-parts/OldPartsTab.tsx';
import { LotSearchButton } from './LotSearch.tsx';

const TABS: readonly WarehouseTab[] = [
  { key: 'on-hand', right: 'stock.view', Component: OnHandTab, isGrid: true },
  { key: 'availability', right: 'stock.view', Component: AvailabilityTab, isGrid: true },
  { key: 'receive', right: 'stock.receive', Component: ReceiveTab, isGrid: false },
  { key: 'issue', right: 'stock.issue', Component: IssueTab, isGrid: false },
  { key: 'transfers', right: 'stock.view', Component: TransfersTab, isGrid: true },
  { key: 'counts', right: 'stock.view', Component: CountsTab, isGrid: true },
  { key: 'old-parts', right: 'old-parts.view', Component: OldPartsTab, isGrid: true },
  { key: 'documents', right: 'stock.view', Component: DocumentsTab, isGrid: true },
  { key: 'parts', right: 'stock.view', Component: PartsTab, isGrid: true },
];

const actionsOf = (key: WarehouseTab['key']) =>
  key === 'on-hand' && (
    <>
      <LotSearchButton />
      <VerifyButton />
    </>
  );

/** The warehouse's desk: what is there, what comes and goes, and the papers of it. */
export function StockScreen() {
  const t = useText();
  return <WarehouseTabs title={t('stock.title')} tabs={TABS} actionsOf={actionsOf} />;
}
