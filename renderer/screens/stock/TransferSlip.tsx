import { useText } from '#renderer/text/react.ts';
import { Slip, SlipDialog, useFormat } from '#renderer/ui/index.ts';
import type { Transfer } from './transfer-lines.tsx';

/** The shipment on paper, with room for what is counted where it arrives. What it cost is nobody's business on the way. */
export function TransferSlip({ sheet, onClose }: Readonly<{ sheet: Transfer; onClose: () => void }>) {
  const t = useText();
  const format = useFormat();
  const { from, to, serves } = sheet.content;
  const isCounted = sheet.answer?.decision === 'accepted';
  return (
    <SlipDialog title={t('transfers.slip')} about={sheet.number} onClose={onClose}>
      <Slip
        issuer={sheet.unit}
        title={t('transfers.slip')}
        facts={[
          { label: t('handshakes.number'), value: sheet.number },
          { label: t('transfers.shippedOn'), value: sheet.requestedOn },
          { label: t('transfers.fromWarehouse'), value: `${sheet.unit} · ${from.name}` },
          { label: t('transfers.toWarehouse'), value: `${sheet.toUnit} · ${to.name}` },
          { label: t('transfers.servesNumber'), value: serves },
          { label: t('stock.note'), value: sheet.note },
        ]}
        columns={[
          { title: '#', isNumber: true },
          { title: t('stock.columns.part') },
          { title: t('transfers.shippedQuantity'), isNumber: true },
          { title: t('transfers.good'), isNumber: true },
          { title: t('transfers.damaged'), isNumber: true },
        ]}
        rows={sheet.lines.map((line, index) => [
          index + 1,
          [line.number, line.name, ...line.lots.map(({ lot }) => lot)].join(' '),
          `${format.quantity(line.quantity)} ${line.measure}`,
          isCounted ? format.quantity(line.received) : '',
          isCounted ? format.quantity(line.damaged) : '',
        ])}
        signatures={[t('transfers.shippedBy'), t('transfers.receivedBy')]}
      />
    </SlipDialog>
  );
}
