import { FileTextOutlined, MobileOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons';
import { Input, type InputRef } from 'antd';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ErrorNotice, ShortcutHint, StateTag, useHotkey, useSearchList, useSettled } from '#renderer/ui/index.ts';
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
  const typed = fragment.trim();
  const settled = useSettled(typed);
  const found = useQueryOperation(
    'customers.search',
    { fragment: settled },
    { enabled: isOpen && settled !== '', keepPrevious: true },
  );
  const targets = useTargets(found.data?.hits ?? []);
  const isReady = settled === typed && !found.isFetching;
  const list = useSearchList({ count: targets.length, isReady, onTake: (at) => go(targets[at]) });
  useHotkey('F2', () => input.current?.focus({ cursor: 'all' }));

  function go(target: Target | undefined): void {
    if (target?.path === undefined) return;
    setOpen(false);
    input.current?.blur();
    void navigate(target.path);
  }

  function press(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return list.keyDown(event);
    input.current?.blur();
    event.preventDefault();
    event.stopPropagation();
  }

  function leave(): void {
    setOpen(false);
    list.restart(); // An Enter still waiting for its answer must not lead anywhere now.
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
        onBlur={leave}
        onKeyDown={press}
        onChange={(event) => {
          setFragment(event.target.value);
          setOpen(true);
          list.restart();
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
                aria-selected={index === list.cursor}
                className={index === list.cursor ? 'mw-palette-row is-current' : 'mw-palette-row'}
                onPointerMove={() => list.point(index)}
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
