import { useText } from '#renderer/text/react.ts';
import { EmptyState, Page } from '#renderer/ui/index.ts';

export function PayrollScreen() {
  const t = useText();
  return (
    <Page title={t('menu.payroll')}>
      <EmptyState />
    </Page>
  );
}
