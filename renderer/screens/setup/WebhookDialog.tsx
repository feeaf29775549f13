import { App, Checkbox, Form, Input } from 'antd';
import { WEBHOOK_EVENTS } from '#domain/webhooks.ts';
import type { InputOf } from '#operations/index.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, ConfirmButton, Dialog, EntryForm, errorText, useFormat } from '#renderer/ui/index.ts';
import { eventText, type Webhook } from './webhook.ts';

type Values = Pick<InputOf<'webhooks.save'>, 'fields'>;

type Props = Readonly<{
  /** Null: a new one. */
  webhook: Webhook | null;
  /** Told of one that needs a secret: it is new, or was asked for another. */
  onNeedsSecret: (webhook: Pick<Webhook, 'id' | 'version' | 'url'>) => void;
  onClose: () => void;
}>;

/** Where to, and of what another system is told. */
export function WebhookDialog({ webhook, onNeedsSecret, onClose }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('webhooks.save');
  const existing = webhook && { id: webhook.id, version: webhook.version };

  function save({ fields }: Values): void {
    operation.mutate(
      { existing, fields },
      {
        onSuccess: ({ id, version }) => {
          void message.success(t('setup.webhooks.saved'));
          onClose();
          if (!webhook) onNeedsSecret({ id, version, url: fields.url });
        },
      },
    );
  }

  return (
    <Dialog isOpen width={620} title={webhook ? t('setup.webhooks.edit') : t('setup.webhooks.add')} onClose={onClose}>
      {webhook && !webhook.isActive && <p className="mw-soft">{t('setup.webhooks.inactiveText')}</p>}
      <EntryForm
        form={form}
        initialValues={{
          fields: { url: webhook?.url ?? 'https://', events: [...(webhook?.events ?? WEBHOOK_EVENTS)] },
        }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={save}
        footer={webhook?.isActive && <Actions webhook={webhook} onNeedsSecret={onNeedsSecret} onClose={onClose} />}
      >
        <Form.Item name={['fields', 'url']} label={t('setup.webhooks.columns.url')} extra={t('setup.webhooks.urlHint')}>
          <Input autoFocus maxLength={500} autoComplete="off" inputMode="url" />
        </Form.Item>
        <Form.Item name={['fields', 'events']} label={t('setup.webhooks.columns.events')}>
          <Checkbox.Group className="mw-setup-roles">
            {WEBHOOK_EVENTS.map((event) => (
              <Checkbox key={event} value={event}>
                {eventText(t, event)} <span className="mw-soft">{event}</span>
              </Checkbox>
            ))}
          </Checkbox.Group>
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}

type ActionProps = Readonly<{ webhook: Webhook }> & Pick<Props, 'onNeedsSecret' | 'onClose'>;

function Actions({ webhook, onNeedsSecret, onClose }: ActionProps) {
  const t = useText();
  const { message } = App.useApp();
  const format = useFormat();
  const [test, remove] = [useOperation('webhooks.test'), useOperation('webhooks.remove')];
  const { id, version } = webhook;
  const told = (text: string) => ({
    onSuccess: () => {
      void message.success(text);
      onClose();
    },
    onError: (error: Parameters<typeof errorText>[2]) => void message.error(errorText(t, format, error)),
  });
  const askSecret = () => {
    onClose();
    onNeedsSecret(webhook);
  };
  return (
    <span className="mw-setup-tags">
      <ActionButton onClick={() => test.mutate({ id }, told(t('setup.webhooks.testSent')))}>
        {t('setup.webhooks.test')}
      </ActionButton>
      <ConfirmButton
        question={t('setup.webhooks.newSecretQuestion')}
        consequence={t('setup.webhooks.newSecretText')}
        confirmText={t('setup.webhooks.newSecret')}
        onClick={askSecret}
      >
        {t('setup.webhooks.newSecret')}
      </ConfirmButton>
      <ConfirmButton
        danger
        question={t('setup.webhooks.removeQuestion')}
        consequence={t('setup.webhooks.removeText')}
        confirmText={t('setup.webhooks.remove')}
        onClick={() => remove.mutate({ id, version }, told(t('setup.webhooks.removed')))}
      >
        {t('setup.webhooks.remove')}
      </ConfirmButton>
    </span>
  );
}
