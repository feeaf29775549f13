import { createPortal } from 'react-dom';
import { useSession } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { type Fact, Facts, useFormat } from '#renderer/ui/index.ts';
import { deviceText } from '../work-orders/facts.tsx';
import type { OrderPage } from '../work-orders/steps/registry.ts';
import './receipt.css';

/** The sheet the customer takes along: invisible on the screen, the only thing that is printed while it is there. */
export function Receipt({ page }: Readonly<{ page: OrderPage }>) {
  const t = useText();
  const { station } = useSession();
  return createPortal(
    <div className="mw-sheet">
      <header>
        <div>{station.name}</div>
        <h1>{t('intake.receiptTitle')}</h1>
        <div className="mw-sheet-number">{page.order.number}</div>
      </header>
      <Facts columns={2} labelWidth={126} facts={useReceiptFacts(page)} />
      <p>{t('intake.receiptKeep')}</p>
      <footer>
        <span>{t('intake.receiptSignCustomer')}</span>
        <span>
          {t('intake.receiptSignClerk')} {page.names?.receivedByName}
        </span>
      </footer>
    </div>,
    document.body,
  );
}

function useReceiptFacts({ order, customer, device, entries }: OrderPage): readonly Fact[] {
  const t = useText();
  const format = useFormat();
  const deposit = entries.filter(({ kind }) => kind === 'deposit').reduce((sum, { amount }) => sum + amount, 0);
  return [
    { label: t('workOrders.customer'), value: customer?.name ?? t('intake.anonymous') },
    { label: t('fields.phone'), value: customer?.phone },
    { label: t('workOrders.device'), value: deviceText({ ...device, serial: '' }) },
    { label: t('fields.serial'), value: device.serial },
    { label: t('fields.symptom'), value: order.symptom },
    { label: t('fields.appearance'), value: order.appearance },
    { label: t('fields.accessories'), value: order.accessories },
    { label: t('fields.warrantyClass'), value: t(`workOrderCodes.warrantyClass.${order.warrantyClass}`) },
    { label: t('intake.receiptReceivedAt'), value: format.dateTime(order.receivedAt) },
    { label: t('intake.promisedAt'), value: order.promisedAt === null ? '' : format.dateTime(order.promisedAt) },
    { label: t('intake.estimate'), value: order.estimate === 0 ? '' : format.money(order.estimate) },
    { label: t('intake.deposit'), value: deposit === 0 ? '' : format.money(deposit) },
    ...(order.visitAddress === '' ? [] : [{ label: t('intake.visitAddress'), value: order.visitAddress }]),
  ];
}
