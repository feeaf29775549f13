import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { DateTimeText, type LineColumn, LineTable, Loaded, QuantityText } from '#renderer/ui/index.ts';

type Props = Readonly<{ partId: string; warehouseId: string }>;

/** The serial or batch numbers that lie in a warehouse, the first that came first. */
export function Lots({ partId, warehouseId }: Props) {
  const t = useText();
  const query = useQueryOperation('stock.lots', { partId, warehouseId });
  const columns: readonly LineColumn<OutputOf<'stock.lots'>['lots'][number]>[] = [
    { title: t('availability.lot'), render: ({ lot }) => <span className="mw-part-number">{lot}</span> },
    { title: t('stock.columns.quantity'), isNumber: true, render: ({ quantity }) => <QuantityText value={quantity} /> },
    { title: t('availability.since'), render: ({ firstAt }) => <DateTimeText value={firstAt} /> },
  ];
  return (
    <Loaded query={query}>
      {({ lots }) => (
        <div className="mw-lots">
          <LineTable rows={lots} columns={columns} keyOf={({ lot }) => lot} />
        </div>
      )}
    </Loaded>
  );
}
