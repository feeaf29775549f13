import { useState } from 'react';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, DateTimeText, EmptyState, Facts, Loaded } from '#renderer/ui/index.ts';
import { DocumentDrawer } from '../stock/DocumentDrawer.tsx';
import { ExplainDrawer } from '../stock/ExplainDrawer.tsx';
import type { Count } from './count-words.tsx';
import { useDifferences } from './differences.ts';
import { DifferenceTable } from './DifferenceTable.tsx';
import { CountSlip } from './CountSlip.tsx';

/** A count that is over, or waits for its second person: to be read and printed. */
export function ResultView({ count }: Readonly<{ count: Count }>) {
  const t = useText();
  const [dialog, setDialog] = useState<'slip' | 'document'>();
  const [explained, setExplained] = useState<string>();
  const { state, stockDocumentId } = count;
  return (
    <div className="mw-count-confirm">
      <Facts
        columns={3}
        facts={[
          { label: t('counts.lines'), value: count.lines },
          { label: t('counts.endedBy'), value: count.endedBy },
          { label: t('fields.at'), value: count.endedAt === null ? null : <DateTimeText value={count.endedAt} /> },
          ...(state === 'cancelled' ? [{ label: t('counts.reason'), value: count.endedReason }] : []),
        ]}
      />
      {state === 'counted' && <p className="mw-soft">{t('counts.waitsForSecond')}</p>}
      <Loaded query={useDifferences(count)}>
        {(lines) => (
          <>
            {lines.length === 0 ? (
              <EmptyState title={t('counts.noDifferences')} />
            ) : (
              <DifferenceTable lines={lines} onExplain={setExplained} />
            )}
            <div className="mw-count-buttons">
              {stockDocumentId !== null && (
                <ActionButton onClick={() => setDialog('document')}>{t('stock.openDocument')}</ActionButton>
              )}
              <ActionButton hotkey="Alt+P" onClick={() => setDialog('slip')}>
                {t('counts.slip')}
              </ActionButton>
            </div>
            {dialog === 'slip' && <CountSlip count={count} lines={lines} onClose={() => setDialog(undefined)} />}
          </>
        )}
      </Loaded>
      {dialog === 'document' && stockDocumentId !== null && (
        <DocumentDrawer id={stockDocumentId} onClose={() => setDialog(undefined)} />
      )}
      {explained !== undefined && (
        <ExplainDrawer partId={explained} warehouseId={count.warehouseId} onClose={() => setExplained(undefined)} />
      )}
    </div>
  );
}
