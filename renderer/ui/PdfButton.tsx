import { App } from 'antd';
import { useState } from 'react';
import { useText } from '#renderer/text/react.ts';
import { ActionButton } from './actions.tsx';

/** Saves the paper that is shown as a PDF, where the desktop shell offers it; in a browser, printing does. */
export function PdfButton({ name, isReady }: Readonly<{ name: string; isReady: boolean }>) {
  const t = useText();
  const { message } = App.useApp();
  const [isSaving, setSaving] = useState(false);
  const save = window.mendway?.savePaper;
  if (save === undefined) return null;

  async function run(saving: Promise<unknown>): Promise<void> {
    setSaving(true);
    const outcome = await saving.catch(() => 'failed');
    setSaving(false);
    if (outcome === 'saved') void message.success(t('common.pdfSaved'));
    else if (outcome !== 'cancelled') void message.error(t('common.pdfFailed'));
  }
  return (
    <ActionButton hotkey="Ctrl+S" loading={isSaving} disabled={!isReady} onClick={() => void run(save(fileName(name)))}>
      {t('common.savePdf')}
    </ActionButton>
  );
}

const LONGEST = 100;

/** As the shell takes it: letters and figures of any language, with dashes for whatever stands between them. */
function fileName(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[^\p{L}\p{N}]+/u, '');
  return plain.slice(0, LONGEST).replace(/[.-]+$/, '');
}
