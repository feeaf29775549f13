import { DIFFERENCES, type Difference } from '#domain/stock/transit.ts';
import type { OutputOf } from '#operations/index.ts';
import { useText } from '#renderer/text/react.ts';
import { DateText, MoneyText, QuantityText, type Tone, ToneTag } from '#renderer/ui/index.ts';

/** What stands in a transfer: its lines as they left and arrived, and what was decided about the difference. */

export type Transfer = OutputOf<'transfers.get'>;
type Line = Transfer['lines'][number];

const TONES: Readonly<Record<Difference, Tone>> = { shortage: 'bad', damage: 'bad', surplus: 'special' };

export function TransferLines({ sheet: { lines, answer, outcome } }: Readonly<{ sheet: Transfer }>) {
  const t = useText();
  const isCounted = answer?.decision === 'accepted' && outcome !== 'received';
  return (
    <table className="mw-draft mw-document-lines">
      <thead>
        <tr>
          <th className="is-number">#</th>
          <th>{t('stock.columns.part')}</th>
          <th className="is-number">{t('stock.columns.quantity')}</th>
          {isCounted && <th className="is-number">{t('transfers.good')}</th>}
          {isCounted && <th>{t('transfers.differences')}</th>}
          <th className="is-number">{t('stock.columns.cost')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          <tr key={`${line.partId} ${index}`}>
            <td className="is-number mw-soft">{index + 1}</td>
            <td>
              <span className="mw-part-number">{line.number}</span> {line.name}
              {line.lots.length > 0 && (
                <span className="mw-soft mw-line-note">{line.lots.map(({ lot }) => lot).join(' ')}</span>
              )}
            </td>
            <td className="is-number">
              <QuantityText value={line.quantity} /> {line.measure}
            </td>
            {isCounted && (
              <td className="is-number">
                <QuantityText value={line.received} />
              </td>
            )}
            {isCounted && (
              <td>
                <OpenDifferences line={line} />
              </td>
            )}
            <td className="is-number">
              <MoneyText value={line.value} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={isCounted ? 4 : 2}>{t('stock.lineCount', { count: lines.length })}</td>
          <td className="is-number">{t('common.total')}</td>
          <td className="is-number">
            <MoneyText value={lines.reduce((sum, { value }) => sum + value, 0)} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

/** What is still to be decided about a line, and what the receiver noted. */
function OpenDifferences({ line: { open, countNote } }: Readonly<{ line: Line }>) {
  const t = useText();
  return (
    <>
      {DIFFERENCES.filter((kind) => open[kind] > 0).map((kind) => (
        <ToneTag key={kind} tone={TONES[kind]}>
          {t(`transfers.kinds.${kind}`)} <QuantityText value={open[kind]} />
        </ToneTag>
      ))}{' '}
      <span className="mw-soft">{countNote}</span>
    </>
  );
}

export function TransferClosures({ sheet: { closures, lines } }: Readonly<{ sheet: Transfer }>) {
  const t = useText();
  return (
    <table className="mw-draft">
      <tbody>
        {closures.map((closure) => (
          <tr key={closure.id}>
            <td>
              <DateText value={closure.closedOn} />
            </td>
            <td>
              <span className="mw-part-number">{lines[closure.lineNo - 1]?.number}</span>
            </td>
            <td>
              {t(`transfers.kinds.${closure.kind}`)} <QuantityText value={closure.quantity} />
            </td>
            <td>{t(`transfers.decisions.${closure.decision}`)}</td>
            <td>{closure.reason}</td>
            <td className="mw-soft">{closure.documentNumber ?? closure.transferNumber ?? ''}</td>
            <td className="mw-soft">{closure.employee}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
