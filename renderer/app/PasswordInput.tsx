import { Input, type GetProps } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useText } from '#renderer/text/react.ts';

/** A password field that says when caps lock is on. */
export function PasswordInput(props: GetProps<typeof Input.Password>) {
  const t = useText();
  const [hasCapsLock, setCapsLock] = useState(false);
  const look = (event: KeyboardEvent): void => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <>
      <Input.Password {...props} maxLength={200} onKeyDown={look} onKeyUp={look} />
      {hasCapsLock && <div className="mw-caps">{t('session.capsLock')}</div>}
    </>
  );
}
