import { lineAmount } from '#domain/quantity.ts';
import type { OutputOf } from '#operations/index.ts';
import { useText } from '#renderer/text/react.ts';
import { QuantityText, useFormat } from '#renderer/ui/index.ts';
import { LotTags } from './LotTags.tsx';

type StockDocument = OutputOf<'stock.document'>;
type Line = StockDocument['lines'][number];
type Props = Readonly<{ document: StockDocument; className: string }>;

/** What every kind of slip has: who, what, from where to whom; the amount where something is paid, and who signs. */
export function Slip({ document, className }: Props) {
  const t = useText();
  const { lines } = document;
  const isPaid = lines.some(({ price }) => price > 0);
  return (
    <article className={className}>
      <h2>{document.station.name}</h2>
      <h3>{t(`slips.titles.${kindOf(document)}`)}</h3>
      <Facts document={document} />
      <table>
        <thead>
          <tr>
            <th>{t('stock.columns.part')}</th>
            <th>{t('stock.columns.quantity')}</th>
            {isPaid && (
              <>
                <th>{t('stock.columns.price')}</th>
                <th>{t('stock.columns.amount')}</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <LineRow key={line.lineNo} line={line} isPaid={isPaid} />
          ))}
        </tbody>
        {isPaid && <Total document={document} />}
      </table>
      <OldParts document={document} />
      {document.note !== '' && (
        <p className="mw-slip-note">
          {t('stock.columns.note')}: {document.note}
        </p>
      )}
      <footer>
        <span>
          {t('stock.columns.employee')}: {document.employee}
        </span>
        <span className="mw-receipt-sign">{t(isComingIn(document) ? 'slips.broughtBy' : 'slips.receivedBy')}:</span>
      </footer>
    </article>
  );
}

const isComingIn = ({ kind }: StockDocument): boolean => kind === 'return' || kind === 'recovery' || kind === 'receipt';

/** Of an issue the kind of issue. */
const kindOf = ({ kind, issueKind }: StockDocument) => (kind === 'issue' && issueKind ? issueKind : kind);

function Facts({ document }: Readonly<{ document: StockDocument }>) {
  const t = useText();
  const { customerClass, supplier, recipient, returns, reverses, workOrder } = document;
  const facts: (readonly [label: string, value: string | null])[] = [
    [t('stock.columns.number'), document.number],
    [t('stock.columns.movedOn'), document.movedOn],
    [t('stock.columns.warehouse'), document.warehouse],
    [t('stock.columns.workOrder'), workOrder],
    [t('stock.columns.supplier'), supplier],
    [t(document.kind === 'recovery' ? 'slips.from' : 'stock.columns.recipient'), recipient],
    [t('issues.customerClass'), customerClass ? t(`issues.customerClasses.${customerClass}`) : null],
    [t('slips.ofDocument'), returns ?? reverses],
  ];
  return (
    <div className="mw-receipt-facts">
      {facts
        .filter(([, value]) => value !== null && value !== '')
        .map(([label, value]) => (
          <div key={label}>
            <span>{label}</span>
            <b>{value}</b>
          </div>
        ))}
    </div>
  );
}

function LineRow({ line, isPaid }: Readonly<{ line: Line; isPaid: boolean }>) {
  const format = useFormat();
  const quantity = Math.abs(line.quantity);
  return (
    <tr>
      <td>
        {line.partNumber} {line.part} <LotTags lots={line.lots} tracking={line.tracking} />
      </td>
      <td>
        <QuantityText value={quantity} /> {line.measure}
      </td>
      {isPaid && (
        <>
          <td>{format.amount(line.price)}</td>
          <td>{format.amount(lineAmount(quantity, line.price))}</td>
        </>
      )}
    </tr>
  );
}

function Total({ document }: Readonly<{ document: StockDocument }>) {
  const t = useText();
  const format = useFormat();
  const total = document.lines.reduce((sum, { quantity, price }) => sum + lineAmount(Math.abs(quantity), price), 0);
  return (
    <tfoot>
      <tr>
        <td colSpan={3}>{t(document.kind === 'return' ? 'slips.refund' : 'common.total')}</td>
        <td>{format.money(total)}</td>
      </tr>
    </tfoot>
  );
}

/** What whoever signs has to bring back, and until when. */
function OldParts({ document: { oldParts } }: Readonly<{ document: StockDocument }>) {
  const t = useText();
  if (oldParts.length === 0) return null;
  return (
    <div className="mw-slip-old">
      <strong>{t('slips.oldParts')}</strong>
      {oldParts.map(({ id, number, partNumber, part, measure, quantity, dueOn, debtor }) => (
        <div key={id}>
          {number} · {partNumber} {part} × <QuantityText value={quantity} /> {measure} ·{' '}
          {t('slips.until', { date: dueOn, debtor })}
        </div>
      ))}
    </div>
  );
}
