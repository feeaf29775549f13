import { useText } from '#renderer/text/react.ts';
import { QuantityText, useFormat } from '#renderer/ui/index.ts';
import { type Count, type CountLine, scopeText } from './count-words.tsx';
import { PrintDialog } from './PrintDialog.tsx';
import { SlipHead } from './SlipHead.tsx';

type Props = Readonly<{ count: Count; lines: readonly CountLine[]; onClose: () => void }>;

/** The differences of a count on paper, with room for two signatures. */
export function SlipDialog({ count, lines, onClose }: Props) {
  const t = useText();
  const format = useFormat();
  const amount = (value: number | null) => (value === null ? '–' : format.amount(value));
  const total = lines.reduce((sum, { value }) => sum + (value ?? 0), 0);
  return (
    <PrintDialog title={t('counts.slip')} onClose={onClose}>
      <article className="mw-receipt mw-count-slip">
        <SlipHead count={count} title={t('counts.slipTitle')} scope={scopeText(t, count)} />
        <table>
          <thead>
            <tr>
              <th className="is-number">#</th>
              <th>{t('stock.columns.partNumber')}</th>
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
              <tr key={line.id}>
                <td className="is-number">{line.lineNo}</td>
                <td>
                  {line.number} {line.lot}
                </td>
                <td>{line.name}</td>
                <td className="is-number">
                  <QuantityText value={line.expected} />
                </td>
                <td className="is-number">
                  <QuantityText value={line.recounted ?? line.counted} />
                </td>
                <td className="is-number">
                  <QuantityText value={line.difference} />
                </td>
                <td className="is-number">{amount(line.value)}</td>
                <td>{line.reason}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td colSpan={6}>{t('common.total')}</td>
              <td className="is-number">{amount(total)}</td>
              <td />
            </tr>
          </tfoot>
        </table>
        <footer>
          <span className="mw-receipt-sign">{t('counts.signCounter')}:</span>
          <span className="mw-receipt-sign">
            {t('counts.signConfirmer')}: {count.state === 'posted' ? count.endedBy : ''}
          </span>
        </footer>
      </article>
    </PrintDialog>
  );
}
