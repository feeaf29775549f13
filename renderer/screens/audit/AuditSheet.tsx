import { Alert, App, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { canBeAudited } from '#domain/work-orders/states.ts';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  ErrorNotice,
  Facts,
  Loaded,
  MoneyText,
  Section,
  StateTag,
  ToneTag,
  useFormat,
} from '#renderer/ui/index.ts';
import { kindText } from '../work-orders/codes.ts';
import { LabourLines, MaterialLines, PayLines, TechnicianShares } from './lines.tsx';

export type Sheet = OutputOf<'audit.sheet'>;
export type AuditedWork = OutputOf<'audit.approve'>;

type Props = Readonly<{ orderId: string; onApproved: (done: AuditedWork) => void }>;

export function AuditSheet({ orderId, onApproved }: Props) {
  const sheet = useQueryOperation('audit.sheet', { id: orderId });
  return (
    <Loaded query={sheet}>
      {(data) => (
        <>
          <div className="mw-split-scroll">
            <Head sheet={data} />
            <Work sheet={data} />
          </div>
          {canBeAudited(data.order.state) && <Approval sheet={data} onApproved={onApproved} />}
        </>
      )}
    </Loaded>
  );
}

function Head({ sheet: { order } }: Readonly<{ sheet: Sheet }>) {
  const t = useText();
  const format = useFormat();
  const device = [order.category, order.brand, order.model, order.serial].filter((word) => word !== '').join(' ');
  const facts = [
    { label: t('fields.customer'), value: [order.customerName, order.customerPhone].filter(Boolean).join(' ') },
    { label: t('fields.device'), value: device },
    { label: t('fields.symptom'), value: order.symptom },
    { label: t('fields.fault'), value: order.fault },
    { label: t('fields.cause'), value: order.cause },
    { label: t('fields.action'), value: order.action },
  ];
  const audited = [
    { label: t('audit.auditedOn'), value: order.auditedOn },
    { label: t('audit.auditedBy'), value: order.auditedByName },
    { label: t('audit.note'), value: order.auditNote },
  ];
  return (
    <Section
      title={
        <span className="mw-audit-title">
          <Link to={`/work-orders/${order.id}`}>{order.number}</Link>
          <StateTag state={order.state} />
          <ToneTag tone="neutral">{t(`workOrderCodes.mode.${order.mode}`)}</ToneTag>
          <ToneTag tone="neutral">{kindText(t, order.kind)}</ToneTag>
          <ToneTag tone={order.warrantyClass === 'out' ? 'neutral' : 'special'}>
            {t(`workOrderCodes.warrantyClass.${order.warrantyClass}`)}
          </ToneTag>
        </span>
      }
      actions={
        <span className="mw-soft">
          {order.completedAt !== null && t('audit.completed', { at: format.dateTime(order.completedAt) })}
        </span>
      }
    >
      <Facts facts={order.auditedOn === null ? facts : [...facts, ...audited]} />
    </Section>
  );
}

function Work({ sheet }: Readonly<{ sheet: Sheet }>) {
  const t = useText();
  const format = useFormat();
  const { charges, pay, sharesSumBp, order } = sheet;
  const commission = pay.reduce((sum, entry) => sum + entry.amount, 0);
  return (
    <>
      <div className="mw-audit-columns">
        <Section title={t('audit.labour')}>
          <LabourLines lines={sheet.labour} />
        </Section>
        <Section title={t('audit.technicians')}>
          <TechnicianShares technicians={sheet.technicians} />
        </Section>
      </div>
      <Section
        title={t('audit.material')}
        actions={
          <span>
            {t('audit.customerPays')} <MoneyText value={charges.total} />
          </span>
        }
      >
        <MaterialLines lines={sheet.parts} />
      </Section>
      <Section
        title={order.auditedOn === null ? t('audit.pay') : t('audit.payMade')}
        actions={<MoneyText value={commission} />}
      >
        {sharesSumBp === null ? (
          <PayLines pay={pay} />
        ) : (
          <Alert type="error" showIcon title={t('audit.sharesWrong', { sum: format.percent(sharesSumBp) })} />
        )}
      </Section>
    </>
  );
}

function Approval({ sheet, onApproved }: Readonly<{ sheet: Sheet; onApproved: (done: AuditedWork) => void }>) {
  const t = useText();
  const format = useFormat();
  const { message } = App.useApp();
  const [note, setNote] = useState('');
  const operation = useOperation('audit.approve');
  const { id, version } = sheet.order;

  function approve(): void {
    operation.mutate(
      { id, version, note },
      {
        onSuccess: (done) => {
          const { number, commission } = done;
          void message.success(t('audit.approved', { number, commission: format.money(commission) }));
          onApproved(done);
        },
      },
    );
  }

  return (
    <div>
      <ErrorNotice error={operation.error} />
      <div className="mw-split-foot">
        <Input
          aria-label={t('audit.note')}
          placeholder={t('audit.note')}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <ActionButton
          type="primary"
          hotkey="Ctrl+Enter"
          loading={operation.isPending}
          disabled={sheet.sharesSumBp !== null}
          onClick={approve}
        >
          {t('audit.approve')}
        </ActionButton>
      </div>
    </div>
  );
}
