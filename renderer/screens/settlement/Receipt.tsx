import { useText } from '#renderer/text/react.ts';
import { MoneyText, QuantityText, SlipDialog, useFormat } from '#renderer/ui/index.ts';
import type { Statement } from './StatementView.tsx';
import './receipt.css';

type Props = Readonly<{ statement: Statement; onClose: () => void }>;

/** The receipt as it will be on paper. */
export function ReceiptDialog({ statement, onClose }: Props) {
  const t = useText();
  return (
    <SlipDialog title={t('settlement.receipt')} about={statement.order.number} onClose={onClose} width={620}>
      <Receipt statement={statement} />
    </SlipDialog>
  );
}

function Receipt({ statement }: Readonly<{ statement: Statement }>) {
  const t = useText();
  const format = useFormat();
  const { order, lines, station, settlement, received } = statement;
  const sums = settlement ?? statement.charges;
  const device = [order.category, order.brand, order.model, order.serial].filter((word) => word !== '').join(' ');
  const work = [order.fault, order.action].filter((word) => word !== '').join(t('payroll.between'));
  return (
    <article className="mw-receipt">
      <h2>{station.name}</h2>
      <h3>{t('settlement.receiptTitle')}</h3>
      <div className="mw-receipt-facts">
        <Line label={t('settlement.receiptOrder')} value={order.number} />
        <Line label={t('settlement.settlementNumber')} value={settlement?.number ?? ''} />
        <Line label={t('fields.customer')} value={order.customerName ?? t('settlement.anonymous')} />
        <Line label={t('fields.phone')} value={order.customerPhone ?? ''} />
        <Line label={t('settlement.receiptDevice')} value={device} />
        <Line label={t('settlement.receiptDate')} value={settlement?.settledOn ?? ''} />
        {work !== '' && <Line label={t('settlement.receiptFault')} value={work} />}
      </div>
      <table>
        <thead>
          <tr>
            <th>{t('settlement.item')}</th>
            <th>{t('fields.quantity')}</th>
            <th>{t('fields.price')}</th>
            <th>{t('fields.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={`${line.kind} ${index}`}>
              <td>
                {line.name}
                {line.charge !== 'customer' &&
                  ` (${t('settlement.bornBy', { bearer: t(`audit.charges.${line.charge}`) })})`}
              </td>
              <td>
                <QuantityText value={line.quantity} /> {line.measure}
              </td>
              <td>{format.amount(line.price)}</td>
              <td>{format.amount(line.amount)}</td>
            </tr>
          ))}
          {sums.travel !== 0 && <SumRow label={t('settlement.travel')} value={sums.travel} />}
          {sums.discount !== 0 && <SumRow label={t('settlement.discount')} value={0 - sums.discount} />}
        </tbody>
        <tfoot>
          <SumRow label={t('settlement.total')} value={sums.total} />
          <SumRow label={t('settlement.receiptPaid')} value={received} />
        </tfoot>
      </table>
      <footer>
        <span>
          {t('settlement.settledBy')}: {settlement?.employeeName}
        </span>
        <span className="mw-receipt-sign">{t('settlement.receiptSign')}:</span>
      </footer>
      <p>{t('settlement.receiptThanks')}</p>
    </article>
  );
}

function Line({ label, value }: Readonly<{ label: string; value: string }>) {
  return (
    <div>
      <span>{label}</span>
      <b>{value}</b>
    </div>
  );
}

function SumRow({ label, value }: Readonly<{ label: string; value: number }>) {
  return (
    <tr>
      <td colSpan={3}>{label}</td>
      <td>
        <MoneyText value={value} />
      </td>
    </tr>
  );
}
