import { useText } from '#renderer/text/react.ts';
import { DateText, type Fact, Facts, Section } from '#renderer/ui/index.ts';
import { deviceText } from '../work-orders/facts.tsx';

type Customer = Readonly<{ name: string; phone: string; secondPhone: string; address: string }>;
type Device = Readonly<{
  category: string;
  brand: string;
  model: string;
  serial: string;
  warrantyEndOn: string | null;
}>;

/** Customer and device as the asker told of them: whether this unit knows them or not. */
export function PeopleFacts({ customer, device }: Readonly<{ customer: Customer | null; device: Device }>) {
  const t = useText();
  const facts: Fact[] = [
    { label: t('workOrders.customer'), value: customer?.name ?? t('workOrders.anonymous') },
    { label: t('fields.phone'), value: [customer?.phone, customer?.secondPhone].filter(Boolean).join('，') },
    { label: t('workOrders.device'), value: deviceText({ ...device, serial: '' }) },
    { label: t('fields.serial'), value: device.serial },
  ];
  if (device.warrantyEndOn)
    facts.push({ label: t('intake.warrantyEndOn'), value: <DateText value={device.warrantyEndOn} /> });
  if (customer?.address) facts.push({ label: t('fields.address'), value: customer.address });
  return (
    <Section title={t('workOrders.customer')}>
      <Facts columns={2} labelWidth={104} facts={facts} />
    </Section>
  );
}
