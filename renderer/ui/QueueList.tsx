import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useHotkey } from './hotkeys.tsx';
import './queue-list.css';

export type QueueItem = Readonly<{
  key: string;
  title: ReactNode;
  /** At the right end of the first line: a state, an amount. */
  mark?: ReactNode;
  text?: ReactNode;
  note?: ReactNode;
}>;

type Props = Readonly<{
  items: readonly QueueItem[];
  selected: string | undefined;
  onSelect: (key: string) => void;
  /** Above the items: a search field. */
  head?: ReactNode;
  /** Below: how many there are. */
  foot?: ReactNode;
  /** Instead of items when there are none. */
  empty?: ReactNode;
  'aria-label': string;
}>;

/** What waits, two lines each, to be worked through: arrows in the list, Alt+arrows from anywhere on the page. */
export function QueueList({ items, selected, onSelect, head, foot, empty, ...aria }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const place = items.findIndex((item) => item.key === selected);

  function go(step: number): void {
    const next = items[Math.min(Math.max(place + step, 0), items.length - 1)];
    if (next !== undefined) onSelect(next.key);
  }
  useHotkey('Alt+ArrowDown', () => go(1));
  useHotkey('Alt+ArrowUp', () => go(-1));
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);

  function keyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -items.length, End: items.length }[
      event.key
    ];
    if (step === undefined || event.altKey) return;
    event.preventDefault();
    go(step);
  }

  return (
    <div className="mw-queue">
      {head !== undefined && <div className="mw-queue-head">{head}</div>}
      {items.length === 0 ? (
        empty
      ) : (
        <div
          ref={list}
          className="mw-queue-items"
          role="listbox"
          tabIndex={0}
          aria-label={aria['aria-label']}
          aria-activedescendant={place < 0 ? undefined : `queue-${selected}`}
          onKeyDown={keyDown}
        >
          {items.map((item) => (
            <div
              key={item.key}
              id={`queue-${item.key}`}
              className="mw-queue-item"
              role="option"
              aria-selected={item.key === selected}
              onClick={() => onSelect(item.key)}
            >
              <div className="mw-queue-line">
                <span className="mw-queue-title">{item.title}</span>
                <span>{item.mark}</span>
              </div>
              <div className="mw-queue-text">{item.text}</div>
              {item.note !== undefined && <div className="mw-queue-text mw-soft">{item.note}</div>}
            </div>
          ))}
        </div>
      )}
      {foot !== undefined && <div className="mw-queue-foot">{foot}</div>}
    </div>
  );
}

type SplitProps = Readonly<{ side: ReactNode; children: ReactNode }>;

/** A queue at the left and, beside it, what is chosen from it; each scrolls by itself. */
export function Split({ side, children }: SplitProps) {
  return (
    <div className="mw-split">
      <div className="mw-split-side">{side}</div>
      <div className="mw-split-main">{children}</div>
    </div>
  );
}
