import { Button, Form, type InputRef, Space } from 'antd';
import { useEffect, useRef } from 'react';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ErrorNotice, useHotkeyBarrier } from '#renderer/ui/index.ts';
import { Logo } from './Logo.tsx';
import { PasswordInput } from './PasswordInput.tsx';
import { type LockReason, useSession, useSessionActions } from './session.tsx';

/**
 * Covers everything until the same person gives the password again. A native modal dialog, since it alone makes all
 * the rest of the page inert, open menus and messages included, without unmounting a half-filled form.
 */
export function LockScreen({ reason }: Readonly<{ reason: LockReason }>) {
  const dialog = useRef<HTMLDialogElement>(null);
  useHotkeyBarrier(true);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="mw-lock"
      onCancel={(event) => event.preventDefault()}
      // Browsers let a second Escape through.
      onClose={() => dialog.current?.showModal()}
    >
      <div className="mw-door-card">
        <Logo />
        <Unlock reason={reason} />
      </div>
    </dialog>
  );
}

function Unlock({ reason }: Readonly<{ reason: LockReason }>) {
  const t = useText();
  const { actor } = useSession();
  const { enter, leave } = useSessionActions();
  const signIn = useOperation('session.signIn');
  const password = useRef<InputRef>(null);

  function submit(typed: { password: string }): void {
    signIn.mutate(
      { number: actor.number, password: typed.password },
      { onSuccess: enter, onError: () => password.current?.focus({ cursor: 'all' }) },
    );
  }

  return (
    <Form layout="vertical" requiredMark={false} onFinish={submit}>
      <p>
        {reason === 'locked'
          ? t('session.lockedText', { name: actor.name, number: actor.number })
          : t('session.expiredText')}
      </p>
      {/* For password managers, which look for the name beside the password. */}
      <input type="text" autoComplete="username" value={actor.number} readOnly hidden />
      <Form.Item
        name="password"
        label={t('session.password')}
        rules={[{ required: true, message: t('common.required') }]}
      >
        <PasswordInput ref={password} size="large" autoComplete="current-password" autoFocus />
      </Form.Item>
      <ErrorNotice error={signIn.error} />
      <Space className="mw-lock-buttons" size="middle">
        <Button type="primary" size="large" htmlType="submit" loading={signIn.isPending}>
          {t('session.unlock')}
        </Button>
        <Button type="link" onClick={leave} title={t('session.anotherPersonWarning')}>
          {t('session.anotherPerson')}
        </Button>
      </Space>
      <small className="mw-soft">{t('session.anotherPersonWarning')}</small>
    </Form>
  );
}
