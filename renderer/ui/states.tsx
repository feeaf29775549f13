/** What is there when the thing itself is not (yet). */
import { DisconnectOutlined, InboxOutlined, LockOutlined, WarningOutlined } from '@ant-design/icons';
import { Button, Spin } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import type { Right } from '#domain/access/rights.ts';
import { useText } from '#renderer/text/react.ts';
import { asFailure, errorText } from './errors.tsx';
import { useFormat } from './station.tsx';

type StateProps = Readonly<{ icon: ReactNode; title: ReactNode; text?: ReactNode; action?: ReactNode; role?: string }>;

function State({ icon, title, text, action, role }: StateProps) {
  return (
    <div className="mw-state" role={role}>
      <div className="mw-state-icon">{icon}</div>
      <div className="mw-state-title">{title}</div>
      {text !== undefined && <div className="mw-state-text">{text}</div>}
      {action}
    </div>
  );
}

type EmptyProps = Readonly<{ title?: ReactNode; text?: ReactNode; action?: ReactNode; icon?: ReactNode }>;

export function EmptyState({ title, text, action, icon = <InboxOutlined /> }: EmptyProps) {
  const t = useText();
  return <State icon={icon} title={title ?? t('common.noRows')} text={text} action={action} />;
}

const APPEARS_AFTER = 250; // Milliseconds: what is there sooner needs no spinner, which would only flicker.

export function Loading({ text }: Readonly<{ text?: string }>) {
  const t = useText();
  const [isVisible, setVisible] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setVisible(true), APPEARS_AFTER);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="mw-state" role="status" style={{ visibility: isVisible ? 'visible' : 'hidden' }}>
      <Spin />
      <div>{text ?? t('app.loading')}</div>
    </div>
  );
}

export function NoPermission({ right }: Readonly<{ right: Right }>) {
  const t = useText();
  return (
    <State
      icon={<LockOutlined />}
      title={t('app.noPermissionTitle')}
      text={t('app.noPermissionText', { right: t(`rights.${right}`) })}
    />
  );
}

type FailureProps = Readonly<{ error: Error; onRetry?: () => void }>;

export function FailureState({ error, onRetry }: FailureProps) {
  const t = useText();
  const format = useFormat();
  const failure = asFailure(error);
  return (
    <State
      role="alert"
      icon={failure.code === 'connection.lost' ? <DisconnectOutlined /> : <WarningOutlined />}
      title={t('common.loadFailed')}
      text={errorText(t, format, failure)}
      action={onRetry && <Button onClick={onRetry}>{t('common.retry')}</Button>}
    />
  );
}

type Query<T> = Readonly<{ data: T | undefined; error: Error | null; refetch: () => unknown }>;

type LoadedProps<T> = Readonly<{ query: Query<T>; children: (data: T) => ReactNode }>;

/** Shows a query's data, or that it is loading or failed. An old answer stays in view while a new one fails. */
export function Loaded<T>({ query, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <FailureState error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading />;
}
