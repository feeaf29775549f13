import { isBeforeDone } from '#domain/work-orders/states.ts';
import type { OutputOf } from '#operations/index.ts';
import { useText } from '#renderer/text/react.ts';
import { StateTag, useFormat } from '#renderer/ui/index.ts';
import { deviceText, PromiseText, UrgentTag } from '../work-orders/facts.tsx';

type Order = OutputOf<'today.overview'>['lists'][number]['rows'][number];

/** A work order in two lines. */
export function WaitingOrder({ order }: Readonly<{ order: Order }>) {
  const t = useText();
  const format = useFormat();
  const { appointedAt, promisedAt, state } = order;
  const isOpen = isBeforeDone(state);
  return (
    <>
      <span className="mw-waiting-line">
        <UrgentTag urgency={order.urgency} />
        <strong>{order.customerName ?? t('workOrders.anonymous')}</strong>
        <span className="mw-waiting-what">{deviceText({ ...order, model: '', serial: '' })}</span>
        <StateTag state={state} />
      </span>
      <span className="mw-waiting-line mw-soft">
        <span className="mw-waiting-what">{[order.symptom, order.stateReason].filter(Boolean).join(' · ')}</span>
        {isOpen && appointedAt !== null && (
          <span className="mw-nowrap">
            {t('workOrders.columns.appointedAt')} {format.dateTime(appointedAt).slice(5)}
          </span>
        )}
        {isOpen && appointedAt === null && promisedAt !== null && <PromiseText at={promisedAt} isOpen />}
        {!isOpen && <span className="mw-nowrap">{order.technicianName}</span>}
      </span>
    </>
  );
}
