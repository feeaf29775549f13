import { useRef, useState } from 'react';
import type { InputRef } from 'antd';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, useFormat } from '#renderer/ui/index.ts';
import type { Count, CountLine } from './count-words.tsx';
import { useCounting } from './counting.ts';
import { CloseDialog } from './CloseDialog.tsx';
import { LastCounted } from './LastCounted.tsx';
import { LinesGrid } from './LinesGrid.tsx';
import { ScanField } from './ScanField.tsx';
import { SheetDialog } from './SheetDialog.tsx';

/** Counting by scanner alone: read a code, and it counts one more. What the books say is nowhere to be seen. */
export function CountingView({ count }: Readonly<{ count: Count }>) {
  const t = useText();
  const counting = useCounting(count.id);
  const scan = useRef<InputRef>(null);
  const quantity = useRef<InputRef>(null);
  const [dialog, setDialog] = useState<'close' | 'sheet'>();
  const isRecount = count.state === 'recounting';

  function pick(line: CountLine): void {
    const { partId: id, number, name, measure, lot } = line;
    const found = isRecount ? line.recounted : line.counted;
    counting.pick({ thing: { id, number, name, measure, lot }, quantity: found, way: 'set' });
    quantity.current?.focus();
  }

  return (
    <>
      <div className="mw-count-desk">
        <div className="mw-count-scan">
          <ScanField counting={counting} ref={scan} />
          <p className="mw-soft">{t(isRecount ? 'counts.recountHint' : 'counts.scanHint')}</p>
          <Progress count={count} />
          <div className="mw-count-buttons">
            {!isRecount && (
              <ActionButton hotkey="Alt+P" onClick={() => setDialog('sheet')}>
                {t('counts.sheet')}
              </ActionButton>
            )}
            <ActionButton type="primary" hotkey="Ctrl+Enter" onClick={() => setDialog('close')}>
              {t(isRecount ? 'counts.closeRecount' : 'counts.close')}
            </ActionButton>
          </div>
        </div>
        <LastCounted
          key={`${counting.last?.thing.id} ${counting.last?.thing.lot}`}
          counting={counting}
          quantityField={quantity}
          onDone={() => scan.current?.focus()}
        />
      </div>
      <LinesGrid count={count} onOpen={pick} />
      {dialog === 'close' && <CloseDialog count={count} onClose={() => setDialog(undefined)} />}
      {dialog === 'sheet' && <SheetDialog count={count} onClose={() => setDialog(undefined)} />}
    </>
  );
}

function Progress({ count }: Readonly<{ count: Count }>) {
  const t = useText();
  const { count: figure } = useFormat();
  const { state, lines, notCounted, recounted, toRecount } = count;
  if (state === 'recounting')
    return <p>{t('counts.recountProgress', { done: figure(recounted), of: figure(toRecount) })}</p>;
  return <p>{t('counts.progress', { lines: figure(lines), left: figure(notCounted) })}</p>;
}
