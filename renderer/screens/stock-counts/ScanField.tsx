import { Input, type InputRef } from 'antd';
import { type KeyboardEvent, type Ref, useState } from 'react';
import { useText } from '#renderer/text/react.ts';
import { useHotkey } from '#renderer/ui/index.ts';
import type { Counting, Thing } from './counting.ts';

type Props = Readonly<{ counting: Counting; ref: Ref<InputRef> }>;

/** Takes what a scanner types, a code and Enter, as fast as it comes; several finds hang beneath it and are chosen by arrows. */
export function ScanField({ counting, ref }: Props) {
  const t = useText();
  const [text, setText] = useState('');
  const [cursor, setCursor] = useState(0);
  const { asked } = counting;
  const things = asked?.kind === 'which' ? asked.things : [];

  function keyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') enter();
    else if (event.key === 'ArrowDown' && things.length > 0) setCursor(Math.min(cursor + 1, things.length - 1));
    else if (event.key === 'ArrowUp' && things.length > 0) setCursor(Math.max(cursor - 1, 0));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function enter(): void {
    const marked = things[cursor];
    if (text.trim() === '' && marked) counting.choose(marked);
    else counting.enter(text);
    setText('');
    setCursor(0);
  }

  return (
    <div className="mw-part-picker mw-scan">
      <label>
        {t(asked?.kind === 'lot' ? 'counts.lotOf' : 'counts.scan', { part: lotOwner(asked) })}
        <Input
          ref={ref}
          autoFocus
          size="large"
          autoComplete="off"
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={keyDown}
        />
      </label>
      {asked && <Dismissing onDismiss={counting.dismiss} />}
      {things.length > 0 && <Finds things={things} cursor={cursor} onChoose={counting.choose} />}
      {counting.problem !== undefined && (
        <div role="alert" className="mw-scan-problem">
          {counting.problem}
        </div>
      )}
    </div>
  );
}

const lotOwner = (asked: Counting['asked']): string => (asked?.kind === 'lot' ? asked.thing.number : '');

/** Escape leaves the question, not the count. */
function Dismissing({ onDismiss }: Readonly<{ onDismiss: () => void }>) {
  useHotkey('Escape', onDismiss);
  return null;
}

type FindsProps = Readonly<{ things: readonly Thing[]; cursor: number; onChoose: (thing: Thing) => void }>;

function Finds({ things, cursor, onChoose }: FindsProps) {
  return (
    <div className="mw-part-hits">
      {things.map((thing, index) => (
        <button
          key={`${thing.id} ${thing.lot}`}
          type="button"
          tabIndex={-1}
          className={index === cursor ? 'mw-part-hit is-current' : 'mw-part-hit'}
          onClick={() => onChoose(thing)}
        >
          <span className="mw-part-number">{thing.number}</span>
          <span className="mw-part-name">{thing.name}</span>
          <span className="mw-part-code">{thing.lot}</span>
        </button>
      ))}
    </div>
  );
}
