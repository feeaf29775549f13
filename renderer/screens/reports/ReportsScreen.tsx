import { useText } from '#renderer/text/react.ts';
import { EmptyState, Page } from '#renderer/ui/index.ts';

export function ReportsScreen() {
  const t = useText();
  return (
    <Page title={t('menu.reports')}>
      <EmptyState />
    </Page>
  );
}
