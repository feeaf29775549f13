import type { ContractEventKind } from '#domain/organisation/contracts.ts';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import {
  DateText,
  EmptyState,
  type Format,
  Timeline,
  type TimelineEntry,
  type Tone,
  ToneTag,
  useFormat,
} from '#renderer/ui/index.ts';
import { actorText } from '../setup/log-words.tsx';
import type { ContractSheet } from './ContractPage.tsx';

type Event = ContractSheet['events'][number];

const TONES: Readonly<Record<ContractEventKind, Tone>> = {
  reward: 'good',
  penalty: 'waiting',
  suspension: 'waiting',
  elimination: 'bad',
  reinstatement: 'active',
};

/** Everything that happened under a contract, the latest first. */
export function ContractHistory({ events }: Readonly<{ events: readonly Event[] }>) {
  const t = useText();
  if (events.length === 0) return <EmptyState text={t('organisation.events.emptyText')} />;
  return <Timeline entries={events.map((event) => entryOf(t, event))} />;
}

function entryOf(t: Translate, event: Event): TimelineEntry {
  const { id, at, kind, employeeId, employeeName, reason, evidence } = event;
  return {
    key: id,
    at,
    tone: TONES[kind],
    by: actorText(t, { actorId: employeeId, actorName: employeeName }),
    title: <EventTitle event={event} />,
    note: evidence === '' ? reason : t('organisation.events.reasonAndEvidence', { reason, evidence }),
  };
}

function EventTitle({ event }: Readonly<{ event: Event }>) {
  const t = useText();
  const format = useFormat();
  const { kind, happenedOn, installerId, installerName } = event;
  return (
    <span className="mw-contract-event">
      <ToneTag tone={TONES[kind]}>{t(`organisation.eventKinds.${kind}`)}</ToneTag>
      <DateText value={happenedOn} />
      {installerId !== null && <span>{t('organisation.events.about', { name: installerName ?? '' })}</span>}
      <strong>{figuresOf(t, format, event)}</strong>
    </span>
  );
}

function figuresOf(t: Translate, format: Format, { points, amount }: Event): string {
  const signed = (figure: string, value: number) => (value > 0 ? `+${figure}` : figure);
  const figures = [
    points === 0 ? '' : t('organisation.events.pointsOf', { points: signed(format.count(points), points) }),
    amount === 0 ? '' : signed(format.money(amount), amount),
  ];
  return figures.filter((figure) => figure !== '').join(' · ');
}
