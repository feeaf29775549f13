import { App, Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, DateTimeText, Facts, Loaded, Section } from '#renderer/ui/index.ts';
import { useSayWhy } from '../handshakes/say-why.ts';
import { HandshakeDrawer, HandshakeFacts } from '../handshakes/HandshakeDrawer.tsx';
import { PeopleFacts } from '../handshakes/people.tsx';
import { RefuseDialog, WithdrawDialog } from './dialogs.tsx';

type Sheet = OutputOf<'referrals.get'>;

/** One referral: what it is about, and accept, refuse or withdraw. */
export function ReferralDrawer({ id, onClose }: Readonly<{ id: string; onClose: () => void }>) {
  const t = useText();
  const query = useQueryOperation('referrals.get', { id });
  const title = query.data ? t('referrals.sheet', { number: query.data.number }) : '';
  return (
    <HandshakeDrawer title={title} onClose={onClose} actions={query.data && <Actions sheet={query.data} />}>
      <Loaded query={query}>
        {(sheet) => (
          <>
            <HandshakeFacts sheet={sheet} />
            <PeopleFacts {...sheet.content} />
            <WorkFacts sheet={sheet} />
          </>
        )}
      </Loaded>
    </HandshakeDrawer>
  );
}

function WorkFacts({ sheet }: Readonly<{ sheet: Sheet }>) {
  const t = useText();
  const { order, reason } = sheet.content;
  return (
    <Section title={t('workOrders.job')}>
      <Facts
        columns={2}
        labelWidth={104}
        facts={[
          { label: t('fields.symptom'), value: <strong>{order.symptom}</strong> },
          { label: t('referrals.reason'), value: reason },
          { label: t('fields.warrantyClass'), value: t(`workOrderCodes.warrantyClass.${order.warrantyClass}`) },
          { label: t('fields.promisedAt'), value: order.promisedAt && <DateTimeText value={order.promisedAt} /> },
          { label: t('fields.accessories'), value: order.accessories },
          { label: t('fields.visitAddress'), value: order.visitAddress },
          { label: t('referrals.askersOrder'), value: order.number },
        ]}
      />
    </Section>
  );
}

function Actions({ sheet }: Readonly<{ sheet: Sheet }>) {
  const t = useText();
  const may = useMay();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const sayWhy = useSayWhy();
  const accept = useOperation('referrals.accept');
  const [open, setOpen] = useState<'refuse' | 'withdraw'>();
  const mayAnswer = may('dispatch.assign') && sheet.state === 'waiting';
  const ownOrder = sheet.isOurs ? sheet.workOrderId : sheet.answer?.workOrderId;
  const close = () => setOpen(undefined);
  const onAccepted = ({ number }: OutputOf<'referrals.accept'>) =>
    void message.success(t('referrals.accepted', { number }));
  return (
    <>
      {ownOrder && (
        <Button onClick={() => void navigate(`/work-orders/${ownOrder}`)}>{t('handshakes.openOrder')}</Button>
      )}
      {mayAnswer && sheet.isForUs && (
        <>
          <ActionButton hotkey="Alt+R" onClick={() => setOpen('refuse')}>
            {t('handshakes.refuse')}
          </ActionButton>
          <ActionButton
            type="primary"
            hotkey="Ctrl+Enter"
            loading={accept.isPending}
            onClick={() => accept.mutate({ id: sheet.id }, { onSuccess: onAccepted, onError: sayWhy })}
          >
            {t('handshakes.accept')}
          </ActionButton>
        </>
      )}
      {mayAnswer && sheet.isOurs && (
        <ActionButton hotkey="Alt+R" onClick={() => setOpen('withdraw')}>
          {t('handshakes.withdraw')}
        </ActionButton>
      )}
      {open === 'refuse' && <RefuseDialog request={sheet} onClose={close} />}
      {open === 'withdraw' && <WithdrawDialog request={sheet} onClose={close} />}
    </>
  );
}
