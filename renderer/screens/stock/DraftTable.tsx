import { DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { quantityOf } from '#domain/stock/lots.ts';
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
import { LotsDialog } from './LotsDialog.tsx';
import { LotTags } from './LotTags.tsx';
import { PartName } from './PartName.tsx';
import {
  amountOf,
  type Draft,
  type DraftLine,
  type Numbers,
  isKeptForOthers,
  isShort,
  totalOf,
} from './draft-lines.ts';

type Props = Readonly<{
  draft: Draft;
  /** Without it lines have no price and come to no amount. */
  priceLabel?: string;
  /** Heading of what can be had for a line; without it the column is left out. */
  availableLabel?: string;
  /** Columns of the document's own, before the quantity. */
  extra?: readonly LineColumn<DraftLine>[];
  /** Prices follow from what the document is, and are only shown. */
  isPriceFixed?: boolean;
  numbers?: Numbers;
  /** The line a refusal names, from 1. */
  faultyLine?: number | undefined;
  empty: string;
}>;

/** The lines written so far; quantity and price can still be changed, with what they come to. */
export function DraftTable(props: Props) {
  const { draft, priceLabel, availableLabel, extra = [], isPriceFixed = false, numbers = 'out' } = props;
  const { faultyLine, empty } = props;
  const t = useText();
  if (draft.lines.length === 0) return <div className="mw-draft-empty">{empty}</div>;
  const columns: LineColumn<DraftLine>[] = [
    {
      title: t('stock.columns.part'),
      render: (line) => (
        <PartName number={line.part.number} name={line.part.name}>
          {' '}
          {line.part.id === null && <ToneTag tone="active">{t('stock.isNew')}</ToneTag>}
          {numbers !== 'none' && <LineLots line={line} draft={draft} numbers={numbers} />}
        </PartName>
      ),
    },
    ...extra,
  ];
  if (availableLabel !== undefined)
    columns.push({ title: availableLabel, isNumber: true, render: (line) => <Available line={line} /> });
  columns.push({
    title: t('stock.columns.quantity'),
    isNumber: true,
    render: (line, index) => <LineQuantity line={line} index={index} draft={draft} />,
  });
  if (priceLabel !== undefined)
    columns.push(
      {
        title: priceLabel,
        isNumber: true,
        render: ({ key, price }, index) =>
          isPriceFixed ? (
            <MoneyText value={price} />
          ) : (
            <MoneyInput
              width={112}
              aria-label={`${t('common.line', { line: index + 1 })} ${priceLabel}`}
              value={price}
              onChange={(changed) => draft.change(key, { price: changed })}
            />
          ),
      },
      {
        title: t('stock.columns.amount'),
        isNumber: true,
        render: (line) => <MoneyText value={amountOf(line)} />,
        foot: <MoneyText value={totalOf(draft.lines)} />,
      },
    );
  columns.push({ title: '', render: ({ key }) => <RemoveButton onClick={() => draft.remove(key)} /> });
  return (
    <div className="mw-draft-box">
      <LineTable
        rows={draft.lines}
        columns={columns}
        keyOf={({ key }) => key}
        lineNoOf={(_, index) => index + 1}
        isWrong={(line, index) => faultyLine === index + 1 || isShort(line)}
        count={t('stock.lineCount', { count: draft.lines.length })}
      />
    </div>
  );
}

/** What can be had, and what is the matter where that is too little. */
function Available({ line }: Readonly<{ line: DraftLine }>) {
  const t = useText();
  return (
    <>
      {isShort(line) && <ToneTag tone="bad">{t('stock.short')}</ToneTag>}
      {isKeptForOthers(line) && <ToneTag tone="waiting">{t('availability.keptForOthers')}</ToneTag>}{' '}
      <QuantityText value={line.available} />
    </>
  );
}

type QuantityProps = Readonly<{ line: DraftLine; index: number; draft: Draft }>;

/** Serial and batch numbers make it, where there are any. */
function LineQuantity({ line, index, draft }: QuantityProps) {
  const t = useText();
  const { part, lots = [], quantity } = line;
  if (lots.length > 0)
    return (
      <span className="mw-lots-quantity">
        <QuantityText value={quantity} unit={part.measure} />
      </span>
    );
  return (
    <QuantityInput
      width={104}
      unit={part.measure}
      aria-label={`${t('common.line', { line: index + 1 })} ${t('stock.columns.quantity')}`}
      value={quantity}
      onChange={(changed) => draft.change(line.key, { quantity: changed })}
    />
  );
}

function RemoveButton({ onClick }: Readonly<{ onClick: () => void }>) {
  const t = useText();
  return (
    <Button
      type="text"
      size="small"
      icon={<DeleteOutlined />}
      aria-label={t('stock.removeLine')}
      title={t('stock.removeLine')}
      onClick={onClick}
    />
  );
}

type LineLotsProps = Readonly<{ line: DraftLine; draft: Draft; numbers: Numbers }>;

/** The numbers of a tracked part, and where they are changed. */
function LineLots({ line, draft, numbers }: LineLotsProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const { part, lots = [] } = line;
  if (part.tracking === undefined || part.tracking === 'none') return null;
  return (
    <div className="mw-lots-line">
      <LotTags lots={lots} tracking={part.tracking} />
      <Button type="link" size="small" onClick={() => setOpen(true)}>
        {lots.length > 0
          ? t('lots.change')
          : t(part.tracking === 'batch' && numbers === 'out' ? 'lots.oldest' : 'lots.name')}
      </Button>
      {isOpen && (
        <LotsDialog
          part={part}
          lots={lots}
          warehouseId={numbers === 'in' ? null : line.warehouseId}
          onDone={(taken) => {
            setOpen(false);
            draft.change(line.key, taken.length > 0 ? { lots: taken, quantity: quantityOf(taken) } : { lots: taken });
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}
