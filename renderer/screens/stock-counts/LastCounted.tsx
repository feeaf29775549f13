import type { InputRef } from 'antd';
import { type KeyboardEvent, type RefObject, useState } from 'react';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, QuantityInput, QuantityText, useHotkey } from '#renderer/ui/index.ts';
import type { Counting } from './counting.ts';

type Props = Readonly<{
  counting: Counting;
  quantityField: RefObject<InputRef | null>;
  /** Back to the scanner. */
  onDone: () => void;
}>;

/** What was counted last, to be read from where the shelf is; its quantity can be typed, and the scan taken back. */
export function LastCounted({ counting, quantityField, onDone }: Props) {
  const t = useText();
  const { last } = counting;
  const [typed, setTyped] = useState<number | null>(null);
  useHotkey('Alt+Q', () => quantityField.current?.focus());
  if (!last) return <div className="mw-last is-empty">{t('counts.nothingScanned')}</div>;
  const { thing, quantity, way } = last;

  function keyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') onDone();
    else if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    else if (typed !== null && typed >= 0) take(typed);
    event.preventDefault();
    event.stopPropagation();
  }

  function take(found: number): void {
    counting.type(found);
    setTyped(null);
    onDone();
  }

  return (
    <output className={way === 'undo' ? 'mw-last is-undone' : 'mw-last'} aria-live="polite">
      <div className="mw-last-part">
        <span className="mw-last-number">{thing.number}</span>
        {thing.lot !== '' && <span className="mw-last-lot">{thing.lot}</span>}
        <span className="mw-last-name">{thing.name}</span>
      </div>
      <div className="mw-last-figures">
        <span className="mw-last-quantity">
          <QuantityText value={quantity} /> {thing.measure}
        </span>
        <span className="mw-soft">{t(`counts.ways.${way}`)}</span>
      </div>
      <div className="mw-last-keys" onKeyDown={keyDown}>
        <label>
          {t('counts.typeQuantity')} <kbd className="mw-kbd">Alt Q</kbd>
          <QuantityInput ref={quantityField} width={120} unit={thing.measure} value={typed} onChange={setTyped} />
        </label>
        <ActionButton hotkey="Alt+Z" onClick={counting.undo}>
          {t('counts.undo')}
        </ActionButton>
      </div>
    </output>
  );
}
