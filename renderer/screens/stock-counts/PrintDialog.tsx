import { Button } from 'antd';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Dialog } from '#renderer/ui/index.ts';
import '../settlement/receipt.css';

type Props = Readonly<{ title: string; onClose: () => void; children: ReactNode }>;

/** A slip as it will be on paper. Printing takes a copy outside the window's own layout, so that nothing else is printed. */
export function PrintDialog({ title, onClose, children }: Props) {
  const t = useText();
  return (
    <Dialog isOpen title={title} onClose={onClose} width={860}>
      <div className="mw-paper">{children}</div>
      {createPortal(<div className="mw-print">{children}</div>, document.body)}
      <div className="mw-form-buttons">
        <Button onClick={onClose}>{t('common.close')}</Button>
        <ActionButton type="primary" hotkey="Ctrl+P" onClick={() => window.print()}>
          {t('counts.print')}
        </ActionButton>
      </div>
    </Dialog>
  );
}
