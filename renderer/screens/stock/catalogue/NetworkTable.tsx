import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Loaded, QuantityText, Section } from '#renderer/ui/index.ts';

type Network = OutputOf<'stock.network'>;

/** Where a part lies in the company, as far as it is known here. */
export function NetworkTable({ partId }: Readonly<{ partId: string }>) {
  const t = useText();
  const query = useQueryOperation('stock.network', { partId });
  return (
    <Section title={t('availability.network')}>
      <Loaded query={query}>{(network) => <Rows network={network} />}</Loaded>
    </Section>
  );
}

function Rows({ network: { rows, unknownUnits } }: Readonly<{ network: Network }>) {
  const t = useText();
  return (
    <>
      {rows.length === 0 && <div className="mw-draft-empty">{t('availability.nowhere')}</div>}
      {rows.length > 0 && (
        <table className="mw-draft">
          <thead>
            <tr>
              <th>{t('availability.unit')}</th>
              <th>{t('stock.columns.warehouse')}</th>
              <th>{t('fields.bin')}</th>
              <th className="is-number">{t('stock.columns.onHand')}</th>
              <th className="is-number">{t('availability.reserved')}</th>
              <th className="is-number">{t('availability.inTransit')}</th>
              <th className="is-number">{t('availability.available')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.warehouseId}>
                <td>{row.unit}</td>
                <td>{row.warehouse}</td>
                <td>{row.bin}</td>
                {(['onHand', 'reserved', 'inTransit', 'available'] as const).map((key) => (
                  <td key={key} className="is-number">
                    <QuantityText value={row[key]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {unknownUnits > 0 && <p className="mw-soft">{t('availability.unknownUnits', { count: unknownUnits })}</p>}
    </>
  );
}
