/** Every screen in one line: address, who may see it, its place in the menu. Menu, palette and function keys follow. */
import {
  ApartmentOutlined,
  AuditOutlined,
  BarChartOutlined,
  CalendarOutlined,
  ClusterOutlined,
  DatabaseOutlined,
  FileTextOutlined,
  FormOutlined,
  ImportOutlined,
  PayCircleOutlined,
  ScheduleOutlined,
  SettingOutlined,
  ShoppingOutlined,
  ShopOutlined,
  SwapOutlined,
  WalletOutlined,
} from '@ant-design/icons';
import { type ComponentType, lazy, type ReactNode } from 'react';
import type { Right } from '#domain/access/rights.ts';
import type { Texts } from '#renderer/text/index.ts';

export type Screen = Readonly<{
  path: string;
  /** One of these is enough. */
  rights: readonly [Right, ...Right[]];
  Component: ComponentType;
  /** Screens without a menu entry are reached from others. */
  /** Where the screen has a place in the menu; left out: everywhere. */
  only?: 'central';
  menu?: Readonly<{ text: keyof Texts['menu']; icon: ReactNode; hotkey?: string }>;
}>;

/** Loads a screen's file when it is first shown. */
function screen<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name): ComponentType {
  return lazy<ComponentType>(async () => ({ default: (await load())[name] }));
}

// prettier-ignore
export const SCREENS: readonly Screen[] = [
  { path: '/', rights: ['own.view'], Component: screen(() => import('../screens/today/TodayScreen.tsx'), 'TodayScreen'), menu: { text: 'today', icon: <CalendarOutlined />, hotkey: 'F1' } },
  { path: '/intake', rights: ['intake.register'], Component: screen(() => import('../screens/intake/IntakeScreen.tsx'), 'IntakeScreen'), menu: { text: 'intake', icon: <FormOutlined />, hotkey: 'F3' } },
  { path: '/work-orders', rights: ['work.view'], Component: screen(() => import('../screens/work-orders/WorkOrdersScreen.tsx'), 'WorkOrdersScreen'), menu: { text: 'workOrders', icon: <FileTextOutlined />, hotkey: 'F4' } },
  { path: '/work-orders/:id', rights: ['work.view'], Component: screen(() => import('../screens/work-orders/WorkOrderScreen.tsx'), 'WorkOrderScreen') },
  { path: '/customers/:id', rights: ['customers.view'], Component: screen(() => import('../screens/customers/CustomerScreen.tsx'), 'CustomerScreen') },
  { path: '/dispatch', rights: ['dispatch.view'], Component: screen(() => import('../screens/dispatch/DispatchScreen.tsx'), 'DispatchScreen'), menu: { text: 'dispatch', icon: <ScheduleOutlined />, hotkey: 'F6' } },
  { path: '/referrals', rights: ['dispatch.view'], Component: screen(() => import('../screens/referrals/ReferralsScreen.tsx'), 'ReferralsScreen'), menu: { text: 'referrals', icon: <SwapOutlined /> } },
  { path: '/sales', rights: ['sales.report'], Component: screen(() => import('../screens/sales/SalesScreen.tsx'), 'SalesScreen'), menu: { text: 'sales', icon: <ShopOutlined /> } },
  { path: '/stock', rights: ['stock.view'], Component: screen(() => import('../screens/stock/StockScreen.tsx'), 'StockScreen'), menu: { text: 'stock', icon: <DatabaseOutlined />, hotkey: 'F7' } },
  { path: '/supply', rights: ['purchase.view', 'requisition.plan', 'deposit.view'], Component: screen(() => import('../screens/supply/SupplyScreen.tsx'), 'SupplyScreen'), menu: { text: 'supply', icon: <ImportOutlined /> } },
  { path: '/audit', rights: ['work.audit'], Component: screen(() => import('../screens/audit/AuditScreen.tsx'), 'AuditScreen'), menu: { text: 'audit', icon: <AuditOutlined />, hotkey: 'F8' } },
  { path: '/settlement', rights: ['billing.view'], Component: screen(() => import('../screens/settlement/SettlementScreen.tsx'), 'SettlementScreen'), menu: { text: 'settlement', icon: <ShoppingOutlined />, hotkey: 'F9' } },
  { path: '/payroll', rights: ['payroll.view'], Component: screen(() => import('../screens/payroll/PayrollScreen.tsx'), 'PayrollScreen'), menu: { text: 'payroll', icon: <PayCircleOutlined />, hotkey: 'F10' } },
  { path: '/payslips', rights: ['payslip.own'], Component: screen(() => import('../screens/payroll/PayslipsScreen.tsx'), 'PayslipsScreen'), menu: { text: 'payslips', icon: <WalletOutlined /> } },
  { path: '/reports', rights: ['reports.work', 'reports.stock', 'reports.payroll'], Component: screen(() => import('../screens/reports/ReportsScreen.tsx'), 'ReportsScreen'), menu: { text: 'reports', icon: <BarChartOutlined /> } },
  { path: '/organisation', rights: ['setup.view'], Component: screen(() => import('../screens/organisation/OrganisationScreen.tsx'), 'OrganisationScreen'), menu: { text: 'organisation', icon: <ApartmentOutlined /> } },
  { path: '/stations', rights: ['stations.view'], Component: screen(() => import('../screens/stations/StationsScreen.tsx'), 'StationsScreen'), only: 'central', menu: { text: 'stations', icon: <ClusterOutlined /> } },
  { path: '/sync', rights: ['own.view'], Component: screen(() => import('../screens/sync/SyncScreen.tsx'), 'SyncScreen') },
  { path: '/setup', rights: ['setup.view'], Component: screen(() => import('../screens/setup/SetupScreen.tsx'), 'SetupScreen'), menu: { text: 'setup', icon: <SettingOutlined /> } },
];
