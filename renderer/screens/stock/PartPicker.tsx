import { BarcodeOutlined } from '@ant-design/icons';
import { Input, type InputRef } from 'antd';
import { type KeyboardEvent, type Ref, useState } from 'react';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ErrorNotice, MoneyText, QuantityText, useSearchList, useSettled } from '#renderer/ui/index.ts';
import type { InputOf } from '#operations/index.ts';
import type { PartFound } from './draft-lines.ts';

export type SearchFor = Pick<InputOf<'stock.findParts'>, 'customerClass' | 'workOrderId'>;

type Props = Readonly<{
  /** Where what is on hand is counted; null: everywhere. */
  warehouseId: string | null;
  searchFor?: SearchFor;
  /** Shown in the field while it is the one chosen. */
  chosen: Readonly<{ number: string; name: string }> | null;
  onChoose: (part: PartFound) => void;
  /** Typed on after one was chosen: it isn't any more. */
  onForget: () => void;
  /** Nobody knows what was typed: it becomes a new part. Without it, only known ones can be chosen. */
  onNew?: (fragment: string) => void;
  autoFocus?: boolean;
  ref?: Ref<InputRef>;
}>;

/** Any fragment of number, name or barcode shows what it may be; Enter, or the scanner's Enter, takes the marked one. */
export function PartPicker(props: Props) {
  const { warehouseId, searchFor, chosen, onChoose, onForget, onNew, autoFocus = false, ref } = props;
  const t = useText();
  const [fragment, setFragment] = useState('');
  const typed = chosen === null ? fragment.trim() : '';
  const { parts, isReady, error } = usePartSearch(typed, { ...searchFor, warehouseId });
  const count = parts.length + (onNew ? 1 : 0);
  const { cursor, point, restart, keyDown } = useSearchList({ count, isReady, onTake: take });

  function take(at: number): void {
    const part = parts[at];
    if (part) onChoose(part);
    else if (onNew && typed !== '') onNew(typed);
    else return;
    clear();
  }

  function clear(): void {
    setFragment('');
    restart();
  }

  function press(event: KeyboardEvent): void {
    if (typed === '') return;
    if (event.key !== 'Escape') return keyDown(event);
    clear();
    event.preventDefault();
    event.stopPropagation(); // It would leave the dialog.
  }

  return (
    <div className="mw-part-picker">
      <Input
        ref={ref}
        autoFocus={autoFocus}
        role="combobox"
        aria-expanded={typed !== ''}
        aria-label={t('stock.pickPart')}
        placeholder={t('stock.pickPart')}
        prefix={<BarcodeOutlined />}
        autoComplete="off"
        maxLength={100}
        value={chosen ? `${chosen.number} ${chosen.name}` : fragment}
        onKeyDown={press}
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          onForget();
          setFragment(event.target.value);
          restart();
        }}
      />
      {typed !== '' && (
        <div className="mw-part-hits" role="listbox">
          <ErrorNotice error={error} />
          {parts.map((part, index) => (
            <PartHit
              key={part.id}
              part={part}
              isCurrent={index === cursor}
              onTake={() => take(index)}
              onPoint={() => point(index)}
            />
          ))}
          {isReady && parts.length === 0 && (
            <div className="mw-part-nothing">{t('stock.pickNothing', { fragment: typed })}</div>
          )}
          {onNew && (
            <button
              type="button"
              role="option"
              aria-selected={cursor === parts.length}
              className={cursor === parts.length ? 'mw-part-hit is-current' : 'mw-part-hit'}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(parts.length)}
            >
              ＋ {t('stock.newPartWith', { fragment: typed })}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** What a fragment may be, as soon as typing pauses. */
function usePartSearch(typed: string, where: SearchFor & Readonly<{ warehouseId: string | null }>) {
  const settled = useSettled(typed, 120);
  const found = useQueryOperation(
    'stock.findParts',
    { ...where, fragment: settled, limit: 8 },
    { enabled: settled !== '', keepPrevious: true },
  );
  const parts = typed === '' || settled === '' ? [] : (found.data?.parts ?? []);
  return { parts, isReady: typed === '' || (settled === typed && !found.isFetching), error: found.error };
}

type HitProps = Readonly<{ part: PartFound; isCurrent: boolean; onTake: () => void; onPoint: () => void }>;

function PartHit({ part, isCurrent, onTake, onPoint }: HitProps) {
  return (
    <button
      type="button"
      role="option"
      aria-selected={isCurrent}
      className={isCurrent ? 'mw-part-hit is-current' : 'mw-part-hit'}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onTake}
      onPointerMove={onPoint}
    >
      <span className="mw-part-number">{part.number}</span>
      <span className="mw-part-name">{part.name}</span>
      <span className="mw-part-code">{part.barcode}</span>
      <span className={part.onHand > 0 ? 'mw-part-on-hand' : 'mw-part-on-hand is-none'}>
        <QuantityText value={part.onHand} /> {part.measure}
      </span>
      <span className="mw-part-price">
        <MoneyText value={part.price} />
      </span>
    </button>
  );
}
