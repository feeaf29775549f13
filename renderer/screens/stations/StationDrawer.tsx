import { Drawer } from 'antd';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { DateTimeText, Facts, Loaded, Section, ToneTag, useFormat } from '#renderer/ui/index.ts';
import { DrawerKeys } from '../stock/DrawerKeys.tsx';
import { kindText, refusalText } from '../sync/words.ts';
import { StationActions } from './StationActions.tsx';
import { agoText, clockText, sizeText, type Station, TONE_OF_STATE, troubleText } from './words.ts';

type Props = Readonly<{ id: string; onClose: () => void }>;
type Detail = OutputOf<'stations.get'>;

const FRESH_MS = 15_000;

/** One station: how it is, what of its was refused, and what it announced that has not come. */
export function StationDrawer({ id, onClose }: Props) {
  const t = useText();
  const query = useQueryOperation('stations.get', { id }, { refetchInterval: FRESH_MS });
  const station = query.data?.station;
  return (
    <Drawer
      open
      size={760}
      onClose={onClose}
      title={station ? `${station.unitCode} ${station.unitName} · ${station.name}` : ''}
      keyboard={false}
      extra={station && <StationActions station={station} />}
    >
      <DrawerKeys onClose={onClose} />
      <Loaded query={query}>
        {(detail) => (
          <>
            <StationFacts station={detail.station} />
            <Announced detail={detail} />
            <Section title={t('stations.refused')}>
              {detail.refused.length === 0 ? (
                <span className="mw-soft">{t('stations.refusedNone')}</span>
              ) : (
                <RefusedRows rows={detail.refused} />
              )}
            </Section>
          </>
        )}
      </Loaded>
    </Drawer>
  );
}

function StationFacts({ station }: Readonly<{ station: Station }>) {
  const t = useText();
  const format = useFormat();
  const { trouble, state, pendingCount, pendingSince, clockSkew, programVersion, schemaVersion } = station;
  const count = format.count(pendingCount);
  const waiting =
    pendingSince === null ? count : agoText(t, pendingSince, (duration) => t('stations.since', { count, duration }));
  return (
    <div className="mw-station-facts">
      {trouble !== 'calm' && (
        <p className="mw-station-trouble">
          <ToneTag tone={trouble === 'problem' || trouble === 'refused' ? 'bad' : 'waiting'}>
            {t(`stations.troubles.${trouble}`)}
          </ToneTag>{' '}
          {troubleText(t, format, station)}
        </p>
      )}
      <Facts
        columns={2}
        labelWidth={104}
        facts={[
          {
            label: t('stations.columns.state'),
            value: <ToneTag tone={TONE_OF_STATE[state]}>{t(`stations.states.${state}`)}</ToneTag>,
          },
          { label: t('stations.columns.lastSeenAt'), value: <DateTimeText value={station.lastSeenAt} /> },
          { label: t('stations.columns.pendingCount'), value: waiting },
          { label: t('stations.columns.lastSuccessAt'), value: <DateTimeText value={station.lastSuccessAt} /> },
          {
            label: t('stations.columns.programVersion'),
            value: t('stations.version', { program: programVersion, schema: schemaVersion }),
          },
          { label: t('stations.columns.enrolledAt'), value: <DateTimeText value={station.enrolledAt} /> },
          { label: t('stations.columns.databaseSize'), value: sizeText(t, format, station.databaseSize) },
          { label: t('stations.columns.clockSkew'), value: clockText(t, clockSkew) },
        ]}
      />
    </div>
  );
}

function Announced({ detail: { station, announced } }: Readonly<{ detail: Detail }>) {
  const t = useText();
  if (announced.length === 0) return null;
  return (
    <Section title={`${t('stations.announced')} (${announced.length})`}>
      <p className="mw-soft mw-station-hint">
        {t(station.lastSuccessAt === null ? 'stations.announcedOfReplaced' : 'stations.announcedHint')}
      </p>
      <div className="mw-station-numbers">
        {announced.map((number) => (
          <span key={number}>{number}</span>
        ))}
      </div>
    </Section>
  );
}

function RefusedRows({ rows }: Readonly<{ rows: Detail['refused'] }>) {
  const t = useText();
  const format = useFormat();
  return (
    <div className="mw-station-refused">
      {rows.map((row) => {
        const { id, tableName, content, at } = row;
        const called = content['number'] ?? content['code'] ?? content['name'] ?? '';
        return (
          <details key={id}>
            <summary>
              <b>
                {kindText(t, tableName)} {called}
              </b>
              <DateTimeText value={at} />
              <span className="mw-station-reason">{refusalText(t, format, row)}</span>
            </summary>
            <Content content={content} />
          </details>
        );
      })}
    </div>
  );
}

/** The row as its station sent it, column by column: for whoever has to find out what is wrong with it. */
function Content({ content }: Readonly<{ content: Detail['refused'][number]['content'] }>) {
  const facts = Object.entries(content).map(([label, value]) => ({
    label,
    value: value === null ? '' : String(value),
  }));
  return <Facts facts={facts} columns={2} labelWidth={130} />;
}
