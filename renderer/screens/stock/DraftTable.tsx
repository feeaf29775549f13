import { DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '#renderer/text/react.ts';
import { MoneyInput, MoneyText, QuantityInput, QuantityText, ToneTag } from '#renderer/ui/index.ts';
import { amountOf, type Draft, type DraftLine, isKeptForOthers, isShort, totalOf } from './draft-lines.ts';

export type DraftColumn = Readonly<{ title: string; render: (line: DraftLine, index: number) => ReactNode }>;

type Props = Readonly<{
  draft: Draft;
  /** Without it lines have no price and come to no amount. */
  priceLabel?: string;
  /** Heading of what can be had for a line; without it the column is left out. */
  availableLabel?: string;
  /** Columns of the document's own, before the quantity. */
  extra?: readonly DraftColumn[];
  /** The line a refusal names, from 1. */
  faultyLine?: number | undefined;
  empty: string;
}>;

/** The lines written so far; quantity and price can still be changed, with what they come to. */
export function DraftTable({ draft, priceLabel, availableLabel, extra = [], faultyLine, empty }: Props) {
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
  isFaulty: boolean;
}>;

function Row({ line, index, draft, extra, priceLabel, hasAvailable, isFaulty }: RowProps) {
  const t = useText();
  const { part } = line;
  const isWrong = isFaulty || isShort(line);
  return (
    <tr className={isWrong ? 'is-wrong' : ''}>
      <td className="is-number mw-soft">{index + 1}</td>
      <td>
        <span className="mw-part-number">{part.number}</span> {part.name}{' '}
        {part.id === null && <ToneTag tone="active">{t('stock.isNew')}</ToneTag>}
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
        <QuantityInput
          width={104}
          unit={part.measure}
          aria-label={`${t('common.line', { line: index + 1 })} ${t('stock.columns.quantity')}`}
          value={line.quantity}
          onChange={(quantity) => draft.change(line.key, { quantity })}
        />
      </td>
      {priceLabel !== undefined && (
        <>
          <td className="is-number">
            <MoneyInput
              width={112}
              aria-label={`${t('common.line', { line: index + 1 })} ${priceLabel}`}
              value={line.price}
              onChange={(price) => draft.change(line.key, { price })}
            />
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
