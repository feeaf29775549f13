import { lineAmount } from '#domain/quantity.ts';
import type { OutputOf } from '#operations/index.ts';
import { useText } from '#renderer/text/react.ts';
import { QuantityText, Slip, useFormat } from '#renderer/ui/index.ts';
import { LotTags } from './LotTags.tsx';
import './slip.css';

export const PAPERS = ['a4', 'roll'] as const;
export type Paper = (typeof PAPERS)[number];

type StockDocument = OutputOf<'stock.document'>;
type Props = Readonly<{ document: StockDocument; paper: Paper }>;

/** Who, what, from where to whom; the amount where something is paid, what must come back, and who signs. */
export function IssueSlip({ document, paper }: Props) {
  const t = useText();
  const { lines, station, employee } = document;
  const isPaid = lines.some(({ price }) => price > 0);
  return (
    <Slip
      paper={paper}
      issuer={station.name}
      title={t(`slips.titles.${kindOf(document)}`)}
      facts={useFacts(document)}
      columns={[
        { title: t('stock.columns.part') },
        { title: t('stock.columns.quantity'), isNumber: true },
        ...(isPaid
          ? [
              { title: t('stock.columns.price'), isNumber: true },
              { title: t('stock.columns.amount'), isNumber: true },
            ]
          : []),
      ]}
      rows={useRows(lines, isPaid)}
      sums={useSums(document, isPaid)}
      signatures={[
        { label: t('stock.columns.employee'), name: employee },
        t(isComingIn(document) ? 'slips.broughtBy' : 'slips.receivedBy'),
      ]}
    >
      <OldParts document={document} />
      {document.note !== '' && (
        <p className="mw-slip-note">
          {t('stock.columns.note')}: {document.note}
        </p>
      )}
    </Slip>
  );
}

const isComingIn = ({ kind }: StockDocument): boolean => kind === 'return' || kind === 'recovery' || kind === 'receipt';

/** Of an issue the kind of issue. */
const kindOf = ({ kind, issueKind }: StockDocument) => (kind === 'issue' && issueKind ? issueKind : kind);

function useFacts(document: StockDocument) {
  const t = useText();
  const { customerClass, supplier, recipient, returns, reverses, workOrder } = document;
  return [
    { label: t('stock.columns.number'), value: document.number },
    { label: t('stock.columns.movedOn'), value: document.movedOn },
    { label: t('stock.columns.warehouse'), value: document.warehouse },
    { label: t('stock.columns.workOrder'), value: workOrder },
    { label: t('stock.columns.supplier'), value: supplier },
    { label: t(document.kind === 'recovery' ? 'slips.from' : 'stock.columns.recipient'), value: recipient },
    { label: t('issues.customerClass'), value: customerClass ? t(`issues.customerClasses.${customerClass}`) : null },
    { label: t('slips.ofDocument'), value: returns ?? reverses },
  ];
}

function useRows(lines: StockDocument['lines'], isPaid: boolean) {
  const format = useFormat();
  return lines.map((line) => {
    const quantity = Math.abs(line.quantity);
    const part = (
      <>
        {line.partNumber} {line.part} <LotTags lots={line.lots} tracking={line.tracking} />
      </>
    );
    const cells = [part, `${format.quantity(quantity)} ${line.measure}`];
    return isPaid ? [...cells, format.amount(line.price), format.amount(lineAmount(quantity, line.price))] : cells;
  });
}

function useSums({ kind, lines }: StockDocument, isPaid: boolean): readonly string[] {
  const t = useText();
  const format = useFormat();
  if (!isPaid) return [];
  const total = lines.reduce((sum, { quantity, price }) => sum + lineAmount(Math.abs(quantity), price), 0);
  return [t(kind === 'return' ? 'slips.refund' : 'common.total'), format.money(total)];
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
