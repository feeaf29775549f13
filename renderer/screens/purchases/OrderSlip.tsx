import { lineAmount } from '#domain/quantity.ts';
import { useSession } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { Slip, SlipDialog, useFormat } from '#renderer/ui/index.ts';
import type { Purchase } from './states.tsx';

type Props = Readonly<{ purchase: Purchase; onClose: () => void }>;

/** The order as it goes to the supplier. */
export function OrderSlip({ purchase, onClose }: Props) {
  const t = useText();
  const format = useFormat();
  const { station } = useSession();
  const total = purchase.lines.reduce((sum, { quantity, price }) => sum + lineAmount(quantity, price), 0);
  return (
    <SlipDialog title={t('purchases.title', { number: purchase.number })} onClose={onClose}>
      <Slip
        issuer={station.name}
        title={t('purchases.title', { number: purchase.number })}
        facts={[
          { label: t('stock.columns.supplier'), value: purchase.supplier },
          { label: t('fields.phone'), value: purchase.supplierPhone },
          { label: t('purchases.state'), value: t(`purchases.states.${purchase.state}`) },
          { label: t('purchases.orderedOn'), value: purchase.orderedOn },
          { label: t('purchases.forWarehouse'), value: purchase.warehouse },
          { label: t('purchases.wishedOn'), value: purchase.wishedOn },
          { label: t('purchases.requester'), value: purchase.requester },
          { label: t('stock.note'), value: purchase.note },
        ]}
        columns={[
          { title: '#', isNumber: true },
          { title: t('stock.columns.partNumber') },
          { title: t('stock.columns.part') },
          { title: t('stock.columns.quantity'), isNumber: true },
          { title: t('purchases.agreedPrice'), isNumber: true },
          { title: t('stock.columns.amount'), isNumber: true },
        ]}
        rows={purchase.lines.map(({ lineNo, partNumber, part, quantity, measure, price }) => [
          lineNo,
          partNumber,
          part,
          `${format.quantity(quantity)} ${measure}`,
          format.amount(price),
          format.amount(lineAmount(quantity, price)),
        ])}
        sums={[t('common.total'), format.money(total)]}
        signatures={[t('purchases.signBuyer'), t('purchases.signSupplier'), t('purchases.signDate')]}
      />
    </SlipDialog>
  );
}
