import { Button } from 'antd';
import { Link } from 'react-router';
import { useText } from '#renderer/text/react.ts';
import { StateTag, ToneTag, useFormat } from '#renderer/ui/index.ts';
import type { Technician } from './DispatchScreen.tsx';

type Props = Readonly<{
  technician: Technician;
  /** From 1: the number key that gives him the marked work. */
  place: number;
  /** Of the marked work, to tell what he knows of it. */
  category: string;
  isSuggested: boolean;
  onAssign: (() => void) | undefined;
}>;

const FULL_LOAD = 10; // Orders at which the bar is full: more than anybody does in a day.
const OTHERS_SHOWN = 3;

/** How much a technician has to do, what is due today, and what he knows of the marked work. */
export function TechnicianCard({ technician, place, category, isSuggested, onAssign }: Props) {
  const t = useText();
  const format = useFormat();
  const { name, number, grade, load, urgentCount, overdueCount, appointments, work } = technician;
  const known = technician.experience[category] ?? 0;
  const others = work.filter((order) => !appointments.some(({ id }) => id === order.id));
  return (
    <section className={isSuggested ? 'mw-person is-suggested' : 'mw-person'} aria-label={name}>
      <header>
        {place < 10 && <kbd className="mw-kbd">{place}</kbd>}
        <strong>{name}</strong>
        <span className="mw-soft">{[number, grade].filter(Boolean).join(' · ')}</span>
        {onAssign && (
          <Button size="small" className="mw-person-assign" onClick={onAssign}>
            {t('workOrders.steps.dispatch')}
          </Button>
        )}
      </header>
      <div className="mw-load" title={t('dispatch.load', { count: load })}>
        <i style={{ width: `${Math.min(100, (load * 100) / FULL_LOAD)}%` }} />
      </div>
      <div className="mw-person-tags">
        {isSuggested && <ToneTag tone="active">{t('workOrders.suggested')}</ToneTag>}
        <span>{t('dispatch.load', { count: load })}</span>
        {urgentCount > 0 && <ToneTag tone="bad">{t('dispatch.loadUrgent', { count: urgentCount })}</ToneTag>}
        {overdueCount > 0 && <ToneTag tone="waiting">{t('dispatch.loadOverdue', { count: overdueCount })}</ToneTag>}
        {known > 0 && <span className="mw-soft">{t('dispatch.experience', { count: known, category })}</span>}
      </div>
      {appointments.map((order) => (
        <div key={order.id} className="mw-person-line">
          <span className="mw-nowrap">{order.appointedAt === null ? '' : format.time(order.appointedAt)}</span>
          <Link to={`/work-orders/${order.id}`}>
            {[order.customerName, order.category, order.visitAddress].filter(Boolean).join(' · ')}
          </Link>
          <StateTag state={order.state} />
        </div>
      ))}
      {others.slice(0, OTHERS_SHOWN).map((order) => (
        <div key={order.id} className="mw-person-line">
          <span className="mw-soft">–</span>
          <Link to={`/work-orders/${order.id}`}>
            {[order.customerName, order.category, order.symptom].filter(Boolean).join(' · ')}
          </Link>
          <StateTag state={order.state} />
        </div>
      ))}
      {others.length > OTHERS_SHOWN && (
        <div className="mw-soft">{t('dispatch.otherWork', { count: others.length - OTHERS_SHOWN })}</div>
      )}
    </section>
  );
}
