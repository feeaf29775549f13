import { Button, Form, Input } from 'antd';
import { useText } from '#renderer/text/react.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { ErrorNotice } from '#renderer/ui/index.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { Logo } from './Logo.tsx';
import { PasswordInput } from './PasswordInput.tsx';
import { useSessionActions } from './session.tsx';

const LAST_NUMBER = 'mendway.number';

type Credentials = { number: string; password: string };

export function SignInScreen() {
  const t = useText();
  const { enter } = useSessionActions();
  const signIn = useOperation('session.signIn');
  const lastNumber = localStorage.getItem(LAST_NUMBER) ?? '';
  const [form] = Form.useForm<Credentials>();

  function submit(credentials: Credentials): void {
    signIn.mutate(credentials, {
      onSuccess: (signedIn) => {
        localStorage.setItem(LAST_NUMBER, credentials.number);
        enter(signedIn);
      },
      onError: () => form.focusField('password'),
    });
  }

  return (
    <main className="mw-door">
      <div className="mw-door-language">
        <LanguageSwitch />
      </div>
      <div className="mw-door-card">
        <Logo />
        <Form<Credentials>
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ number: lastNumber, password: '' }}
          onFinish={submit}
        >
          <Form.Item
            name="number"
            label={t('session.number')}
            rules={[{ required: true, message: t('common.required') }]}
          >
            <Input size="large" autoComplete="username" autoFocus={lastNumber === ''} maxLength={40} />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('session.password')}
            rules={[{ required: true, message: t('common.required') }]}
          >
            <PasswordInput size="large" autoComplete="current-password" autoFocus={lastNumber !== ''} />
          </Form.Item>
          <ErrorNotice error={signIn.error} />
          <Button
            className="mw-door-button"
            type="primary"
            size="large"
            htmlType="submit"
            block
            loading={signIn.isPending}
          >
            {t('session.signIn')}
          </Button>
        </Form>
      </div>
    </main>
  );
}
