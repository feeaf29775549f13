import { Typography } from 'antd';
import { useEffect } from 'react';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Dialog, ErrorNotice, Facts, Loading } from '#renderer/ui/index.ts';
import type { Webhook } from './webhook.ts';

type Props = Readonly<{ webhook: Pick<Webhook, 'id' | 'version' | 'url'>; onClose: () => void }>;

/** Makes a secret and shows it, this once. */
export function WebhookSecretDialog({ webhook, onClose }: Props) {
  const t = useText();
  const { id, version, url } = webhook;
  const { mutate, data, error } = useOperation('webhooks.newSecret');
  // Once for each showing: asked again, the version is another one, and it is refused.
  useEffect(() => mutate({ id, version }), [id, version]);
  return (
    <Dialog isOpen width={560} title={t('setup.webhooks.secretTitle')} onClose={onClose}>
      <p>{t('setup.webhooks.secretText')}</p>
      {error && <ErrorNotice error={error} />}
      {!data && !error && <Loading />}
      {data && (
        <Facts
          columns={1}
          labelWidth={90}
          facts={[
            { label: t('setup.webhooks.columns.url'), value: url },
            {
              label: t('setup.webhooks.secret'),
              value: (
                <Typography.Text code copyable>
                  {data.secret}
                </Typography.Text>
              ),
            },
          ]}
        />
      )}
      <div className="mw-form-buttons">
        <ActionButton type="primary" hotkey="Ctrl+Enter" onClick={onClose}>
          {t('common.close')}
        </ActionButton>
      </div>
    </Dialog>
  );
}
