import type { ReactNode } from 'react';
import { useText } from '#renderer/text/react.ts';
import './line-table.css';

export type LineColumn<Row> = Readonly<{
  /** Empty: it needs none. */
  title: string;
  /** What the heading says when it is pointed at. */
  hint?: string;
  isNumber?: boolean;
  render: (row: Row, index: number) => ReactNode;
  /** Beneath it, of all lines together. */
  foot?: ReactNode;
}>;

type Props<Row> = Readonly<{
  rows: readonly Row[];
  columns: readonly LineColumn<Row>[];
  keyOf: (row: Row, index: number) => string | number;
  /** Of the document; left out: lines have no numbers. */
  lineNoOf?: (row: Row, index: number) => number;
  /** A refusal names it, or it can't be so. */
  isWrong?: (row: Row, index: number) => boolean;
  /** How many lines there are, in words, in front of their sums. */
  count?: string;
  /** Said instead, where there are none. */
  empty?: string;
  className?: string;
}>;

/** The lines of a document, to be read or filled in: few enough to stand there whole. */
export function LineTable<Row>(props: Props<Row>) {
  const { rows, columns, keyOf, lineNoOf, isWrong, count, empty, className = '' } = props;
  if (empty !== undefined && rows.length === 0) return <span className="mw-soft">{empty}</span>;
  const numbered: readonly LineColumn<Row>[] = lineNoOf ? [numbersBy(lineNoOf), ...columns] : columns;
  const hasHead = columns.some(({ title }) => title !== '');
  const hasFoot = count !== undefined || columns.some(({ foot }) => foot !== undefined);
  return (
    <table className={`mw-line-table ${className}`}>
      {hasHead && (
        <thead>
          <tr>
            {numbered.map(({ title, hint, isNumber = false }, at) => (
              <th key={at} title={hint} className={isNumber ? 'is-number' : ''}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map((row, index) => (
          <tr key={keyOf(row, index)} className={isWrong?.(row, index) ? 'is-wrong' : ''}>
            {numbered.map(({ isNumber = false, render }, at) => (
              <td key={at} className={isNumber ? 'is-number' : ''}>
                {render(row, index)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {hasFoot && <Foot columns={numbered} count={count ?? ''} />}
    </table>
  );
}

function numbersBy<Row>(lineNoOf: (row: Row, index: number) => number): LineColumn<Row> {
  const render = (row: Row, index: number) => <span className="mw-soft">{lineNoOf(row, index)}</span>;
  return { title: '#', isNumber: true, render };
}

/** “Total” stands before the first of the sums, where there is a place for it. */
function Foot<Row>({ columns, count }: Readonly<{ columns: readonly LineColumn<Row>[]; count: string }>) {
  const t = useText();
  const firstFoot = columns.findIndex(({ foot }) => foot !== undefined);
  const footed = firstFoot === -1 ? [] : columns.slice(firstFoot);
  const before = columns.length - footed.length;
  const isSaidBefore = footed.length > 0 && before > 1;
  return (
    <tfoot>
      <tr>
        <td colSpan={isSaidBefore ? before - 1 : before}>
          {footed.length > 0 && !isSaidBefore ? t('common.total') : count}
        </td>
        {isSaidBefore && <td className="is-number">{t('common.total')}</td>}
        {footed.map(({ foot }, at) => (
          <td key={at} className="is-number">
            {foot}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}
