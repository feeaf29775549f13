import { useText } from '#renderer/text/react.ts';
import { DateTimeText, Facts, LineTable, MoneyText } from '#renderer/ui/index.ts';
import type { OrderPage } from './steps/registry.ts';

type Props = Readonly<Pick<OrderPage, 'entries' | 'settlement'>>;

/** Money taken and given back for the order, and the settlement in force. */
export function OrderMoney({ entries, settlement }: Props) {
  const t = useText();
  return (
    <>
      {settlement && <SettlementFacts settlement={settlement} />}
      <LineTable
        rows={entries}
        keyOf={({ id }) => id}
        empty={t('workOrders.noMoney')}
        columns={[
          { title: t('workOrders.at'), render: ({ at }) => <DateTimeText value={at} /> },
          { title: t('fields.kind'), render: ({ kind }) => t(`workOrderCodes.entryKind.${kind}`) },
          { title: t('workOrders.method'), render: ({ method }) => t(`workOrderCodes.method.${method}`) },
          { title: t('workOrders.takenBy'), render: ({ employeeName }) => employeeName },
          { title: t('workOrders.amount'), isNumber: true, render: ({ amount }) => <MoneyText value={amount} /> },
        ]}
      />
    </>
  );
}

function SettlementFacts({ settlement }: Readonly<{ settlement: NonNullable<Props['settlement']> }>) {
  const t = useText();
  const { labour, parts, travel, discount, total, receivedBefore, due } = settlement;
  const money = (value: number) => <MoneyText value={value} />;
  return (
    <div style={{ marginBottom: 10 }}>
      <div style={{ marginBottom: 4, fontWeight: 600 }}>
        {t('workOrders.settlement', { number: settlement.number })}
      </div>
      <Facts
        columns={4}
        labelWidth={72}
        facts={[
          { label: t('workOrders.labour'), value: money(labour) },
          { label: t('workOrders.parts'), value: money(parts) },
          { label: t('workOrders.travel'), value: money(travel) },
          { label: t('workOrders.discount'), value: money(discount) },
          { label: t('workOrders.total'), value: <strong>{money(total)}</strong> },
          { label: t('workOrders.receivedBefore'), value: money(receivedBefore) },
          { label: t(due < 0 ? 'workOrders.refundDue' : 'workOrders.due'), value: money(Math.abs(due)) },
        ]}
      />
    </div>
  );
}
