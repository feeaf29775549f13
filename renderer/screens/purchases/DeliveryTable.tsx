import { Input } from 'antd';
import { useText } from '#renderer/text/react.ts';
import {
  type LineColumn,
  LineTable,
  MoneyInput,
  MoneyText,
  QuantityInput,
  QuantityText,
  ToneTag,
} from '#renderer/ui/index.ts';
import { amountOf } from '../stock/draft-lines.ts';
import { PartName } from '../stock/PartName.tsx';
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
  const countedOf = ({ id, price }: OrderedLine) => delivery[id] ?? { quantity: null, price, numbers: '' };
  const labelled = ({ lineNo }: OrderedLine, column: string) => `${t('common.line', { line: lineNo })} ${column}`;
  const columns: LineColumn<OrderedLine>[] = [
    {
      title: t('stock.columns.part'),
      render: ({ partNumber, part }) => <PartName number={partNumber} name={part} />,
    },
    {
      title: t('purchases.outstanding'),
      isNumber: true,
      render: (line) => (
        <>
          {isOver(delivery, line) && <ToneTag tone="bad">{t('purchases.over')}</ToneTag>}{' '}
          <QuantityText value={line.outstanding} /> {line.measure}
        </>
      ),
    },
  ];
  if (lines.some(({ tracking }) => tracking !== 'none'))
    columns.push({
      title: t('purchases.numbers'),
      render: (line) =>
        line.tracking !== 'none' && (
          <Input
            size="small"
            aria-label={labelled(line, t('purchases.numbers'))}
            placeholder={t(line.tracking === 'serial' ? 'purchases.serials' : 'purchases.batch')}
            value={countedOf(line).numbers}
            onChange={(event) => onChange(withCount(delivery, line, { numbers: event.target.value }))}
          />
        ),
    });
  columns.push(
    {
      title: t('purchases.came'),
      isNumber: true,
      render: (line) => (
        <QuantityInput
          width={104}
          unit={line.measure}
          disabled={line.tracking === 'serial'}
          aria-label={labelled(line, t('purchases.came'))}
          value={countedOf(line).quantity}
          onChange={(quantity) => onChange(withCount(delivery, line, { quantity }))}
        />
      ),
    },
    {
      title: t('stock.columns.buyingPrice'),
      isNumber: true,
      render: (line) => (
        <MoneyInput
          width={112}
          aria-label={labelled(line, t('stock.columns.buyingPrice'))}
          value={countedOf(line).price}
          onChange={(price) => onChange(withCount(delivery, line, { price }))}
        />
      ),
    },
    {
      title: t('stock.columns.amount'),
      isNumber: true,
      render: (line) => <MoneyText value={amountOf(countedOf(line))} />,
      foot: <MoneyText value={lines.reduce((sum, line) => sum + amountOf(countedOf(line)), 0)} />,
    },
  );
  return (
    <div className="mw-draft-box mw-purchase-lines">
      <LineTable
        rows={lines}
        columns={columns}
        keyOf={({ id }) => id}
        lineNoOf={({ lineNo }) => lineNo}
        isWrong={(line) => line.id === faultyId || isOver(delivery, line)}
      />
    </div>
  );
}
