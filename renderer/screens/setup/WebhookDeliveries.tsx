import { App } from 'antd';
import { useState } from 'react';
import { WEBHOOK_EVENTS } from '#domain/webhooks.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DataGrid,
  DateTimeText,
  Dialog,
  EmptyState,
  errorText,
  Facts,
  type GridColumn,
  type Tone,
  ToneTag,
  useFormat,
} from '#renderer/ui/index.ts';
import { type Delivery, eventText, failureText } from './webhook.ts';

const STATES = ['waiting', 'delivered', 'given-up'] as const;
const STATE_TONES: Readonly<Record<Delivery['state'], Tone>> = {
  waiting: 'waiting',
  delivered: 'good',
  'given-up': 'bad',
};
const LOOK_EVERY = 5000;

/** Every message, by state: what waits, what arrived, and what was given up and can be sent again. */
export function WebhookDeliveries() {
  const t = useText();
  const [opened, setOpened] = useState<Delivery>();
  const columns: readonly GridColumn<Delivery>[] = [
    { key: 'createdAt', title: t('setup.columns.at'), type: 'instant', width: 150 },
    {
      key: 'event',
      title: t('setup.webhooks.columns.event'),
      type: 'choice',
      width: 150,
      choices: [...WEBHOOK_EVENTS, 'test'].map((value) => ({ value, label: eventText(t, value) })),
      render: ({ event }) => eventText(t, event),
    },
    { key: 'url', title: t('setup.webhooks.columns.url'), grows: true },
    {
      key: 'state',
      title: t('setup.webhooks.columns.state'),
      type: 'choice',
      width: 110,
      choices: STATES.map((value) => ({ value, label: t(`setup.webhooks.states.${value}`) })),
      render: ({ state }) => <State state={state} />,
    },
    { key: 'attempts', title: t('setup.webhooks.columns.attempts'), type: 'count', width: 96 },
    { key: 'nextAt', title: t('setup.webhooks.columns.nextAt'), type: 'instant', width: 150 },
    {
      key: 'lastError',
      title: t('setup.webhooks.columns.lastError'),
      width: 224,
      isFilterable: false,
      render: ({ lastError }) => failureText(t, lastError),
    },
  ];
  return (
    <>
      <DataGrid
        operation="webhooks.deliveries"
        columns={columns}
        rowKey="id"
        onOpen={setOpened}
        refetchInterval={LOOK_EVERY}
        empty={<EmptyState text={t('setup.webhooks.noDeliveries')} />}
      />
      {opened && <DeliveryDialog delivery={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}

function State({ state }: Pick<Delivery, 'state'>) {
  const t = useText();
  return <ToneTag tone={STATE_TONES[state]}>{t(`setup.webhooks.states.${state}`)}</ToneTag>;
}

function DeliveryDialog({ delivery, onClose }: Readonly<{ delivery: Delivery; onClose: () => void }>) {
  const t = useText();
  const { message } = App.useApp();
  const format = useFormat();
  const operation = useOperation('webhooks.redeliver');
  const { id, url, event, state, attempts, createdAt, deliveredAt, lastError, payload, isActive } = delivery;
  const sendAgain = () =>
    operation.mutate(
      { id },
      {
        onSuccess: () => {
          void message.success(t('setup.webhooks.resent'));
          onClose();
        },
        onError: (error) => void message.error(errorText(t, format, error)),
      },
    );
  return (
    <Dialog isOpen width={720} title={eventText(t, event)} onClose={onClose}>
      <Facts
        columns={2}
        labelWidth={110}
        facts={[
          { label: t('setup.webhooks.columns.url'), value: url },
          { label: t('setup.webhooks.columns.state'), value: <State state={state} /> },
          { label: t('setup.columns.at'), value: <DateTimeText value={createdAt} /> },
          { label: t('setup.webhooks.columns.lastDeliveredAt'), value: <DateTimeText value={deliveredAt} /> },
          { label: t('setup.webhooks.columns.attempts'), value: format.count(attempts) },
          { label: t('setup.webhooks.columns.lastError'), value: failureText(t, lastError) },
        ]}
      />
      <pre className="mw-setup-payload">{JSON.stringify(JSON.parse(payload), null, 2)}</pre>
      <div className="mw-form-buttons">
        {isActive && (
          <ActionButton type="primary" hotkey="Ctrl+Enter" loading={operation.isPending} onClick={sendAgain}>
            {t('setup.webhooks.resend')}
          </ActionButton>
        )}
        <ActionButton onClick={onClose}>{t('common.close')}</ActionButton>
      </div>
    </Dialog>
  );
}
