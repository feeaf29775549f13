import { App } from 'antd';
import { useState } from 'react';
import type { Right } from '#domain/access/rights.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton } from '#renderer/ui/index.ts';
import { ReasonDialog } from '../handshakes/ReasonDialog.tsx';
import { useSayWhy } from '../handshakes/say-why.ts';
import { OrderSlip } from './OrderSlip.tsx';
import { ReceiveDialog } from './ReceiveDialog.tsx';
import type { Purchase } from './states.tsx';

type Props = Readonly<{ purchase: Purchase; onEdit: (purchase: Purchase) => void }>;
type SideStep = 'cancel' | 'edit' | 'refuse' | 'close';
type Asked = Exclude<SideStep, 'edit'> | 'receive' | 'print';
type Offered = Readonly<{ step: SideStep; right: Right; hotkey?: string }>;

const CANCEL: Offered = { step: 'cancel', right: 'purchase.request' };
const OF_REQUEST: readonly Offered[] = [
  CANCEL,
  { step: 'edit', right: 'purchase.request', hotkey: 'Alt+E' },
  { step: 'refuse', right: 'purchase.approve', hotkey: 'Alt+R' },
];

/** Beside what comes next. An order of which something has come is closed, not cancelled. */
function sideSteps({ state, isOurs, documents }: Purchase): readonly Offered[] {
  if (!isOurs) return [];
  if (state === 'requested') return OF_REQUEST;
  if (state === 'approved') return [CANCEL];
  if (state !== 'ordered') return [];
  const hasCome = documents.some(({ kind, reversedBy }) => kind === 'receipt' && reversedBy === null);
  return [{ step: hasCome ? 'close' : 'cancel', right: 'purchase.order' }];
}

/** What may be done with the order now. Ctrl+Enter takes the step that is next. */
export function PurchaseActions({ purchase, onEdit }: Props) {
  const t = useText();
  const may = useMay();
  const [asked, setAsked] = useState<Asked>();
  const done = () => setAsked(undefined);
  return (
    <div className="mw-page-actions">
      <ActionButton hotkey="Alt+P" onClick={() => setAsked('print')}>
        {t('common.print')}
      </ActionButton>
      {sideSteps(purchase)
        .filter(({ right }) => may(right))
        .map(({ step, hotkey }) => (
          <ActionButton
            key={step}
            {...(hotkey === undefined ? {} : { hotkey })}
            onClick={() => (step === 'edit' ? onEdit(purchase) : setAsked(step))}
          >
            {step === 'edit' ? t('common.edit') : t(`purchases.${step}`)}
          </ActionButton>
        ))}
      {purchase.isOurs && <NextStep purchase={purchase} onReceive={() => setAsked('receive')} />}
      {asked === 'print' && <OrderSlip purchase={purchase} onClose={done} />}
      {asked === 'receive' && <ReceiveDialog purchase={purchase} onClose={done} />}
      {(asked === 'refuse' || asked === 'close' || asked === 'cancel') && (
        <ReasonOf step={asked} purchase={purchase} onClose={done} />
      )}
    </div>
  );
}

/** Approve, order or receive: whichever comes next, for those who may. */
function NextStep({ purchase, onReceive }: Readonly<{ purchase: Purchase; onReceive: () => void }>) {
  const t = useText();
  const may = useMay();
  const { message } = App.useApp();
  const sayWhy = useSayWhy();
  const approve = useOperation('purchases.approve');
  const order = useOperation('purchases.order');
  const { id, version, number, state } = purchase;
  const primary = { type: 'primary', hotkey: 'Ctrl+Enter' } as const;
  const told = (text: string) => ({ onSuccess: () => void message.success(text), onError: sayWhy });
  if (state === 'requested' && may('purchase.approve'))
    return (
      <ActionButton
        {...primary}
        loading={approve.isPending}
        onClick={() => approve.mutate({ id, version }, told(t('purchases.isApproved', { number })))}
      >
        {t('purchases.approve')}
      </ActionButton>
    );
  if (state === 'approved' && may('purchase.order'))
    return (
      <ActionButton
        {...primary}
        loading={order.isPending}
        onClick={() => order.mutate({ id, version }, told(t('purchases.isOrdered', { number })))}
      >
        {t('purchases.order')}
      </ActionButton>
    );
  if (state === 'ordered' && may('stock.receive'))
    return (
      <ActionButton {...primary} onClick={onReceive}>
        {t('purchases.receive')}
      </ActionButton>
    );
  return null;
}

type ReasonProps = Readonly<{ step: 'refuse' | 'close' | 'cancel'; purchase: Purchase; onClose: () => void }>;

/** What ends an order before it came whole is nothing without its reason. */
function ReasonOf({ step, purchase: { id, version, number }, onClose }: ReasonProps) {
  const t = useText();
  const operation = useOperation(`purchases.${step}`);
  return (
    <ReasonDialog
      title={`${t(`purchases.${step}`)} · ${number}`}
      submitText={t(`purchases.${step}`)}
      operation={operation}
      onSubmit={(reason) => operation.mutate({ id, version, reason }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
