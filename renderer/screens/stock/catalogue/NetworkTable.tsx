import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, DateTimeText, ErrorNotice, Loaded, QuantityText, Section } from '#renderer/ui/index.ts';

type Network = OutputOf<'stock.network'>;
const FRESH_AFTER = 2000; // milliseconds, while an answer is waited for

/** Where a part lies in the company: what is known here, and what the central server says of the other units. */
export function NetworkTable({ partId }: Readonly<{ partId: string }>) {
  const t = useText();
  const query = useQueryOperation('stock.network', { partId });
  return (
    <Section title={t('availability.network')}>
      <Loaded query={query}>
        {(network) => (
          <>
            <Known network={network} />
            <Elsewhere partId={partId} network={network} />
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Known({ network: { rows } }: Readonly<{ network: Network }>) {
  const t = useText();
  if (rows.length === 0) return <div className="mw-draft-empty">{t('availability.nowhere')}</div>;
  return (
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
  );
}

type ElsewhereProps = Readonly<{ partId: string; network: Network }>;

/** What a station doesn't hold: of how many units, what it was told of them and when, and a way to ask anew. */
function Elsewhere({ partId, network: { unknownUnits, mayAsk, elsewhere } }: ElsewhereProps) {
  const t = useText();
  const operation = useOperation('stock.askElsewhere');
  const isWaiting = elsewhere?.isWaiting === true;
  if (unknownUnits === 0) return null;
  return (
    <>
      <div className="mw-network-ask">
        <span className="mw-soft">{t('availability.unknownUnits', { count: unknownUnits })}</span>
        {mayAsk && (
          <ActionButton
            size="small"
            hotkey="Alt+Q"
            loading={operation.isPending}
            onClick={() => operation.mutate({ partId })}
          >
            {t('availability.askElsewhere')}
          </ActionButton>
        )}
      </div>
      <ErrorNotice error={operation.error} />
      {isWaiting && <Waiting partId={partId} />}
      {elsewhere && elsewhere.answeredAt !== null && <Answer elsewhere={elsewhere} />}
    </>
  );
}

/** Looks again until the answer is there; without a line that may be tomorrow. */
function Waiting({ partId }: Readonly<{ partId: string }>) {
  const t = useText();
  useQueryOperation('stock.network', { partId }, { refetchInterval: FRESH_AFTER });
  return (
    <p className="mw-soft" role="status">
      {t('availability.waitsForAnswer')}
    </p>
  );
}

function Answer({ elsewhere: { rows, answeredAt } }: Readonly<{ elsewhere: NonNullable<Network['elsewhere']> }>) {
  const t = useText();
  return (
    <>
      <p className="mw-soft">
        {t('availability.toldAt')} <DateTimeText value={answeredAt} />
      </p>
      {rows.length === 0 ? (
        <div className="mw-draft-empty">{t('availability.nowhereElse')}</div>
      ) : (
        <table className="mw-draft">
          <thead>
            <tr>
              <th>{t('availability.unit')}</th>
              <th>{t('stock.columns.warehouse')}</th>
              <th className="is-number">{t('stock.columns.onHand')}</th>
              <th>{t('availability.asOf')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.unitId} ${row.warehouse}`}>
                <td>{row.unit}</td>
                <td>{row.warehouse}</td>
                <td className="is-number">
                  <QuantityText value={row.onHand} />
                </td>
                <td>
                  <DateTimeText value={row.asOf} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
