import { Typography } from 'antd';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Dialog, Facts } from '#renderer/ui/index.ts';

export type ShownSecret = Readonly<{ url: string; secret: string }>;

/** Shows a secret, this once. */
export function WebhookSecretDialog({ shown, onClose }: Readonly<{ shown: ShownSecret; onClose: () => void }>) {
  const t = useText();
  const secret = (
    <Typography.Text code copyable>
      {shown.secret}
    </Typography.Text>
  );
  return (
    <Dialog isOpen width={560} title={t('setup.webhooks.secretTitle')} onClose={onClose}>
      <p>{t('setup.webhooks.secretText')}</p>
      <Facts
        columns={1}
        labelWidth={90}
        facts={[
          { label: t('setup.webhooks.columns.url'), value: shown.url },
          { label: t('setup.webhooks.secret'), value: secret },
        ]}
      />
      <div className="mw-form-buttons">
        <ActionButton type="primary" onClick={onClose}>
          {t('common.close')}
        </ActionButton>
      </div>
    </Dialog>
  );
}
