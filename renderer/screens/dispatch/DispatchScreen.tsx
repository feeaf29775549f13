import { useText } from '#renderer/text/react.ts';
import { EmptyState, Page } from '#renderer/ui/index.ts';

export function DispatchScreen() {
  const t = useText();
  return (
    <Page title={t('menu.dispatch')}>
      <EmptyState />
    </Page>
  );
}
