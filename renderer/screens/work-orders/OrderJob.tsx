import { Link } from 'react-router';
import { lineAmount } from '#domain/quantity.ts';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import { DateTimeText, type Fact, Facts, LineTable, MoneyText, QuantityText, useFormat } from '#renderer/ui/index.ts';
import type { OrderPage } from './steps/registry.ts';

/** What came of it later, where there is anything to say. */
function afterwards(t: Translate, { order: { followUp, reworkOfId }, names }: OrderPage): Fact[] {
  const first = reworkOfId !== null && <Link to={`/work-orders/${reworkOfId}`}>{names?.reworkOfNumber}</Link>;
  return [
    ...(followUp === null ? [] : [{ label: t('workOrders.followUp'), value: t(`payroll.followUps.${followUp}`) }]),
    ...(first === false ? [] : [{ label: t('workOrders.reworkOf'), value: first }]),
  ];
}

/** What was done: times, fault, cause, action, labour and who shares in it. */
export function OrderJob({ page }: Readonly<{ page: OrderPage }>) {
  const t = useText();
  const format = useFormat();
  const { order, labour, technicians } = page;
  const shares = technicians.map(({ name, shareBp }) => `${name} ${format.percent(shareBp)}`).join('，');
  if (order.startedAt === null && order.completedAt === null && labour.length === 0)
    return <span className="mw-soft">{t('workOrders.notDone')}</span>;
  return (
    <>
      <Facts
        columns={3}
        labelWidth={104}
        facts={[
          { label: t('workOrders.startedAt'), value: <DateTimeText value={order.startedAt} /> },
          { label: t('workOrders.completedAt'), value: <DateTimeText value={order.completedAt} /> },
          { label: t('workOrders.technicians'), value: shares },
          { label: t('workOrders.fault'), value: order.fault },
          { label: t('workOrders.cause'), value: order.cause },
          { label: t('workOrders.action'), value: order.action },
          ...afterwards(t, page),
        ]}
      />
      {labour.length > 0 && (
        <LineTable
          rows={labour}
          keyOf={({ lineNo }) => lineNo}
          columns={[
            { title: t('workOrders.workType'), render: ({ name }) => name },
            { title: t('fields.code'), render: ({ code }) => code },
            { title: t('workOrders.units'), isNumber: true, render: ({ units }) => <QuantityText value={units} /> },
            {
              title: t('workOrders.fee'),
              isNumber: true,
              render: ({ fee }) => <MoneyText value={fee} />,
              foot: <MoneyText value={labour.reduce((sum, { fee }) => sum + fee, 0)} />,
            },
          ]}
        />
      )}
    </>
  );
}

/** The parts drawn for it. */
export function OrderMaterial({ parts }: Readonly<Pick<OrderPage, 'parts'>>) {
  const t = useText();
  return (
    <LineTable
      rows={parts}
      keyOf={({ id }) => id}
      empty={t('workOrders.noMaterial')}
      columns={[
        { title: t('workOrders.partNumber'), render: ({ number }) => number },
        { title: t('workOrders.partName'), render: ({ name }) => name },
        { title: t('workOrders.warehouse'), render: ({ warehouseName }) => warehouseName },
        { title: t('workOrders.charge'), render: ({ charge }) => t(`workOrderCodes.charge.${charge}`) },
        {
          title: t('workOrders.quantity'),
          isNumber: true,
          render: ({ quantity }) => <QuantityText value={quantity} />,
        },
        { title: t('workOrders.price'), isNumber: true, render: ({ price }) => <MoneyText value={price} /> },
        {
          title: t('workOrders.amount'),
          isNumber: true,
          render: ({ quantity, price }) => <MoneyText value={lineAmount(quantity, price)} />,
        },
      ]}
    />
  );
}
