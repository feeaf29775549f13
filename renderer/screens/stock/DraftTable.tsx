import { DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { quantityOf } from '#domain/stock/lots.ts';
import { useText } from '#renderer/text/react.ts';
import { MoneyInput, MoneyText, QuantityInput, QuantityText, ToneTag } from '#renderer/ui/index.ts';
import { LotsDialog } from './LotsDialog.tsx';
import { LotTags } from './LotTags.tsx';
import {
  amountOf,
  type Draft,
  type DraftLine,
  type Numbers,
  isKeptForOthers,
  isShort,
  totalOf,
} from './draft-lines.ts';

export type DraftColumn = Readonly<{ title: string; render: (line: DraftLine, index: number) => ReactNode }>;

type Props = Readonly<{
  draft: Draft;
  /** Without it lines have no price and come to no amount. */
  priceLabel?: string;
  /** Heading of what can be had for a line; without it the column is left out. */
  availableLabel?: string;
  /** Columns of the document's own, before the quantity. */
  extra?: readonly DraftColumn[];
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
  const before = 2 + extra.length + (availableLabel === undefined ? 0 : 1);
  return (
    <div className="mw-draft-box">
      <table className="mw-draft">
        <thead>
          <tr>
            <th className="is-number">#</th>
            <th>{t('stock.columns.part')}</th>
            {extra.map((column) => (
              <th key={column.title}>{column.title}</th>
            ))}
            {availableLabel !== undefined && <th className="is-number">{availableLabel}</th>}
            <th className="is-number">{t('stock.columns.quantity')}</th>
            {priceLabel !== undefined && (
              <>
                <th className="is-number">{priceLabel}</th>
                <th className="is-number">{t('stock.columns.amount')}</th>
              </>
            )}
            <th />
          </tr>
        </thead>
        <tbody>
          {draft.lines.map((line, index) => (
            <Row
              key={line.key}
              line={line}
              index={index}
              draft={draft}
              extra={extra}
              {...(priceLabel === undefined ? {} : { priceLabel })}
              hasAvailable={availableLabel !== undefined}
              isPriceFixed={isPriceFixed}
              numbers={numbers}
              isFaulty={faultyLine === index + 1}
            />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={before}>{t('stock.lineCount', { count: draft.lines.length })}</td>
            <td />
            {priceLabel !== undefined && (
              <>
                <td className="is-number">{t('common.total')}</td>
                <td className="is-number">
                  <MoneyText value={totalOf(draft.lines)} />
                </td>
              </>
            )}
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

type RowProps = Readonly<{
  line: DraftLine;
  index: number;
  draft: Draft;
  extra: readonly DraftColumn[];
  priceLabel?: string;
  hasAvailable: boolean;
  isPriceFixed: boolean;
  numbers: Numbers;
  isFaulty: boolean;
}>;

function Row(props: RowProps) {
  const { line, index, draft, extra, priceLabel, hasAvailable, isPriceFixed, numbers, isFaulty } = props;
  const t = useText();
  const { part } = line;
  const isWrong = isFaulty || isShort(line);
  return (
    <tr className={isWrong ? 'is-wrong' : ''}>
      <td className="is-number mw-soft">{index + 1}</td>
      <td>
        <span className="mw-part-number">{part.number}</span> {part.name}{' '}
        {part.id === null && <ToneTag tone="active">{t('stock.isNew')}</ToneTag>}
        {numbers !== 'none' && <LineLots line={line} draft={draft} numbers={numbers} />}
      </td>
      {extra.map((column) => (
        <td key={column.title}>{column.render(line, index)}</td>
      ))}
      {hasAvailable && (
        <td className="is-number">
          {isShort(line) && <ToneTag tone="bad">{t('stock.short')}</ToneTag>}
          {isKeptForOthers(line) && <ToneTag tone="waiting">{t('availability.keptForOthers')}</ToneTag>}{' '}
          <QuantityText value={line.available} />
        </td>
      )}
      <td className="is-number">
        {line.lots?.length ? (
          <span className="mw-lots-quantity">
            <QuantityText value={line.quantity} /> {part.measure}
          </span>
        ) : (
          <QuantityInput
            width={104}
            unit={part.measure}
            aria-label={`${t('common.line', { line: index + 1 })} ${t('stock.columns.quantity')}`}
            value={line.quantity}
            onChange={(quantity) => draft.change(line.key, { quantity })}
          />
        )}
      </td>
      {priceLabel !== undefined && (
        <>
          <td className="is-number">
            {isPriceFixed ? (
              <MoneyText value={line.price} />
            ) : (
              <MoneyInput
                width={112}
                aria-label={`${t('common.line', { line: index + 1 })} ${priceLabel}`}
                value={line.price}
                onChange={(price) => draft.change(line.key, { price })}
              />
            )}
          </td>
          <td className="is-number">
            <MoneyText value={amountOf(line)} />
          </td>
        </>
      )}
      <td>
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t('stock.removeLine')}
          title={t('stock.removeLine')}
          onClick={() => draft.remove(line.key)}
        />
      </td>
    </tr>
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
