import { Button, Form, Input } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { onNotApproved, type OperationFailed } from '#renderer/api/client.ts';
import { askForPc, pcState, type PcState } from '#renderer/api/pc.ts';
import { useText } from '#renderer/text/react.ts';
import { ErrorNotice, Loading } from '#renderer/ui/index.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { Logo } from './Logo.tsx';
import './pc-gate.css';

/** ms between two looks whether this PC has been approved. */
const LOOK_EVERY = 2000;

/** Another PC of the station waits here until it is approved; then it goes on by itself. */
export function PcGate({ children }: Readonly<{ children: ReactNode }>) {
  const t = useText();
  const [pc, setPc] = useState<PcState>();
  const look = () => void pcState().then(setPc);
  useEffect(() => {
    look();
    return onNotApproved(look); // its permission has been taken away
  }, []);
  const isWaiting = pc?.state === 'waiting';
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(look, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [isWaiting]);

  if (pc === undefined) return <Loading text={t('app.connecting')} />;
  if (pc.state === 'approved') return children;
  return (
    <main className="mw-door">
      <div className="mw-door-language">
        <LanguageSwitch />
      </div>
      <div className="mw-door-card">
        <Logo />
        {pc.state === 'waiting' ? <Waiting name={pc.name} code={pc.code} /> : <Ask last={pc} onAsked={look} />}
      </div>
    </main>
  );
}

function Waiting({ name, code }: Readonly<{ name: string; code: string }>) {
  const t = useText();
  return (
    <section aria-live="polite">
      <h1 className="mw-pc-title">{t('pc.waitingTitle')}</h1>
      <p className="mw-pc-code">{`${code.slice(0, 3)} ${code.slice(3)}`}</p>
      <p className="mw-soft">{t('pc.waitingText', { name })}</p>
    </section>
  );
}

function Ask({ last, onAsked }: Readonly<{ last: PcState; onAsked: () => void }>) {
  const t = useText();
  const [error, setError] = useState<OperationFailed | null>(null);
  const [isPending, setIsPending] = useState(false);
  const wasRefused = last.state === 'refused';

  function ask({ name }: { name: string }): void {
    setIsPending(true);
    setError(null);
    askForPc(name)
      .then(onAsked, setError)
      .finally(() => setIsPending(false));
  }

  return (
    <section>
      <h1 className="mw-pc-title">{wasRefused ? t('pc.refusedTitle') : t('pc.title')}</h1>
      <p className="mw-soft">{wasRefused ? t('pc.refusedText') : t('pc.text')}</p>
      <Form<{ name: string }>
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: 'name' in last ? last.name : '' }}
        onFinish={ask}
      >
        <Form.Item
          name="name"
          label={t('pc.name')}
          rules={[{ required: true, whitespace: true, message: t('common.required') }]}
        >
          <Input size="large" maxLength={60} autoFocus placeholder={t('pc.namePlaceholder')} />
        </Form.Item>
        <ErrorNotice error={error} />
        <Button className="mw-door-button" type="primary" size="large" htmlType="submit" block loading={isPending}>
          {t('pc.ask')}
        </Button>
      </Form>
    </section>
  );
}
