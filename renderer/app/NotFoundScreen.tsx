import { CompassOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useText } from '#renderer/text/react.ts';
import { EmptyState } from '#renderer/ui/index.ts';

export function NotFoundScreen() {
  const t = useText();
  return (
    <EmptyState
      icon={<CompassOutlined />}
      title={t('app.notFoundTitle')}
      text={t('app.notFoundText')}
      action={<Button href="#/">{t('app.toHome')}</Button>}
    />
  );
}
