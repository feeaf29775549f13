import { BugOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import { Component, type ReactNode } from 'react';
import { useText } from '#renderer/text/react.ts';
import { EmptyState } from '#renderer/ui/states.tsx';

type Props = Readonly<{ children: ReactNode }>;
type State = Readonly<{ error: Error | undefined }>;

// React catches faults of rendering in classes only.
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <Broken error={error} onRetry={() => this.setState({ error: undefined })} />;
  }
}

function Broken({ error, onRetry }: Readonly<{ error: Error; onRetry: () => void }>) {
  const t = useText();
  return (
    <EmptyState
      icon={<BugOutlined />}
      title={t('app.brokenTitle')}
      text={
        <>
          {t('app.brokenText')}
          <br />
          <code className="mw-soft">{error.message}</code>
        </>
      }
      action={
        <Space>
          <Button onClick={onRetry}>{t('common.retry')}</Button>
          <Button href="#/" onClick={onRetry}>
            {t('app.toHome')}
          </Button>
        </Space>
      }
    />
  );
}
