import { App, Button } from 'antd';
import { useNavigate } from 'react-router';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Dialog, ErrorNotice, Facts, type RowOf, useFormat } from '#renderer/ui/index.ts';
import { addressOf, kindText, refusalText, repairText } from './words.ts';

type Props = Readonly<{ refusal: RowOf<'sync.refused'>; onClose: () => void }>;

/** One refusal: why, what helps, and sending it again. */
export function RefusedDialog({ refusal, onClose }: Props) {
  const t = useText();
  const format = useFormat();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const operation = useOperation('sync.retry');
  const { id, kind, documentId, number, name, direction, attempts, at } = refusal;
  const address = addressOf(kind, documentId);

  function retry(): void {
    operation.mutate(
      { id },
      {
        onSuccess: () => {
          void message.success(t('sync.sentAgain'));
          onClose();
        },
      },
    );
  }

  return (
    <Dialog
      isOpen
      width={600}
      title={t('sync.refusal.title', { kind: kindText(t, kind), number: number || name })}
      onClose={onClose}
    >
      <Facts
        columns={1}
        labelWidth={110}
        facts={[
          { label: t('sync.columns.direction'), value: t(`sync.directions.${direction}`) },
          { label: t('sync.refusal.reason'), value: refusalText(t, format, refusal) },
          { label: t('sync.refusal.repair'), value: repairText(t, refusal) },
          {
            label: t('sync.refusal.attempts'),
            value: t('sync.refusal.attemptsText', { count: attempts, at: format.dateTime(at) }),
          },
        ]}
      />
      <ErrorNotice error={operation.error} />
      <div className="mw-form-buttons">
        {address !== undefined && <Button onClick={() => void navigate(address)}>{t('sync.refusal.open')}</Button>}
        <Button onClick={onClose}>{t('common.close')}</Button>
        <ActionButton type="primary" hotkey="Ctrl+Enter" loading={operation.isPending} onClick={retry}>
          {t(direction === 'out' ? 'sync.retry' : 'sync.tryAgain')}
        </ActionButton>
      </div>
    </Dialog>
  );
}
