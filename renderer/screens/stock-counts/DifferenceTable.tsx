import { Button, Checkbox, Input } from 'antd';
import { useText } from '#renderer/text/react.ts';
import { MoneyText, QuantityText } from '#renderer/ui/index.ts';
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
  const value = lines.reduce((sum, line) => sum + (line.value ?? 0), 0);
  return (
    <table className="mw-draft mw-differences">
      <thead>
        <tr>
          {deciding && <th title={t('counts.sendBack')}>{t('counts.again')}</th>}
          <th className="is-number">#</th>
          <th>{t('stock.columns.part')}</th>
          <th className="is-number">{t('counts.expected')}</th>
          <th className="is-number">{t('counts.counted')}</th>
          <th className="is-number">{t('counts.difference')}</th>
          <th className="is-number">{t('counts.value')}</th>
          <th>{t('counts.reason')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id} className={line.lineNo === faultyLine ? 'is-wrong' : ''}>
            {deciding && (
              <td>
                <Again line={line} deciding={deciding} />
              </td>
            )}
            <td className="is-number mw-soft">{line.lineNo}</td>
            <td>
              <span className="mw-part-number">{line.number}</span> {line.name}{' '}
              {line.lot !== '' && <span className="mw-part-code">{line.lot}</span>}
            </td>
            <td className="is-number">
              <Button type="link" size="small" title={t('stock.explain')} onClick={() => onExplain(line.partId)}>
                <QuantityText value={line.expected} />
              </Button>
            </td>
            <td className="is-number">
              <QuantityText value={line.recounted ?? line.counted} /> {line.measure}
            </td>
            <td className={(line.difference ?? 0) < 0 ? 'is-number mw-negative' : 'is-number'}>
              <Signed value={line.difference ?? 0} />
            </td>
            <td className={(line.value ?? 0) < 0 ? 'is-number mw-negative' : 'is-number'}>
              <MoneyText value={line.value} />
            </td>
            <td>
              {deciding ? (
                <Reason line={line} deciding={deciding} isFaulty={line.lineNo === faultyLine} />
              ) : (
                line.reason
              )}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={deciding ? 5 : 4}>{t('counts.differenceCount', { count: lines.length })}</td>
          <td className="is-number">{t('common.total')}</td>
          <td className="is-number">
            <MoneyText value={value} />
          </td>
          <td />
        </tr>
      </tfoot>
    </table>
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
    <>
      {value > 0 && '+'}
      <QuantityText value={value} />
    </>
  );
}
