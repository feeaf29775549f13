/** Small things that every screen about work orders shows in the same way. */
import { useText } from '#renderer/text/react.ts';
import { DateTimeText, ToneTag } from '#renderer/ui/index.ts';
import './work-orders.css';

type DeviceWords = Readonly<{ category: string; brand: string; model?: string; serial?: string }>;

/** `空调 格力 KFR-35 SN-1` */
export function deviceText({ category, brand, model, serial }: DeviceWords): string {
  return [category, brand, model, serial].filter(Boolean).join(' ');
}

type PromiseProps = Readonly<{ at: number | null; isOpen: boolean }>;

/** When the work is promised; marked when that has passed and the work isn't done. */
export function PromiseText({ at, isOpen }: PromiseProps) {
  const t = useText();
  const isOverdue = isOpen && at !== null && isPast(at);
  return (
    <span
      className={isOverdue ? 'mw-nowrap mw-late' : 'mw-nowrap'}
      title={isOverdue ? t('workOrders.overdue') : undefined}
    >
      <DateTimeText value={at} />
    </span>
  );
}

const isPast = (at: number): boolean => at < Date.now();

export function UrgentTag({ urgency }: Readonly<{ urgency: 'normal' | 'urgent' }>) {
  const t = useText();
  return urgency === 'urgent' ? <ToneTag tone="bad">{t('workOrders.urgent')}</ToneTag> : null;
}
