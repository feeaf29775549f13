import { App, Input } from 'antd';
import { useState } from 'react';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  ConfirmButton,
  EmptyState,
  ErrorNotice,
  Loaded,
  useDirtyGuard,
  useEnterToNext,
} from '#renderer/ui/index.ts';
import { ExplainDrawer } from '../stock/ExplainDrawer.tsx';
import { faultyLineOf } from '../stock/StockForm.tsx';
import type { Count, CountLine } from './count-words.tsx';
import { useDifferences } from './differences.ts';
import { DifferenceTable, type Reasons } from './DifferenceTable.tsx';
import { CountSlip } from './CountSlip.tsx';

/** The second person: each difference with what it is worth, and why it is so. What is doubted is counted again. */
export function ConfirmView({ count }: Readonly<{ count: Count }>) {
  return (
    <div className="mw-count-confirm">
      <Loaded query={useDifferences(count)}>{(lines) => <ConfirmForm count={count} lines={lines} />}</Loaded>
    </div>
  );
}

function ConfirmForm({ count, lines }: Readonly<{ count: Count; lines: readonly CountLine[] }>) {
  const t = useText();
  const [reasons, setReasons] = useState<Reasons>({});
  const [again, setAgain] = useState<ReadonlySet<string>>(new Set());
  const [explained, setExplained] = useState<string>();
  const confirm = useOperation('stockCounts.confirm');
  useDirtyGuard(Object.keys(reasons).length > 0 && !confirm.isSuccess);
  function change(next: Reasons): void {
    setReasons(next);
    confirm.reset(); // what was missing may be there now
  }
  return (
    <div onKeyDown={useEnterToNext()}>
      {count.hasCounted && (
        <p role="alert" className="mw-scan-problem">
          {t('counts.countedByYou')}
        </p>
      )}
      {lines.length === 0 ? (
        <EmptyState title={t('counts.noDifferences')} text={t('counts.noDifferencesText')} />
      ) : (
        <>
          <ReasonForAll lines={lines} reasons={reasons} onChange={change} />
          <DifferenceTable
            lines={lines}
            faultyLine={faultyLineOf(confirm.error)}
            onExplain={setExplained}
            deciding={{
              reasons,
              onReason: (id, reason) => change({ ...reasons, [id]: reason }),
              again,
              onAgain: (id) => setAgain(toggled(again, id)),
            }}
          />
        </>
      )}
      <ErrorNotice error={confirm.error} />
      <Buttons count={count} lines={lines} reasons={reasons} again={again} confirm={confirm} />
      {explained !== undefined && (
        <ExplainDrawer partId={explained} warehouseId={count.warehouseId} onClose={() => setExplained(undefined)} />
      )}
    </div>
  );
}

function toggled(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}

type ForAllProps = Readonly<{ lines: readonly CountLine[]; reasons: Reasons; onChange: (reasons: Reasons) => void }>;

/** One reason for all lines that have none yet. */
function ReasonForAll({ lines, reasons, onChange }: ForAllProps) {
  const t = useText();
  const [text, setText] = useState('');
  function fill(): void {
    const missing = lines.filter(({ id }) => (reasons[id] ?? '').trim() === '');
    onChange({ ...reasons, ...Object.fromEntries(missing.map(({ id }) => [id, text.trim()])) });
  }
  return (
    <div className="mw-count-all">
      <label>
        {t('counts.reasonForAll')}
        <Input autoFocus maxLength={200} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <ActionButton hotkey="Alt+A" disabled={text.trim() === ''} onClick={fill}>
        {t('counts.fill')}
      </ActionButton>
    </div>
  );
}

type ButtonsProps = Readonly<{
  count: Count;
  lines: readonly CountLine[];
  reasons: Reasons;
  again: ReadonlySet<string>;
  confirm: ReturnType<typeof useOperation<'stockCounts.confirm'>>;
}>;

function Buttons({ count, lines, reasons, again, confirm }: ButtonsProps) {
  const t = useText();
  const { message } = App.useApp();
  const [isPrinting, setPrinting] = useState(false);
  const sendBack = useOperation('stockCounts.sendBack');
  const { id, version, number } = count;
  const withReasons = lines.map((line) => ({ ...line, reason: reasons[line.id] ?? '' }));

  function post(): void {
    const given = lines.flatMap((line) => {
      const reason = (reasons[line.id] ?? '').trim();
      return reason === '' ? [] : [{ lineId: line.id, reason }];
    });
    const onSuccess = () => void message.success(t('counts.posted', { number }));
    confirm.mutate({ id, version, reasons: given }, { onSuccess });
  }

  return (
    <div className="mw-count-buttons">
      <ErrorNotice error={sendBack.error} />
      <ActionButton hotkey="Alt+P" onClick={() => setPrinting(true)}>
        {t('counts.slip')}
      </ActionButton>
      <ActionButton
        disabled={again.size === 0}
        loading={sendBack.isPending}
        onClick={() => sendBack.mutate({ id, version, lineIds: [...again] })}
      >
        {t('counts.sendBack')} ({again.size})
      </ActionButton>
      <ConfirmButton
        type="primary"
        hotkey="Ctrl+Enter"
        disabled={count.hasCounted}
        loading={confirm.isPending}
        question={t('counts.confirmQuestion', { count: lines.length })}
        consequence={t('counts.confirmText')}
        confirmText={t('counts.confirm')}
        onClick={post}
      >
        {t('counts.confirm')}
      </ConfirmButton>
      {isPrinting && <CountSlip count={count} lines={withReasons} onClose={() => setPrinting(false)} />}
    </div>
  );
}
