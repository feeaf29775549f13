import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import type { OutputOf } from '#operations/index.ts';
import { useText } from '#renderer/text/react.ts';
import { DateText, DateTimeText, type Fact, Facts, Section } from '#renderer/ui/index.ts';
import { DrawerKeys } from '../stock/DrawerKeys.tsx';
import { StandingTag } from './standing.tsx';

export type HandshakeSheet = Omit<OutputOf<'referrals.get'>, 'content'>;

type Props = Readonly<{
  title: string;
  /** Pixels wide. */
  size?: number;
  onClose: () => void;
  /** What is to be done about it. */
  actions?: ReactNode;
  children: ReactNode;
}>;

/** One request with all that was told, and what can be done about it. */
export function HandshakeDrawer({ title, size = 760, onClose, actions, children }: Props) {
  return (
    <>
      {/* Before the drawer: the keys of its actions lie above the barrier, also when they are there at once. */}
      <DrawerKeys onClose={onClose} />
      <Drawer
        open
        size={size}
        onClose={onClose}
        title={title}
        keyboard={false}
        extra={<div className="mw-page-actions">{actions}</div>}
      >
        {children}
      </Drawer>
    </>
  );
}

/** Who asked whom, when, and what came of it. */
export function HandshakeFacts({ sheet }: Readonly<{ sheet: HandshakeSheet }>) {
  const t = useText();
  const { answer } = sheet;
  const facts: Fact[] = [
    { label: t('handshakes.state'), value: <StandingTag {...sheet} /> },
    { label: t('handshakes.requestedOn'), value: <DateText value={sheet.requestedOn} /> },
    { label: t('handshakes.from'), value: `${sheet.unit} · ${sheet.employeeName}` },
    { label: t('handshakes.to'), value: answer ? `${sheet.toUnit} · ${answer.employeeName}` : sheet.toUnit },
    { label: t('stock.note'), value: sheet.note },
  ];
  if (sheet.withdrawnAt !== null)
    facts.push({ label: t('handshakes.withdrawn'), value: <DateTimeText value={sheet.withdrawnAt} /> });
  const reason = answer?.reason || sheet.withdrawnReason;
  if (reason) facts.push({ label: t('handshakes.reason'), value: reason });
  if (answer) facts.push({ label: t('handshakes.answeredOn'), value: <DateText value={answer.answeredOn} /> });
  if (answer?.workOrderNumber) {
    const label = t(sheet.isForUs ? 'handshakes.ourWorkOrder' : 'handshakes.workOrder');
    facts.push({ label, value: answer.workOrderNumber });
  }
  if (answer?.outcomeNote) facts.push({ label: t('handshakes.outcomeNote'), value: answer.outcomeNote });
  return (
    <Section title={t('handshakes.standing')}>
      <Facts columns={2} labelWidth={104} facts={facts} />
      {sheet.isWithdrawnTooLate && <p className="mw-negative">{t('handshakes.withdrawnTooLate')}</p>}
    </Section>
  );
}
