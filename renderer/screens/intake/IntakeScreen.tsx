import { Button, Form } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { OutputOf } from '#operations/index.ts';
import { useText } from '#renderer/text/react.ts';
import { Page, ShortcutHint, useAskIfUnsaved } from '#renderer/ui/index.ts';
import { IntakeForm } from './IntakeForm.tsx';
import { Registered } from './Registered.tsx';
import type { Values } from './values.ts';
import './intake.css';

/** The front desk's screen: one intake after the other without touching the mouse. `?customer=…` comes from elsewhere. */
export function IntakeScreen() {
  const t = useText();
  const [form] = Form.useForm<Values>();
  const [address, setAddress] = useSearchParams();
  const [round, setRound] = useState(0);
  const [isPending, setPending] = useState(false);
  const [registered, setRegistered] = useState<OutputOf<'workOrders.registerIntake'>>();
  const customerId = address.get('customer');
  const ask = useAskIfUnsaved();

  function startAnew(): void {
    form.resetFields();
    setRound(round + 1);
    if (customerId !== null) setAddress({}, { replace: true });
  }

  return (
    <Page
      title={t('intake.title')}
      isBusy={isPending}
      actions={
        <>
          <Button onClick={() => ask(startAnew)}>{t('intake.clear')}</Button>
          <Button type="primary" loading={isPending} onClick={() => form.submit()}>
            {t('intake.save')}
            <ShortcutHint hotkey="Ctrl+Enter" />
          </Button>
        </>
      }
    >
      {registered && <Registered order={registered} />}
      <IntakeForm
        key={round}
        form={form}
        customerId={customerId}
        onPending={setPending}
        onRegistered={(order) => {
          setRegistered(order);
          startAnew();
        }}
      />
    </Page>
  );
}
