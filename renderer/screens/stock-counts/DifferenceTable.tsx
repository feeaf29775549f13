import { Button, Checkbox, Input } from 'antd';
import { useText } from '#renderer/text/react.ts';
import { type LineColumn, LineTable, MoneyText, QuantityText } from '#renderer/ui/index.ts';
import { PartName } from '../stock/PartName.tsx';
import type { CountLine } from './count-words.tsx';

export type Reasons = Readonly<Record<string, string>>;

/** What the second person decides, by the lines' ids. */
export type Deciding = Readonly<{
  reasons: Reasons;
  onReason: (id: string, reason: string) => void;
  again: ReadonlySet<string>;
  onAgain: (id: string) => void;
}>;

type Props = Readonly<{
  lines: readonly CountLine[];
  /** The line a refusal names. */
  faultyLine?: number | undefined;
  /** The moves behind what was expected. */
  onExplain: (partId: string) => void;
  /** Left out: to be read only. */
  deciding?: Deciding;
}>;

/** Expected, counted, what that makes and what it is worth. */
export function DifferenceTable({ lines, faultyLine, onExplain, deciding }: Props) {
  const t = useText();
  const columns: LineColumn<CountLine>[] = [
    {
      title: t('stock.columns.part'),
      render: ({ number, name, lot }) => (
        <PartName number={number} name={name}>
          {' '}
          {lot !== '' && <span className="mw-part-code">{lot}</span>}
        </PartName>
      ),
    },
    {
      title: t('counts.expected'),
      isNumber: true,
      render: ({ partId, expected }) => (
        <Button type="link" size="small" title={t('stock.explain')} onClick={() => onExplain(partId)}>
          <QuantityText value={expected} />
        </Button>
      ),
    },
    {
      title: t('counts.counted'),
      isNumber: true,
      render: ({ recounted, counted, measure }) => <QuantityText value={recounted ?? counted} unit={measure} />,
    },
    { title: t('counts.difference'), isNumber: true, render: ({ difference }) => <Signed value={difference ?? 0} /> },
    {
      title: t('counts.value'),
      isNumber: true,
      render: ({ value }) => (
        <span className={(value ?? 0) < 0 ? 'mw-negative' : ''}>
          <MoneyText value={value} />
        </span>
      ),
      foot: <MoneyText value={lines.reduce((sum, line) => sum + (line.value ?? 0), 0)} />,
    },
    {
      title: t('counts.reason'),
      render: (line) =>
        deciding ? <Reason line={line} deciding={deciding} isFaulty={line.lineNo === faultyLine} /> : line.reason,
    },
  ];
  if (deciding)
    columns.unshift({
      title: t('counts.again'),
      hint: t('counts.sendBack'),
      render: (line) => <Again line={line} deciding={deciding} />,
    });
  return (
    <LineTable
      className="mw-differences"
      rows={lines}
      columns={columns}
      keyOf={({ id }) => id}
      lineNoOf={({ lineNo }) => lineNo}
      isWrong={({ lineNo }) => lineNo === faultyLine}
      count={t('counts.differenceCount', { count: lines.length })}
    />
  );
}

type CellProps = Readonly<{ line: CountLine; deciding: Deciding }>;

function Again({ line: { id, lineNo }, deciding }: CellProps) {
  const t = useText();
  return (
    <Checkbox
      aria-label={`${t('counts.again')} ${t('common.line', { line: lineNo })}`}
      checked={deciding.again.has(id)}
      onChange={() => deciding.onAgain(id)}
    />
  );
}

function Reason({ line: { id, lineNo }, deciding, isFaulty }: CellProps & Readonly<{ isFaulty: boolean }>) {
  const t = useText();
  return (
    <Input
      size="small"
      maxLength={200}
      aria-label={`${t('common.line', { line: lineNo })} ${t('counts.reason')}`}
      status={isFaulty ? 'error' : ''}
      value={deciding.reasons[id] ?? ''}
      onChange={(event) => deciding.onReason(id, event.target.value)}
    />
  );
}

function Signed({ value }: Readonly<{ value: number }>) {
  return (
    <span className={value < 0 ? 'mw-negative' : ''}>
      {value > 0 && '+'}
      <QuantityText value={value} />
    </span>
  );
}
