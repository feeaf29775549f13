import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloudSyncOutlined,
  DisconnectOutlined,
  ExclamationCircleOutlined,
  StopOutlined,
} from '@ant-design/icons';
import { fingerprintGroups } from '#domain/sync/enrolment-code.ts';
import { WRONG_CLOCK } from '#domain/sync/link-state.ts';
import type { ReactNode } from 'react';
import { useSession } from '#renderer/app/session.tsx';
import { durationText } from '#renderer/text/duration.ts';
import { useText } from '#renderer/text/react.ts';
import { DateTimeText, type Fact, Facts, TONES, ToneTag, useFormat } from '#renderer/ui/index.ts';
import { explanation, type LinkedStatus, pendingText, pictureOf, type SyncStatus, toneOf } from './words.ts';

export const STATE_ICONS: Readonly<Record<ReturnType<typeof pictureOf>, ReactNode>> = {
  refused: <ExclamationCircleOutlined />,
  alone: <CheckCircleOutlined />,
  ok: <CheckCircleOutlined />,
  never: <ClockCircleOutlined />,
  waiting: <CloudSyncOutlined />,
  offline: <DisconnectOutlined />,
  stopped: <StopOutlined />,
};

/** The state in one sentence, what it means, and the facts behind it. */
export function StatusCard({ status }: Readonly<{ status: SyncStatus }>) {
  const t = useText();
  const format = useFormat();
  const { head, text } = explanation(t, format, status);
  const { ink } = TONES[toneOf(status)];
  return (
    <div className="mw-sync-card">
      <div className="mw-sync-head" role="status">
        <span className="mw-sync-icon" style={{ color: ink }}>
          {STATE_ICONS[pictureOf(status)]}
        </span>
        <div>
          <div className="mw-sync-title">{head}</div>
          <div className="mw-sync-text">{text}</div>
        </div>
      </div>
      {status.state !== 'alone' && <StatusFacts status={status} />}
    </div>
  );
}

function StatusFacts({ status }: Readonly<{ status: LinkedStatus }>) {
  const t = useText();
  const { station } = useSession();
  const facts: Fact[] = [
    { label: t('sync.facts.lastSuccess'), value: <DateTimeText value={status.lastSuccessAt} /> },
    { label: t('sync.facts.unit'), value: `${station.code} · ${station.name}` },
    { label: t('sync.facts.pending'), value: pendingText(t, status) },
    { label: t('sync.facts.server'), value: status.serverAddress },
    {
      label: t('sync.facts.refused'),
      value: status.refused > 0 ? <ToneTag tone="bad">{status.refused}</ToneTag> : '0',
    },
    { label: t('sync.facts.fingerprint'), value: <Fingerprint value={status.fingerprint} /> },
  ];
  if (Math.abs(status.clockOffset) > WRONG_CLOCK)
    facts.push({ label: t('sync.facts.clock'), value: <Clock offset={status.clockOffset} /> });
  return <Facts facts={facts} columns={2} labelWidth={120} />;
}

function Fingerprint({ value }: Readonly<{ value: string | null }>) {
  const t = useText();
  if (value === null) return t('sync.facts.publicCertificate');
  return <span className="mw-sync-fingerprint">{fingerprintGroups(value).join(' ')}</span>;
}

function Clock({ offset }: Readonly<{ offset: number }>) {
  const t = useText();
  const duration = durationText(t, Math.abs(offset));
  const key = offset > 0 ? 'sync.facts.clockBehind' : 'sync.facts.clockAhead';
  return <ToneTag tone="waiting">{t(key, { duration })}</ToneTag>;
}
