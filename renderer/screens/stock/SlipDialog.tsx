import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Dialog, Loaded } from '#renderer/ui/index.ts';
import { Slip } from './Slip.tsx';
import '../settlement/receipt.css';
import './slip.css';

const PAPERS = ['a4', 'roll'] as const;
type Paper = (typeof PAPERS)[number];

type Props = Readonly<{ id: string; onClose: () => void }>;

/** A document as it will be on paper: a sheet, or the roll of a till printer. */
export function SlipDialog({ id, onClose }: Props) {
  const t = useText();
  const query = useQueryOperation('stock.document', { id });
  const [paper, setPaper] = useState<Paper>('a4');
  const className = paper === 'roll' ? 'mw-receipt mw-slip is-roll' : 'mw-receipt mw-slip';
  return (
    <Dialog isOpen title={t('slips.dialog')} onClose={onClose} width={680}>
      <div className="mw-slip-paper">
        <Segmented<Paper>
          value={paper}
          options={PAPERS.map((value) => ({ value, label: t(`slips.papers.${value}`) }))}
          onChange={setPaper}
        />
      </div>
      <Loaded query={query}>
        {(document) => (
          <>
            <div className="mw-paper">
              <Slip document={document} className={className} />
            </div>
            {createPortal(
              <div className="mw-print">
                <Slip document={document} className={className} />
              </div>,
              window.document.body,
            )}
          </>
        )}
      </Loaded>
      <div className="mw-form-buttons">
        <Button onClick={onClose}>{t('common.close')}</Button>
        <ActionButton type="primary" hotkey="Ctrl+P" disabled={query.data === undefined} onClick={() => window.print()}>
          {t('slips.print')}
        </ActionButton>
      </div>
    </Dialog>
  );
}
