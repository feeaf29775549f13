import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { DateTimeText, Loaded, QuantityText } from '#renderer/ui/index.ts';

type Props = Readonly<{ partId: string; warehouseId: string }>;

/** The serial or batch numbers that lie in a warehouse, the first that came first. */
export function Lots({ partId, warehouseId }: Props) {
  const t = useText();
  const query = useQueryOperation('stock.lots', { partId, warehouseId });
  return (
    <Loaded query={query}>
      {({ lots }) => (
        <div className="mw-lots">
          <table className="mw-draft">
            <thead>
              <tr>
                <th>{t('availability.lot')}</th>
                <th className="is-number">{t('stock.columns.quantity')}</th>
                <th>{t('availability.since')}</th>
              </tr>
            </thead>
            <tbody>
              {lots.map(({ lot, quantity, firstAt }) => (
                <tr key={lot}>
                  <td className="mw-part-number">{lot}</td>
                  <td className="is-number">
                    <QuantityText value={quantity} />
                  </td>
                  <td>
                    <DateTimeText value={firstAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Loaded>
  );
}
