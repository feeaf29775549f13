import { App, Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, DateText, Facts, Loaded, Section } from '#renderer/ui/index.ts';
import { useSayWhy } from '../handshakes/say-why.ts';
import { HandshakeDrawer, HandshakeFacts } from '../handshakes/HandshakeDrawer.tsx';
import { PeopleFacts } from '../handshakes/people.tsx';
import { ReasonDialog } from '../handshakes/ReasonDialog.tsx';

type Sheet = OutputOf<'sales.get'>;
type Props = Readonly<{ id: string; onClose: () => void; onSendElsewhere: (id: string) => void }>;

/** One reported sale: what is wanted where, and accept, refuse, withdraw, or ask somebody else. */
export function SaleDrawer({ id, onClose, onSendElsewhere }: Props) {
  const t = useText();
  const query = useQueryOperation('sales.get', { id });
  const title = query.data ? t('sales.sheet', { number: query.data.number }) : '';
  return (
    <HandshakeDrawer
      title={title}
      onClose={onClose}
      actions={query.data && <Actions sheet={query.data} onSendElsewhere={onSendElsewhere} />}
    >
      <Loaded query={query}>
        {(sheet) => (
          <>
            <HandshakeFacts sheet={sheet} />
            <SaleFacts sheet={sheet} />
            <PeopleFacts {...sheet.content} />
          </>
        )}
      </Loaded>
    </HandshakeDrawer>
  );
}

function SaleFacts({ sheet: { content } }: Readonly<{ sheet: Sheet }>) {
  const t = useText();
  return (
    <Section title={t('sales.sale')}>
      <Facts
        columns={2}
        labelWidth={104}
        facts={[
          { label: t('sales.wants'), value: <strong>{t(`workOrderCodes.kind.${content.wants}`)}</strong> },
          { label: t('sales.wishedOn'), value: <DateText value={content.wishedOn} /> },
          { label: t('sales.address'), value: content.address },
          { label: t('sales.store'), value: content.store },
          { label: t('sales.soldOn'), value: <DateText value={content.soldOn} /> },
          { label: t('sales.invoice'), value: content.invoice },
          ...(content.replaces === '' ? [] : [{ label: t('sales.replaces'), value: content.replaces }]),
        ]}
      />
    </Section>
  );
}

type ActionsProps = Readonly<{ sheet: Sheet; onSendElsewhere: (id: string) => void }>;

function Actions({ sheet, onSendElsewhere }: ActionsProps) {
  const t = useText();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const sayWhy = useSayWhy();
  const accept = useOperation('sales.accept');
  const [open, setOpen] = useState<'refuse' | 'withdraw'>();
  const isWaiting = sheet.state === 'waiting';
  const ownOrder = sheet.isForUs ? sheet.answer?.workOrderId : null;
  const close = () => setOpen(undefined);
  const onAccepted = ({ number }: OutputOf<'sales.accept'>) => void message.success(t('sales.accepted', { number }));
  return (
    <>
      {ownOrder && (
        <Button onClick={() => void navigate(`/work-orders/${ownOrder}`)}>{t('handshakes.openOrder')}</Button>
      )}
      {isWaiting && sheet.isForUs && (
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
      {isWaiting && sheet.isOurs && (
        <ActionButton hotkey="Alt+R" onClick={() => setOpen('withdraw')}>
          {t('handshakes.withdraw')}
        </ActionButton>
      )}
      {sheet.state === 'refused' && sheet.isOurs && (
        <ActionButton type="primary" hotkey="Ctrl+Enter" onClick={() => onSendElsewhere(sheet.id)}>
          {t('sales.sendElsewhere')}
        </ActionButton>
      )}
      {open === 'refuse' && <Refusal sheet={sheet} onClose={close} />}
      {open === 'withdraw' && <Withdrawal sheet={sheet} onClose={close} />}
    </>
  );
}

type DialogProps = Readonly<{ sheet: Sheet; onClose: () => void }>;

function Refusal({ sheet: { id, number }, onClose }: DialogProps) {
  const t = useText();
  const operation = useOperation('sales.refuse');
  return (
    <ReasonDialog
      title={`${t('handshakes.refuse')} · ${number}`}
      submitText={t('handshakes.refuse')}
      operation={operation}
      onSubmit={(reason) => operation.mutate({ id, reason }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

function Withdrawal({ sheet: { id, number, version }, onClose }: DialogProps) {
  const t = useText();
  const operation = useOperation('sales.withdraw');
  return (
    <ReasonDialog
      title={`${t('handshakes.withdraw')} · ${number}`}
      submitText={t('handshakes.withdraw')}
      operation={operation}
      onSubmit={(reason) => operation.mutate({ id, version, reason }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
