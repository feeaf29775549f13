import { useMemo } from 'react';
import { useText } from '#renderer/text/react.ts';
import { DataGrid, EmptyState, type GridColumn } from '#renderer/ui/index.ts';
import type { Count, CountLine } from './count-words.tsx';

type Props = Readonly<{ count: Count; onOpen?: (line: CountLine) => void }>;

const LATEST_FIRST = { sort: { column: 'countedAt', direction: 'desc' } } as const;

/** What has been counted, the latest first; of what is counted again only the second count. Nothing says what should be there. */
export function LinesGrid({ count, onOpen }: Props) {
  const t = useText();
  const isRecount = count.state === 'recounting';
  const input = useMemo(
    () => ({ id: count.id, which: isRecount ? ('recount' as const) : ('all' as const) }),
    [count.id, isRecount],
  );
  const [quantity, by, at] = isRecount
    ? (['recounted', 'recountedBy', 'recountedAt'] as const)
    : (['counted', 'countedBy', 'countedAt'] as const);
  const columns: readonly GridColumn<CountLine>[] = [
    { key: 'lineNo', title: '#', type: 'count', width: 56, isFilterable: false },
    { key: 'number', title: t('stock.columns.partNumber'), type: 'code' },
    { key: 'name', title: t('stock.columns.part'), grows: true },
    { key: 'lot', title: t('counts.lot'), type: 'code', width: 130 },
    { key: quantity, title: t('counts.counted'), type: 'quantity', width: 100 },
    { key: 'measure', title: t('stock.columns.measure'), width: 64 },
    { key: by, title: t('counts.countedBy'), width: 110 },
    { key: at, title: t('fields.at'), type: 'instant' },
  ];
  return (
    <DataGrid
      operation="stockCounts.lines"
      id={`stockCounts.lines ${count.id} ${count.state}`}
      input={input}
      columns={columns}
      rowKey="id"
      {...(isRecount ? {} : { initial: LATEST_FIRST })}
      hasFilters={false}
      {...(onOpen ? { onOpen } : {})}
      empty={<EmptyState title={t('counts.noLines')} text={t('counts.scanHint')} />}
    />
  );
}
