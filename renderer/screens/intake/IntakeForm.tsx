import { Button, Form, type FormInstance } from 'antd';
import { useEffect, useEffectEvent, useState } from 'react';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { EntryForm, ErrorNotice, Section, ShortcutHint, ToneTag, useHotkey } from '#renderer/ui/index.ts';
import { deviceText } from '../work-orders/facts.tsx';
import { CallerCard } from './CallerCard.tsx';
import { CallerSearch } from './CallerSearch.tsx';
import { MoneyFields, NewCustomerFields, NewDeviceFields, WorkFields } from './fields.tsx';
import { type Caller, EMPTY, type Hit, type KnownDevice, newCustomerFrom, toIntake, type Values } from './values.ts';

type Registered = OutputOf<'workOrders.registerIntake'>;

type Props = Readonly<{
  form: FormInstance<Values>;
  /** Known already from where one came. */
  customerId: string | null;
  onRegistered: (order: Registered) => void;
  onPending: (isPending: boolean) => void;
}>;

/** One intake: who on the left, what on the right. Mounted anew for the next. */
export function IntakeForm({ form, customerId, onRegistered, onPending }: Props) {
  const [caller, setCaller] = useState<Caller>(
    customerId === null ? { kind: 'unknown' } : { kind: 'known', id: customerId },
  );
  const [device, setDevice] = useState<KnownDevice | null>(null);
  const [askedFor, setAskedFor] = useState(customerId);
  if (customerId !== askedFor) {
    // Found by the search of the window while this form is open: what was filled in of the device and the work stays.
    setAskedFor(customerId);
    setDevice(null);
    if (customerId !== null) setCaller({ kind: 'known', id: customerId });
  }
  const operation = useOperation('workOrders.registerIntake');
  useFocusOnWhatIsMissing(form, caller, device);
  const tellPending = useEffectEvent(onPending);
  useEffect(() => tellPending(operation.isPending), [operation.isPending]);

  function chooseDevice(chosen: KnownDevice | null): void {
    setDevice(chosen);
    if (chosen) form.setFieldValue('warrantyClass', chosen.isUnderWarranty ? 'in' : 'out');
  }

  function takeHit(hit: Hit): void {
    setCaller(hit.customer === null ? { kind: 'walk-in' } : { kind: 'known', id: hit.customer.id });
    chooseDevice(hit.devices.find((one) => one.isFound) ?? null);
  }

  function takeNew(fragment: string): void {
    form.setFieldsValue({ customer: { ...EMPTY.customer, ...newCustomerFrom(fragment) } });
    setCaller({ kind: 'new' });
  }

  function change(): void {
    setCaller({ kind: 'unknown' });
    setDevice(null);
  }

  function submit(): void {
    // Nobody was chosen: then it is somebody new, whose missing fields the service names.
    if (caller.kind === 'unknown') setCaller({ kind: 'new' });
    const values = { ...EMPTY, ...(form.getFieldsValue(true) as Values) };
    operation.mutate(toIntake(values, caller, device), { onSuccess: onRegistered });
  }

  return (
    <EntryForm
      form={form}
      initialValues={EMPTY}
      error={operation.error}
      isPending={operation.isPending}
      onSubmit={submit}
      hasButtons={false}
      showNotice={false}
    >
      <div className="mw-intake">
        <CallerPart
          caller={caller}
          device={device}
          onHit={takeHit}
          onNew={takeNew}
          onWalkIn={() => setCaller({ kind: 'walk-in' })}
          onChoose={chooseDevice}
          onChange={change}
        />
        <div>
          <div className="mw-intake-notice">
            <ErrorNotice error={operation.error} />
          </div>
          <WhatPart device={device} onAnother={() => setDevice(null)} />
        </div>
      </div>
    </EntryForm>
  );
}

type CallerPartProps = Readonly<{
  caller: Caller;
  device: KnownDevice | null;
  onHit: (hit: Hit) => void;
  onNew: (fragment: string) => void;
  onWalkIn: () => void;
  onChoose: (device: KnownDevice | null) => void;
  onChange: () => void;
}>;

function CallerPart({ caller, device, onHit, onNew, onWalkIn, onChoose, onChange }: CallerPartProps) {
  const t = useText();
  useHotkey('Escape', onChange, caller.kind !== 'unknown');
  const change = (
    <Button size="small" onClick={onChange}>
      {t('intake.change')}
      <ShortcutHint hotkey="Escape" />
    </Button>
  );
  return (
    <Section title={t('intake.caller')}>
      {caller.kind === 'unknown' && <CallerSearch onHit={onHit} onNew={onNew} onWalkIn={onWalkIn} />}
      {caller.kind === 'known' && (
        <CallerCard customerId={caller.id} chosen={device} onChoose={onChoose} onChange={onChange} />
      )}
      {caller.kind === 'new' && (
        <>
          <div className="mw-caller-head">
            <strong>{t('intake.newCustomer')}</strong> {change}
          </div>
          <NewCustomerFields />
        </>
      )}
      {caller.kind === 'walk-in' && (
        <>
          <div className="mw-caller-head">
            <strong>{t('intake.walkIn')}</strong> {change}
          </div>
          <div className="mw-soft">{t('intake.walkInText')}</div>
        </>
      )}
    </Section>
  );
}

type WhatPartProps = Readonly<{ device: KnownDevice | null; onAnother: () => void }>;

function WhatPart({ device, onAnother }: WhatPartProps) {
  const t = useText();
  return (
    <>
      <Section
        title={t(device === null ? 'intake.device' : 'intake.knownDevice')}
        actions={
          device && (
            <Button size="small" onClick={onAnother}>
              {t('intake.anotherDevice')}
            </Button>
          )
        }
      >
        {device === null ? (
          <NewDeviceFields />
        ) : (
          <div className="mw-known-device">
            <strong>{deviceText(device)}</strong>
            {device.isUnderWarranty !== null && (
              <ToneTag tone={device.isUnderWarranty ? 'good' : 'quiet'}>
                {t(device.isUnderWarranty ? 'intake.inWarranty' : 'intake.outOfWarranty')}
              </ToneTag>
            )}
          </div>
        )}
      </Section>
      <Section title={t('intake.work')}>
        <WorkFields />
      </Section>
      <Section title={t('intake.moneyAndPhotos')}>
        <MoneyFields />
      </Section>
    </>
  );
}

/** The cursor goes where the next thing is to be typed as soon as it is known who it is. */
function useFocusOnWhatIsMissing(form: FormInstance<Values>, caller: Caller, device: KnownDevice | null): void {
  const deviceId = device?.id;
  useEffect(() => {
    if (caller.kind === 'unknown') return;
    if (caller.kind === 'new')
      form.focusField(['customer', form.getFieldValue(['customer', 'name']) ? 'phone' : 'name']);
    else form.focusField(deviceId === undefined ? ['device', 'category'] : 'symptom');
  }, [form, caller, deviceId]);
  const visitAddress = useAddressOf(caller);
  const mode: unknown = Form.useWatch('mode', form);
  const offer = useEffectEvent(() => {
    const known = visitAddress ?? (form.getFieldValue(['customer', 'address']) as string);
    if (!form.getFieldValue('visitAddress')) form.setFieldValue('visitAddress', known);
  });
  useEffect(() => {
    if (mode === 'on-site') offer();
  }, [mode, visitAddress]);
}

/** A visit usually goes to the customer's address. */
function useAddressOf(caller: Caller): string | undefined {
  const id = caller.kind === 'known' ? caller.id : '';
  return useQueryOperation('customers.get', { id }, { enabled: id !== '' }).data?.customer.address;
}
