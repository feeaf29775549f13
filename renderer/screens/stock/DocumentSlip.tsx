import { lineAmount } from '#domain/quantity.ts';
import type { OutputOf } from '#operations/index.ts';
import { useSession } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { Slip, SlipDialog, useFormat } from '#renderer/ui/index.ts';

type Props = Readonly<{ document: OutputOf<'stock.document'>; onClose: () => void }>;

/** The paper of a receipt, or of what goes back to a supplier: it goes with the parts. */
export function DocumentSlip({ document, onClose }: Props) {
  const t = useText();
  const format = useFormat();
  const { station } = useSession();
  const title = t('stock.documentTitle', { kind: t(`stock.kinds.${document.kind}`), number: document.number });
  const isReturn = document.kind === 'supplier-return';
  const total = document.lines.reduce((sum, line) => sum + lineAmount(Math.abs(line.quantity), line.price), 0);
  return (
    <SlipDialog title={title} onClose={onClose}>
      <Slip
        issuer={station.name}
        title={title}
        facts={[
          { label: t('stock.columns.supplier'), value: document.supplier },
          { label: t('stock.columns.movedOn'), value: document.movedOn },
          { label: t('stock.columns.warehouse'), value: document.warehouse },
          { label: t('stock.columns.employee'), value: document.employee },
          { label: t('stock.columns.purchase'), value: document.purchase },
          { label: t('stock.columns.returns'), value: document.returns },
          { label: t('stock.columns.transfer'), value: document.transfer },
          { label: t(isReturn ? 'stock.returnReason' : 'stock.note'), value: document.note },
        ]}
        columns={[
          { title: '#', isNumber: true },
          { title: t('stock.columns.partNumber') },
          { title: t('stock.columns.part') },
          { title: t('stock.columns.quantity'), isNumber: true },
          { title: t('stock.columns.price'), isNumber: true },
          { title: t('stock.columns.amount'), isNumber: true },
        ]}
        rows={document.lines.map((line) => [
          line.lineNo,
          line.partNumber,
          line.lots.length === 0 ? line.part : `${line.part} (${line.lots.map(({ lot }) => lot).join(', ')})`,
          `${format.quantity(Math.abs(line.quantity))} ${line.measure}`,
          format.amount(line.price),
          format.amount(lineAmount(Math.abs(line.quantity), line.price)),
        ])}
        sums={[t('common.total'), format.money(total)]}
        signatures={[t('stock.signGiver'), t('stock.signTaker'), t('stock.signDate')]}
      />
    </SlipDialog>
  );
}
