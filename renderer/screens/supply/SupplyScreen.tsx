import { useText } from '#renderer/text/react.ts';
import { DepositsTab } from '../deposits/DepositsTab.tsx';
import { PurchasesTab } from '../purchases/PurchasesTab.tsx';
import { RequisitionsTab } from '../requisitions/RequisitionsTab.tsx';
import { type WarehouseTab, WarehouseTabs } from '../stock/WarehouseTabs.tsx';

const TABS: readonly WarehouseTab[] = [
  { key: 'purchases', right: 'purchase.view', Component: PurchasesTab, isGrid: true },
  { key: 'requisitions', right: 'stock.view', Component: RequisitionsTab, isGrid: true },
  { key: 'deposits', right: 'deposit.view', Component: DepositsTab, isGrid: true },
];

/** Where parts come from: bought, or asked of the level above, and the deposits that stand for them. */
export function SupplyScreen() {
  const t = useText();
  return <WarehouseTabs title={t('menu.supply')} tabs={TABS} />;
}
