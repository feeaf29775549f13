import { Button } from 'antd';
import { Link } from 'react-router';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { type Fact, Facts, Loaded, ShortcutHint, StateTag, ToneTag, useHotkey } from '#renderer/ui/index.ts';
import { deviceText } from '../work-orders/facts.tsx';
import type { KnownDevice } from './values.ts';

type CustomerPage = OutputOf<'customers.get'>;
type Device = CustomerPage['devices'][number];

type Props = Readonly<{
  customerId: string;
  chosen: KnownDevice | null;
  onChoose: (device: KnownDevice | null) => void;
  onChange: () => void;
}>;

const DEVICES_SHOWN = 8;
const ORDERS_SHOWN = 5;

/** Who it is, what they own, what was done last time, what is open, what is under warranty, and repeat repairs. */
export function CallerCard({ customerId, chosen, onChoose, onChange }: Props) {
  const t = useText();
  const query = useQueryOperation('customers.get', { id: customerId });
  return (
    <Loaded query={query}>
      {(page) => (
        <>
          <div className="mw-caller-head">
            <Link to={`/customers/${customerId}`} title={t('customers.openPage')}>
              <strong>{page.customer.name}</strong>
            </Link>
            <Button size="small" onClick={onChange}>
              {t('intake.change')}
              <ShortcutHint hotkey="Escape" />
            </Button>
          </div>
          <Facts columns={1} labelWidth={60} facts={factsOf(t, page)} />
          <h3 className="mw-caller-title">{t('intake.theirDevices')}</h3>
          {page.devices.length === 0 && <div className="mw-soft">{t('intake.noDevices')}</div>}
          {page.devices.slice(0, DEVICES_SHOWN).map((device, index) => (
            <DeviceRow
              key={device.id}
              device={device}
              place={index + 1}
              isChosen={chosen?.id === device.id}
              onChoose={() => onChoose(chosen?.id === device.id ? null : device)}
            />
          ))}
          <h3 className="mw-caller-title">{t('intake.recentWork')}</h3>
          {page.orders.length === 0 && <div className="mw-soft">{t('intake.neverBefore')}</div>}
          {page.orders.slice(0, ORDERS_SHOWN).map((order) => (
            <div key={order.id} className="mw-caller-order">
              <Link to={`/work-orders/${order.id}`}>{order.number.slice(-11)}</Link>
              <StateTag state={order.state} />
              <span className="mw-hit-line">
                {[order.category, order.symptom, order.action || order.stateReason].filter(Boolean).join(' · ')}
              </span>
            </div>
          ))}
        </>
      )}
    </Loaded>
  );
}

function factsOf(t: ReturnType<typeof useText>, { customer }: CustomerPage): readonly Fact[] {
  return [
    { label: t('fields.phone'), value: [customer.phone, customer.secondPhone].filter(Boolean).join('，') },
    { label: t('fields.address'), value: customer.address },
    ...(customer.note === '' ? [] : [{ label: t('fields.note'), value: customer.note }]),
  ];
}

type DeviceRowProps = Readonly<{ device: Device; place: number; isChosen: boolean; onChoose: () => void }>;

function DeviceRow({ device, place, isChosen, onChoose }: DeviceRowProps) {
  const t = useText();
  const hotkey = `Alt+${place}`;
  useHotkey(hotkey, onChoose);
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      className={isChosen ? 'mw-hit is-current' : 'mw-hit'}
      onClick={onChoose}
    >
      <span className="mw-hit-head">
        <span>{deviceText(device)}</span>
        <span className="mw-hit-end">
          <ShortcutHint hotkey={hotkey} />
        </span>
      </span>
      <span className="mw-hit-tags">
        {device.isUnderWarranty !== null && (
          <ToneTag tone={device.isUnderWarranty ? 'good' : 'quiet'}>
            {device.isUnderWarranty
              ? t('intake.warrantyUntil', { date: device.warrantyEndOn ?? '' })
              : t('intake.outOfWarranty')}
          </ToneTag>
        )}
        {device.openCount > 0 && <ToneTag tone="waiting">{t('intake.openCount', { count: device.openCount })}</ToneTag>}
        {device.isRepeatRepair && (
          <ToneTag tone="special">{t('intake.repeatRepair', { count: device.recentCount })}</ToneTag>
        )}
        {device.lastReceivedOn !== null && (
          <span className="mw-soft">
            {t('intake.lastTime')} {device.lastReceivedOn}
          </span>
        )}
      </span>
    </button>
  );
}
