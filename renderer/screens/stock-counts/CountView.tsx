import { useState } from 'react';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, Loaded } from '#renderer/ui/index.ts';
import { ReasonDialog } from '../handshakes/ReasonDialog.tsx';
import { type Count, CountStateTag, scopeText } from './count-words.tsx';
import { ConfirmView } from './ConfirmView.tsx';
import { CountingView } from './CountingView.tsx';
import { LinesGrid } from './LinesGrid.tsx';
import { ResultView } from './ResultView.tsx';

type Props = Readonly<{ id: string; onClose: () => void }>;

const FRESH_AFTER = 15_000; // milliseconds: others count, too

/** One stock count, by its state: counted by scanner, confirmed by the second person, or read. */
export function CountView({ id, onClose }: Props) {
  const query = useQueryOperation('stockCounts.get', { id }, { refetchInterval: FRESH_AFTER });
  return (
    <div className="mw-stock-tab mw-count">
      <Loaded query={query}>
        {(count) => (
          <>
            <Head count={count} onClose={onClose} />
            <Body count={count} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function Body({ count }: Readonly<{ count: Count }>) {
  const may = useMay();
  const isCounting = count.state === 'counting' || count.state === 'recounting';
  if (isCounting)
    return may('stock.count') ? <CountingView key={count.state} count={count} /> : <LinesGrid count={count} />;
  if (count.state === 'counted' && may('stock.count-confirm')) return <ConfirmView count={count} />;
  return <ResultView count={count} />;
}

function Head({ count, onClose }: Readonly<{ count: Count; onClose: () => void }>) {
  const t = useText();
  const may = useMay();
  const cancel = useOperation('stockCounts.cancel');
  const [isCancelling, setCancelling] = useState(false);
  const { id, version, number, state } = count;
  const isOpen = state === 'counting' || state === 'recounting' || state === 'counted';
  return (
    <div className="mw-count-bar">
      <span className="mw-count-title">
        <strong>{number}</strong> <CountStateTag state={state} />
        <span>
          {count.warehouse} · {scopeText(t, count)}
        </span>
        <span className="mw-soft">{t('counts.by', { name: count.startedBy, on: count.startedOn })}</span>
        {count.note !== '' && <span className="mw-soft">{count.note}</span>}
      </span>
      <span className="mw-count-actions">
        {isOpen && may('stock.count') && (
          <ActionButton danger onClick={() => setCancelling(true)}>
            {t('counts.cancel')}
          </ActionButton>
        )}
        <ActionButton hotkey="Escape" onClick={onClose}>
          {t('counts.back')}
        </ActionButton>
      </span>
      {isCancelling && (
        <ReasonDialog
          title={t('counts.cancelTitle', { number })}
          submitText={t('counts.cancel')}
          operation={cancel}
          onSubmit={(reason) => cancel.mutate({ id, version, reason }, { onSuccess: () => setCancelling(false) })}
          onClose={() => setCancelling(false)}
        />
      )}
    </div>
  );
}
