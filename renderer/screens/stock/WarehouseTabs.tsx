import { Segmented } from 'antd';
import type { ComponentType, ReactNode } from 'react';
import type { Right } from '#domain/access/rights.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import type { Texts } from '#renderer/text/index.ts';
import { Page, useTabs } from '#renderer/ui/index.ts';
import './stock.css';

type TabKey = keyof Texts['stock']['tabs'];

export type WarehouseTab = Readonly<{ key: TabKey; right: Right; Component: ComponentType; isGrid: boolean }>;

type Props = Readonly<{ title: string; tabs: readonly WarehouseTab[]; actionsOf?: (key: TabKey) => ReactNode }>;

/** A screen of the warehouse's: the tabs one may see, one of them open. Alt+1 … changes it. */
export function WarehouseTabs({ title, tabs, actionsOf }: Props) {
  const t = useText();
  const may = useMay();
  const seen = tabs.filter((tab) => may(tab.right));
  const { chosen, go } = useTabs(seen);
  if (!chosen) return null; // The route lets nobody in who may see none of them.
  return (
    <Page
      title={title}
      body={chosen.isGrid ? 'fill' : 'scroll'}
      extra={
        <Segmented<TabKey>
          value={chosen.key}
          options={seen.map(({ key }) => ({ value: key, label: t(`stock.tabs.${key}`) }))}
          onChange={go}
        />
      }
      actions={actionsOf?.(chosen.key)}
    >
      <chosen.Component key={chosen.key} />
    </Page>
  );
}
