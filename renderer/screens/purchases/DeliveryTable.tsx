import { Input } from 'antd';
import { useText } from '#renderer/text/react.ts';
import { MoneyInput, MoneyText, QuantityInput, QuantityText, ToneTag } from '#renderer/ui/index.ts';
import { amountOf } from '../stock/draft-lines.ts';
import { type Delivery, isOver, type OrderedLine, withCount } from './delivery.ts';

type Props = Readonly<{
  lines: readonly OrderedLine[];
  delivery: Delivery;
  onChange: (delivery: Delivery) => void;
  /** The line that a refusal names. */
  faultyId: string | undefined;
}>;

/** The lines of the order with what came of each: quantity, price, and the numbers of what is tracked. */
export function DeliveryTable({ lines, delivery, onChange, faultyId }: Props) {
  const t = useText();
  const hasNumbers = lines.some(({ tracking }) => tracking !== 'none');
  const total = lines.reduce((sum, { id }) => sum + amountOf(delivery[id] ?? { quantity: null, price: null }), 0);
  return (
    <div className="mw-draft-box mw-purchase-lines">
      <table className="mw-draft">
        <thead>
          <tr>
            <th className="is-number">#</th>
            <th>{t('stock.columns.part')}</th>
            <th className="is-number">{t('purchases.outstanding')}</th>
            {hasNumbers && <th>{t('purchases.numbers')}</th>}
            <th className="is-number">{t('purchases.came')}</th>
            <th className="is-number">{t('stock.columns.buyingPrice')}</th>
            <th className="is-number">{t('stock.columns.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row
              key={line.id}
              line={line}
              delivery={delivery}
              hasNumbers={hasNumbers}
              isFaulty={line.id === faultyId}
              onChange={onChange}
            />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={hasNumbers ? 5 : 4} />
            <td className="is-number">{t('common.total')}</td>
            <td className="is-number">
              <MoneyText value={total} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

type RowProps = Readonly<{
  line: OrderedLine;
  delivery: Delivery;
  hasNumbers: boolean;
  isFaulty: boolean;
  onChange: (delivery: Delivery) => void;
}>;

function Row({ line, delivery, hasNumbers, isFaulty, onChange }: RowProps) {
  const t = useText();
  const counted = delivery[line.id] ?? { quantity: null, price: line.price, numbers: '' };
  const over = isOver(delivery, line);
  const about = t('common.line', { line: line.lineNo });
  return (
    <tr className={isFaulty || over ? 'is-wrong' : ''}>
      <td className="is-number mw-soft">{line.lineNo}</td>
      <td>
        <span className="mw-part-number">{line.partNumber}</span> {line.part}
      </td>
      <td className="is-number">
        {over && <ToneTag tone="bad">{t('purchases.over')}</ToneTag>} <QuantityText value={line.outstanding} />{' '}
        {line.measure}
      </td>
      {hasNumbers && (
        <td>
          {line.tracking !== 'none' && (
            <Input
              size="small"
              aria-label={`${about} ${t('purchases.numbers')}`}
              placeholder={t(line.tracking === 'serial' ? 'purchases.serials' : 'purchases.batch')}
              value={counted.numbers}
              onChange={(event) => onChange(withCount(delivery, line, { numbers: event.target.value }))}
            />
          )}
        </td>
      )}
      <td className="is-number">
        <QuantityInput
          width={104}
          unit={line.measure}
          disabled={line.tracking === 'serial'}
          aria-label={`${about} ${t('purchases.came')}`}
          value={counted.quantity}
          onChange={(quantity) => onChange(withCount(delivery, line, { quantity }))}
        />
      </td>
      <td className="is-number">
        <MoneyInput
          width={112}
          aria-label={`${about} ${t('stock.columns.buyingPrice')}`}
          value={counted.price}
          onChange={(price) => onChange(withCount(delivery, line, { price }))}
        />
      </td>
      <td className="is-number">
        <MoneyText value={amountOf(counted)} />
      </td>
    </tr>
  );
}
