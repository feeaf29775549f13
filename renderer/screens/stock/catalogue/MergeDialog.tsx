import { App } from 'antd';
import { useState } from 'react';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Dialog, ErrorNotice } from '#renderer/ui/index.ts';
import type { PartFound } from '../draft-lines.ts';
import { PartPicker } from '../PartPicker.tsx';
import type { PartSheet } from './part-values.ts';

type Props = Readonly<{ part: PartSheet; onClose: () => void }>;

/** Two entries for one part become one. */
export function MergeDialog({ part, onClose }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const operation = useOperation('parts.merge');
  const [into, setInto] = useState<PartFound | null>(null);

  function merge(): void {
    if (into === null) return;
    operation.mutate(
      { fromId: part.id, intoId: into.id },
      {
        onSuccess: ({ number }) => {
          void message.success(t('catalogue.mergedInto', { number }));
          onClose();
        },
      },
    );
  }

  return (
    <Dialog isOpen title={t('catalogue.mergeTitle', { number: part.number })} onClose={onClose} width={640}>
      <p>{t('catalogue.mergeText', { number: part.number })}</p>
      <PartPicker autoFocus warehouseId={null} chosen={into} onChoose={setInto} onForget={() => setInto(null)} />
      <ErrorNotice error={operation.error} />
      <div className="mw-form-buttons">
        <ActionButton onClick={onClose}>{t('common.cancel')}</ActionButton>
        <ActionButton
          danger
          type="primary"
          hotkey="Ctrl+Enter"
          disabled={into === null || into.id === part.id}
          loading={operation.isPending}
          onClick={merge}
        >
          {t('catalogue.merge')}
        </ActionButton>
      </div>
    </Dialog>
  );
}
