import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DateTimeText,
  Facts,
  LineTable,
  Loaded,
  MoneyText,
  Page,
  Section,
  StateTag,
  ToneTag,
  useHotkey,
} from '#renderer/ui/index.ts';
import { deviceText } from '../work-orders/facts.tsx';
import { CustomerDialog } from './CustomerDialog.tsx';
import { DeviceDialog } from './DeviceDialog.tsx';
import { EarlierValues } from './EarlierValues.tsx';

export type CustomerPage = OutputOf<'customers.get'>;
export type CustomerDevice = CustomerPage['devices'][number];

/** The whole of a customer on one page; work is started from here. */
export function CustomerScreen() {
  const { id = '' } = useParams();
  const t = useText();
  const may = useMay();
  const navigate = useNavigate();
  const query = useQueryOperation('customers.get', { id });
  const [edited, setEdited] = useState<CustomerPage['customer']>(); // as it was seen when the dialog opened
  useHotkey('Escape', () => void navigate(-1));
  const page = query.data;
  return (
    <Page
      title={
        <>
          <Button
            type="text"
            icon={<ArrowLeftOutlined />}
            aria-label={t('common.back')}
            onClick={() => void navigate(-1)}
          />{' '}
          {page?.customer.name ?? t('customers.title')}
        </>
      }
      extra={page && <ToneTag tone="neutral">{t(`workOrderCodes.customerKind.${page.customer.kind}`)}</ToneTag>}
      actions={
        <>
          {may('customers.edit') && page && (
            <Button onClick={() => setEdited(page.customer)}>{t('customers.edit')}</Button>
          )}
          {may('intake.register') && (
            <ActionButton type="primary" hotkey="Alt+1" onClick={() => void navigate(`/intake?customer=${id}`)}>
              {t('customers.newWork')}
            </ActionButton>
          )}
        </>
      }
      isBusy={query.isFetching}
    >
      <Loaded query={query}>{(loaded) => <CustomerBody page={loaded} />}</Loaded>
      {edited && <CustomerDialog customer={edited} onClose={() => setEdited(undefined)} />}
    </Page>
  );
}

function CustomerBody({ page }: Readonly<{ page: CustomerPage }>) {
  const t = useText();
  const may = useMay();
  const { customer, entries } = page;
  const received = entries.reduce((sum, entry) => sum + entry.amount, 0);
  return (
    <>
      <Section title={t('customers.facts')}>
        <Facts
          columns={3}
          labelWidth={96}
          facts={[
            { label: t('fields.phone'), value: customer.phone },
            { label: t('fields.secondPhone'), value: customer.secondPhone },
            { label: t('fields.address'), value: customer.address },
            { label: t('fields.note'), value: customer.note },
            ...(may('billing.view') ? [{ label: t('customers.received'), value: <MoneyText value={received} /> }] : []),
          ]}
        />
      </Section>
      <Devices page={page} />
      <Section title={t('customers.orders')}>
        <Orders page={page} />
      </Section>
      {may('billing.view') && (
        <Section title={t('customers.money')}>
          <Money entries={entries} />
        </Section>
      )}
      <EarlierValues page={page} />
    </>
  );
}

function Devices({ page }: Readonly<{ page: CustomerPage }>) {
  const t = useText();
  const may = useMay();
  const [edited, setEdited] = useState<CustomerDevice | 'new'>();
  const canEdit = may('customers.edit');
  return (
    <Section
      title={t('customers.devices')}
      actions={
        canEdit && (
          <Button size="small" onClick={() => setEdited('new')}>
            {t('customers.addDevice')}
          </Button>
        )
      }
    >
      <LineTable
        rows={page.devices}
        keyOf={(device) => device.id}
        empty={t('intake.noDevices')}
        columns={[
          { title: t('fields.device'), render: (device) => deviceText({ ...device, serial: '' }) },
          { title: t('fields.serial'), render: ({ serial }) => serial },
          { title: t('fields.placeOfPurchase'), render: ({ placeOfPurchase }) => placeOfPurchase },
          { title: t('fields.boughtOn'), render: ({ boughtOn }) => boughtOn },
          { title: t('fields.warrantyClass'), render: (device) => <Warranty device={device} /> },
          { title: t('customers.orders'), render: (device) => <DeviceWork device={device} /> },
          {
            title: '',
            isNumber: true,
            render: (device) =>
              canEdit && (
                <Button type="link" size="small" onClick={() => setEdited(device)}>
                  {t('common.edit')}
                </Button>
              ),
          },
        ]}
      />
      {edited !== undefined && (
        <DeviceDialog
          customerId={page.customer.id}
          device={edited === 'new' ? null : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Section>
  );
}

function Warranty({ device }: Readonly<{ device: CustomerDevice }>) {
  const t = useText();
  if (device.isUnderWarranty === null) return null;
  if (!device.isUnderWarranty) return <ToneTag tone="quiet">{t('intake.outOfWarranty')}</ToneTag>;
  return <ToneTag tone="good">{t('intake.warrantyUntil', { date: device.warrantyEndOn ?? '' })}</ToneTag>;
}

function DeviceWork({ device }: Readonly<{ device: CustomerDevice }>) {
  const t = useText();
  return (
    <>
      {t('customers.workCount', { count: device.orderCount })}{' '}
      {device.openCount > 0 && <ToneTag tone="waiting">{t('intake.openCount', { count: device.openCount })}</ToneTag>}{' '}
      {device.isRepeatRepair && (
        <ToneTag tone="special">{t('intake.repeatRepair', { count: device.recentCount })}</ToneTag>
      )}
    </>
  );
}

function Orders({ page }: Readonly<{ page: CustomerPage }>) {
  const t = useText();
  const may = useMay();
  return (
    <LineTable
      rows={page.orders}
      keyOf={(order) => order.id}
      empty={t('customers.noOrders')}
      columns={[
        {
          title: t('workOrders.columns.number'),
          render: ({ id, number }) => (may('work.view') ? <Link to={`/work-orders/${id}`}>{number}</Link> : number),
        },
        { title: t('workOrders.columns.state'), render: ({ state }) => <StateTag state={state} /> },
        { title: t('workOrders.columns.receivedOn'), render: ({ receivedOn }) => receivedOn },
        { title: t('fields.device'), render: (order) => deviceText(order) },
        { title: t('fields.symptom'), render: ({ symptom }) => symptom },
        { title: t('customers.outcome'), render: ({ action, stateReason }) => action || stateReason },
        { title: t('workOrders.columns.technicianName'), render: ({ technicianName }) => technicianName },
        ...(may('billing.view')
          ? [
              {
                title: t('workOrders.total'),
                isNumber: true,
                render: ({ total }: CustomerPage['orders'][number]) => <MoneyText value={total} />,
              },
            ]
          : []),
      ]}
    />
  );
}

function Money({ entries }: Readonly<Pick<CustomerPage, 'entries'>>) {
  const t = useText();
  return (
    <LineTable
      rows={entries}
      keyOf={(entry) => entry.id}
      empty={t('workOrders.noMoney')}
      columns={[
        { title: t('workOrders.at'), render: ({ at }) => <DateTimeText value={at} /> },
        {
          title: t('workOrders.columns.number'),
          render: ({ workOrderId, number }) => <Link to={`/work-orders/${workOrderId}`}>{number}</Link>,
        },
        { title: t('fields.kind'), render: ({ kind }) => t(`workOrderCodes.entryKind.${kind}`) },
        { title: t('workOrders.method'), render: ({ method }) => t(`workOrderCodes.method.${method}`) },
        { title: t('workOrders.amount'), isNumber: true, render: ({ amount }) => <MoneyText value={amount} /> },
      ]}
    />
  );
}
