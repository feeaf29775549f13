import { useText } from '#renderer/text/react.ts';
import { EmptyState, Page } from '#renderer/ui/index.ts';

export function PayslipsScreen() {
  const t = useText();
  return (
    <Page title={t('menu.payslips')}>
      <EmptyState />
    </Page>
  );
}
