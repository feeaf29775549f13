import { useText } from '#renderer/text/react.ts';
import { EmptyState, Page } from '#renderer/ui/index.ts';

export function StockScreen() {
  const t = useText();
  return (
    <Page title={t('menu.stock')}>
      <EmptyState />
    </Page>
  );
}
