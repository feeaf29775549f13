import { lineAmount } from '#domain/quantity.ts';
import { useText } from '#renderer/text/react.ts';
import { Slip, SlipDialog, useFormat } from '#renderer/ui/index.ts';
import type { Requisition } from './GrantForm.tsx';

/** A plan on paper: as it was asked for, and as it was approved. */
export function RequisitionSlip({ sheet, onClose }: Readonly<{ sheet: Requisition; onClose: () => void }>) {
  const t = useText();
  const format = useFormat();
  const total = sheet.lines.reduce((sum, { granted }) => sum + lineAmount(granted.quantity, granted.price), 0);
  return (
    <SlipDialog title={t('requisitions.slip')} about={sheet.number} onClose={onClose}>
      <Slip
        issuer={sheet.unit}
        title={t('requisitions.slip')}
        facts={[
          { label: t('handshakes.number'), value: sheet.number },
          { label: t('handshakes.requestedOn'), value: sheet.requestedOn },
          { label: t('handshakes.from'), value: `${sheet.unit} · ${sheet.employeeName}` },
          { label: t('handshakes.to'), value: sheet.toUnit },
          { label: t('requisitions.forWarehouse'), value: sheet.to.name },
          { label: t('stock.note'), value: sheet.note },
        ]}
        columns={[
          { title: '#', isNumber: true },
          { title: t('stock.columns.part') },
          { title: t('requisitions.asked'), isNumber: true },
          { title: t('requisitions.granted'), isNumber: true },
          { title: t('stock.columns.price'), isNumber: true },
          { title: t('stock.columns.amount'), isNumber: true },
        ]}
        rows={sheet.lines.map(({ number, name, measure, quantity, granted }, index) => [
          index + 1,
          `${number} ${name}`,
          `${format.quantity(quantity)} ${measure}`,
          format.quantity(granted.quantity),
          format.amount(granted.price),
          format.amount(lineAmount(granted.quantity, granted.price)),
        ])}
        sums={[t('common.total'), format.amount(total)]}
        signatures={[t('requisitions.planner'), t('requisitions.approver')]}
      />
    </SlipDialog>
  );
}
