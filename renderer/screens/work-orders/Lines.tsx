import type { ReactNode } from 'react';

export type LineColumn<Line> = Readonly<{
  title: string;
  isNumber?: boolean;
  render: (line: Line) => ReactNode;
}>;

type LinesProps<Line> = Readonly<{
  columns: readonly LineColumn<Line>[];
  lines: readonly Line[];
  keyOf: (line: Line) => string | number;
  /** The last row: one cell for each column. */
  total?: readonly ReactNode[];
  /** Instead of the table when there are none. */
  empty: string;
}>;

/** The few lines of a document, for reading only. */
export function Lines<Line>({ columns, lines, keyOf, total, empty }: LinesProps<Line>) {
  if (lines.length === 0) return <div className="mw-lines-empty">{empty}</div>;
  const look = ({ isNumber }: LineColumn<Line>) => (isNumber ? 'is-number' : undefined);
  return (
    <table className="mw-lines">
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.title} className={look(column)}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={keyOf(line)}>
            {columns.map((column) => (
              <td key={column.title} className={look(column)}>
                {column.render(line)}
              </td>
            ))}
          </tr>
        ))}
        {total && (
          <tr className="is-total">
            {columns.map((column, index) => (
              <td key={column.title} className={look(column)}>
                {total[index]}
              </td>
            ))}
          </tr>
        )}
      </tbody>
    </table>
  );
}
