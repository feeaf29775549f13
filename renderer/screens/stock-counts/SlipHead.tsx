import { useText } from '#renderer/text/react.ts';
import type { Count } from './count-words.tsx';

/** What stands above every paper of a count. */
export function SlipHead({ count, title, scope }: Readonly<{ count: Count; title: string; scope: string }>) {
  const t = useText();
  const facts = [
    [t('counts.number'), count.number],
    [t('counts.startedOn'), count.startedOn],
    [t('stock.warehouse'), `${count.warehouseCode} ${count.warehouse}`],
    [t('counts.scope'), scope],
  ];
  return (
    <>
      <h3>{title}</h3>
      <div className="mw-receipt-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <span>{label}</span>
            <b>{value}</b>
          </div>
        ))}
      </div>
    </>
  );
}
