import { FileTextOutlined, MobileOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons';
import { Input, type InputRef } from 'antd';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ErrorNotice, ShortcutHint, StateTag, useHotkey, useSettled } from '#renderer/ui/index.ts';
import { useMay } from './session.tsx';

type Hit = OutputOf<'customers.search'>['hits'][number];

type Target = Readonly<{ key: string; icon: ReactNode; text: ReactNode; hint: ReactNode; path: string | undefined }>;

/** F2: any fragment of a customer, device or order number leads to the work. */
export function GlobalSearch() {
  const t = useText();
  const navigate = useNavigate();
  const input = useRef<InputRef>(null);
  const [fragment, setFragment] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [cursor, setCursor] = useState(0);
  const settled = useSettled(fragment.trim());
  const found = useQueryOperation(
    'customers.search',
    { fragment: settled },
    { enabled: isOpen && settled !== '', keepPrevious: true },
  );
  const targets = useTargets(found.data?.hits ?? []);
  useHotkey('F2', () => input.current?.focus({ cursor: 'all' }));

  function go(target: Target | undefined): void {
    if (target?.path === undefined) return;
    setOpen(false);
    input.current?.blur();
    void navigate(target.path);
  }

  function keyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && settled === fragment.trim()) go(targets[cursor]);
    else if (event.key === 'ArrowDown') setCursor(Math.min(cursor + 1, targets.length - 1));
    else if (event.key === 'ArrowUp') setCursor(Math.max(cursor - 1, 0));
    else if (event.key === 'Escape') input.current?.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className="mw-search">
      <Input
        ref={input}
        role="combobox"
        aria-expanded={isOpen}
        aria-label={t('app.searchPlaceholder')}
        placeholder={t('app.searchPlaceholder')}
        prefix={<SearchOutlined />}
        suffix={<ShortcutHint hotkey="F2" />}
        autoComplete="off"
        value={fragment}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={keyDown}
        onChange={(event) => {
          setFragment(event.target.value);
          setOpen(true);
          setCursor(0);
        }}
      />
      {isOpen && (
        // Pressing in the panel must not take the cursor out of the field, which would close the panel first.
        <div className="mw-search-panel" role="listbox" onMouseDown={(event) => event.preventDefault()}>
          {settled === '' && <div className="mw-palette-heading">{t('app.searchHint')}</div>}
          {found.error && <ErrorNotice error={found.error} />}
          {settled !== '' && found.data?.hits.length === 0 && (
            <div className="mw-palette-heading">{t('app.searchNothing', { fragment: settled })}</div>
          )}
          {settled !== '' &&
            targets.map((target, index) => (
              <div
                key={target.key}
                role="option"
                aria-selected={index === cursor}
                className={index === cursor ? 'mw-palette-row is-current' : 'mw-palette-row'}
                onPointerMove={() => setCursor(index)}
                onClick={() => go(target)}
              >
                {target.icon}
                <span className="mw-search-text">{target.text}</span>
                <span className="mw-search-hint">{target.hint}</span>
              </div>
            ))}
        </div>
      )}
    </div>
  );
}

/** What each find leads to: a customer to new work for them, an order to itself. */
function useTargets(hits: readonly Hit[]): readonly Target[] {
  const t = useText();
  const may = useMay();
  return hits.flatMap((hit) => {
    const order = hit.order ?? hit.lastOrder;
    const orderPath = order && may('work.view') ? `/work-orders/${order.id}` : undefined;
    const { customer } = hit;
    const customerTarget: Target[] =
      customer === null
        ? []
        : [
            {
              key: customer.id,
              icon: <UserOutlined />,
              text: [customer.name, customer.phone, customer.address].filter(Boolean).join(' · '),
              hint: may('intake.register') ? t('menu.intake') : '',
              path: may('intake.register') ? `/intake?customer=${customer.id}` : orderPath,
            },
          ];
    const device = hit.devices[0];
    const deviceText = device
      ? [device.category, device.brand, device.model, device.serial].filter(Boolean).join(' ')
      : '';
    if (!order) {
      const deviceTarget = {
        key: device?.id ?? '',
        icon: <MobileOutlined />,
        text: deviceText,
        hint: '',
        path: undefined,
      };
      return customerTarget.length > 0 ? customerTarget : [deviceTarget];
    }
    const orderTarget: Target = {
      key: order.id,
      icon: <FileTextOutlined />,
      text: [order.number, deviceText].filter(Boolean).join(' · '),
      hint: <StateTag state={order.state} />,
      path: orderPath,
    };
    return hit.order ? [orderTarget, ...customerTarget] : [...customerTarget, orderTarget];
  });
}
