import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DateTimeText,
  ErrorNotice,
  type LineColumn,
  LineTable,
  Loaded,
  QuantityText,
  Section,
} from '#renderer/ui/index.ts';

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
  const figure = (
    key: 'onHand' | 'reserved' | 'inTransit' | 'available',
    title: string,
  ): LineColumn<Network['rows'][number]> => ({
    title,
    isNumber: true,
    render: (row) => <QuantityText value={row[key]} />,
  });
  const columns: readonly LineColumn<Network['rows'][number]>[] = [
    { title: t('availability.unit'), render: ({ unit }) => unit },
    { title: t('stock.columns.warehouse'), render: ({ warehouse }) => warehouse },
    { title: t('fields.bin'), render: ({ bin }) => bin },
    figure('onHand', t('stock.columns.onHand')),
    figure('reserved', t('availability.reserved')),
    figure('inTransit', t('availability.inTransit')),
    figure('available', t('availability.available')),
  ];
  return <LineTable rows={rows} columns={columns} keyOf={({ warehouseId }) => warehouseId} />;
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
  const columns: readonly LineColumn<(typeof rows)[number]>[] = [
    { title: t('availability.unit'), render: ({ unit }) => unit },
    { title: t('stock.columns.warehouse'), render: ({ warehouse }) => warehouse },
    { title: t('stock.columns.onHand'), isNumber: true, render: ({ onHand }) => <QuantityText value={onHand} /> },
    { title: t('availability.asOf'), render: ({ asOf }) => <DateTimeText value={asOf} /> },
  ];
  return (
    <>
      <p className="mw-soft">
        {t('availability.toldAt')} <DateTimeText value={answeredAt} />
      </p>
      {rows.length === 0 ? (
        <div className="mw-draft-empty">{t('availability.nowhereElse')}</div>
      ) : (
        <LineTable rows={rows} columns={columns} keyOf={({ unitId, warehouse }) => `${unitId} ${warehouse}`} />
      )}
    </>
  );
}
