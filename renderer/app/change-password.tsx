import { App, Form } from 'antd';
import { useOperation } from '#renderer/api/hooks.ts';
import type { OperationFailed } from '#renderer/api/client.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, ErrorNotice, formErrors } from '#renderer/ui/index.ts';
import { Button, Space } from 'antd';
import { Logo } from './Logo.tsx';
import { PasswordInput } from './PasswordInput.tsx';
import { useSession, useSessionActions } from './session.tsx';

type Passwords = { current: string; next: string; repeated: string };

type FormProps = Readonly<{ onDone: () => void; onCancel: () => void; cancelText: string }>;

function PasswordForm({ onDone, onCancel, cancelText }: FormProps) {
  const t = useText();
  const { message } = App.useApp();
  const { actor } = useSession();
  const [form] = Form.useForm<Passwords>();
  const change = useOperation('session.changePassword');
  const required = { required: true, message: t('common.required') };

  function submit({ current, next }: Passwords): void {
    change.mutate(
      { current, next },
      {
        onSuccess: () => {
          void message.success(t('session.passwordChanged'));
          onDone();
        },
        onError: (error: OperationFailed) => formErrors(t, form, error),
      },
    );
  }

  return (
    <Form<Passwords> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
      <input type="text" autoComplete="username" value={actor.number} readOnly hidden />
      <Form.Item name="current" label={t('session.currentPassword')} rules={[required]}>
        <PasswordInput autoComplete="current-password" autoFocus />
      </Form.Item>
      <Form.Item name="next" label={t('session.newPassword')} extra={t('session.passwordRule')} rules={[required]}>
        <PasswordInput autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="repeated"
        label={t('session.repeatPassword')}
        dependencies={['next']}
        rules={[
          required,
          ({ getFieldValue }) => ({
            validator: async (_, repeated: string) => {
              if (repeated && repeated !== getFieldValue('next')) throw new Error(t('fieldRules.passwordsDiffer'));
            },
          }),
        ]}
      >
        <PasswordInput autoComplete="new-password" />
      </Form.Item>
      <ErrorNotice error={change.error} />
      <Space className="mw-form-buttons">
        <Button onClick={onCancel}>{cancelText}</Button>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('session.changePassword')}
        </Button>
      </Space>
    </Form>
  );
}

/** Before anything else, when someone else has set the password. */
export function ChangePasswordScreen() {
  const t = useText();
  const { passwordChanged, leave } = useSessionActions();
  return (
    <main className="mw-door">
      <div className="mw-door-card">
        <Logo />
        <p>{t('session.mustChangePassword')}</p>
        <PasswordForm onDone={passwordChanged} onCancel={leave} cancelText={t('session.signOut')} />
      </div>
    </main>
  );
}

export function ChangePasswordDialog({ isOpen, onClose }: Readonly<{ isOpen: boolean; onClose: () => void }>) {
  const t = useText();
  return (
    <Dialog isOpen={isOpen} title={t('session.changePassword')} onClose={onClose} width={400}>
      <PasswordForm onDone={onClose} onCancel={onClose} cancelText={t('common.cancel')} />
    </Dialog>
  );
}
