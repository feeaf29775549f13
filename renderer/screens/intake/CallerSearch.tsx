import { SearchOutlined } from '@ant-design/icons';
import { Input, type InputRef } from 'antd';
import { useRef, useState } from 'react';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  ErrorNotice,
  ShortcutHint,
  StateTag,
  ToneTag,
  useHotkey,
  useSearchList,
  useSettled,
} from '#renderer/ui/index.ts';
import { deviceText } from '../work-orders/facts.tsx';
import type { Hit } from './values.ts';

type Props = Readonly<{
  onHit: (hit: Hit) => void;
  /** Nobody known: what was typed is the beginning of a new customer. */
  onNew: (fragment: string) => void;
  onWalkIn: () => void;
}>;

/** Who is it? Any fragment typed shows who it may be; Enter takes the marked one, or makes a new customer of what was typed. */
export function CallerSearch({ onHit, onNew, onWalkIn }: Props) {
  const t = useText();
  const input = useRef<InputRef>(null);
  const [fragment, setFragment] = useState('');
  const typed = fragment.trim();
  const settled = useSettled(typed, 150);
  const found = useQueryOperation(
    'customers.search',
    { fragment: settled, limit: 6 },
    { enabled: settled !== '', keepPrevious: true },
  );
  const hits = settled === '' ? [] : (found.data?.hits ?? []);
  const isReady = typed === '' || (settled === typed && !found.isFetching);

  function take(at: number): void {
    const hit = hits[at];
    if (hit) onHit(hit);
    else if (typed !== '') onNew(fragment);
  }

  // After the last of them stands the new customer.
  const { cursor, point, restart, keyDown } = useSearchList({ count: hits.length + 1, isReady, onTake: take });
  useHotkey('Alt+N', () => onNew(fragment));
  useHotkey('Alt+W', onWalkIn);

  return (
    <div>
      <Input
        ref={input}
        autoFocus
        size="large"
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-label={t('intake.caller')}
        placeholder={t('intake.callerPlaceholder')}
        prefix={<SearchOutlined />}
        autoComplete="off"
        maxLength={100}
        value={fragment}
        onKeyDown={keyDown}
        onChange={(event) => {
          setFragment(event.target.value);
          restart();
        }}
      />
      <ErrorNotice error={found.error} />
      <div className="mw-hits" role="listbox">
        {hits.map((hit, index) => (
          <HitRow
            key={hit.customer?.id ?? hit.devices[0]?.id}
            hit={hit}
            isCurrent={index === cursor}
            onTake={() => onHit(hit)}
            onPoint={() => point(index)}
          />
        ))}
        <button
          type="button"
          role="option"
          aria-selected={typed !== '' && cursor === hits.length}
          className={typed !== '' && cursor === hits.length ? 'mw-hit is-current' : 'mw-hit'}
          onClick={() => onNew(fragment)}
        >
          ＋ {typed === '' ? t('intake.newCustomer') : t('intake.newCustomerWith', { fragment: typed })}
          <span className="mw-hit-end">
            <ShortcutHint hotkey="Alt+N" />
          </span>
        </button>
        <button type="button" className="mw-hit" onClick={onWalkIn}>
          ＋ {t('intake.walkIn')}
          <span className="mw-hit-end">
            <ShortcutHint hotkey="Alt+W" />
          </span>
        </button>
      </div>
      <div className="mw-soft mw-hint">
        {typed !== '' && isReady && hits.length === 0 ? t('intake.callerNothing') : t('intake.callerHint')}
      </div>
    </div>
  );
}

type HitRowProps = Readonly<{ hit: Hit; isCurrent: boolean; onTake: () => void; onPoint: () => void }>;

function HitRow({ hit, isCurrent, onTake, onPoint }: HitRowProps) {
  const t = useText();
  const { customer, devices, lastOrder } = hit;
  const device = devices[0];
  return (
    <button
      type="button"
      role="option"
      aria-selected={isCurrent}
      className={isCurrent ? 'mw-hit is-current' : 'mw-hit'}
      onClick={onTake}
      onPointerMove={onPoint}
    >
      <span className="mw-hit-head">
        <strong>{customer?.name ?? t('intake.anonymous')}</strong> <span>{customer?.phone}</span>
        <span className="mw-hit-end">
          {customer !== null && customer.openCount > 0 && (
            <ToneTag tone="waiting">{t('intake.openCount', { count: customer.openCount })}</ToneTag>
          )}
          {device?.isUnderWarranty && <ToneTag tone="good">{t('intake.inWarranty')}</ToneTag>}
        </span>
      </span>
      <span className="mw-hit-line">
        {[customer?.address, devices.map(deviceText).join('；')].filter(Boolean).join(' · ')}
      </span>
      {lastOrder && (
        <span className="mw-hit-line">
          {t('intake.lastTime')} {lastOrder.receivedOn} {lastOrder.symptom} <StateTag state={lastOrder.state} />
        </span>
      )}
    </button>
  );
}
