import { ArrowLeftOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { isBeforeDone } from '#domain/work-orders/states.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DateText,
  DateTimeText,
  type Fact,
  Facts,
  Loaded,
  MoneyText,
  Page,
  Section,
  StateTag,
  Timeline,
  ToneTag,
  toneOfState,
  useHotkey,
} from '#renderer/ui/index.ts';
import { Receipt } from '../intake/Receipt.tsx';
import { OrderHandshakes } from '../referrals/OrderHandshakes.tsx';
import { kindText } from './codes.ts';
import { deviceText, PromiseText, UrgentTag } from './facts.tsx';
import { OrderJob, OrderMaterial } from './OrderJob.tsx';
import { OrderMoney } from './OrderMoney.tsx';
import { OrderPhotos } from './OrderPhotos.tsx';
import type { OrderPage } from './steps/registry.ts';
import { StepButtons } from './steps/StepButtons.tsx';

/** Everything about one work order, and the next possible steps as buttons. */
export function WorkOrderScreen() {
  const { id = '' } = useParams();
  const t = useText();
  const navigate = useNavigate();
  const query = useQueryOperation('workOrders.get', { id }, { keepPrevious: true });
  const page = query.data?.order.id === id ? query.data : undefined;
  useHotkey('Escape', () => void navigate(-1));
  const back = (
    <Button type="text" icon={<ArrowLeftOutlined />} aria-label={t('common.back')} onClick={() => void navigate(-1)} />
  );
  return (
    <Page
      title={
        <>
          {back} {page ? page.order.number : t('workOrders.title')}
        </>
      }
      extra={page && <Marks page={page} />}
      actions={
        page && (
          <>
            <ActionButton
              icon={<PrinterOutlined />}
              hotkey="Ctrl+P"
              aria-label={t('intake.printReceipt')}
              onClick={() => window.print()}
            />
            <StepButtons page={page} />
          </>
        )
      }
      isBusy={query.isFetching}
    >
      <Loaded query={{ ...query, data: page }}>{(loaded) => <OrderBody page={loaded} />}</Loaded>
    </Page>
  );
}

function Marks({ page }: Readonly<{ page: OrderPage }>) {
  const t = useText();
  return (
    <>
      <StateTag state={page.order.state} />
      <UrgentTag urgency={page.order.urgency} />
      {page.isRepeatRepair && <ToneTag tone="special">{t('workOrders.repeatRepair')}</ToneTag>}
      {page.order.stateReason !== '' && <span className="mw-soft">{page.order.stateReason}</span>}
    </>
  );
}

function OrderBody({ page }: Readonly<{ page: OrderPage }>) {
  const t = useText();
  const may = useMay();
  return (
    <div className="mw-order">
      <Receipt page={page} />
      <div>
        <Section title={t('workOrders.customer')} actions={<AnotherDevice page={page} />}>
          <Facts columns={3} labelWidth={104} facts={useCustomerFacts(page)} />
        </Section>
        <Section title={t('workOrders.intake')}>
          <Facts columns={3} labelWidth={104} facts={useIntakeFacts(page)} />
        </Section>
        <OrderHandshakes workOrderId={page.order.id} />
        <Section title={t('workOrders.job')}>
          <OrderJob page={page} />
        </Section>
        <Section title={t('workOrders.material')}>
          <OrderMaterial parts={page.parts} />
        </Section>
        {may('billing.view') && (
          <Section title={t('workOrders.money')}>
            <OrderMoney entries={page.entries} settlement={page.settlement} />
          </Section>
        )}
        <Section title={t('workOrders.photos')}>
          {page.attachments.length === 0 ? (
            <span className="mw-soft">{t('workOrders.noPhotos')}</span>
          ) : (
            <OrderPhotos attachments={page.attachments} />
          )}
        </Section>
      </div>
      <div className="mw-order-side">
        <Section title={t('workOrders.timeline')}>
          <Timeline
            entries={page.history.toReversed().map((step) => ({
              key: String(step.step),
              at: step.at,
              title: t(`workOrderStates.${step.toState}`),
              by: step.employeeName,
              note: step.reason,
              tone: toneOfState(step.toState),
            }))}
          />
        </Section>
        {page.earlierOrders.length > 0 && (
          <Section title={t('workOrders.earlier')}>
            <EarlierOrders orders={page.earlierOrders} />
          </Section>
        )}
      </div>
    </div>
  );
}

function AnotherDevice({ page }: Readonly<{ page: OrderPage }>) {
  const t = useText();
  const may = useMay();
  if (page.customer === null || !may('intake.register')) return null;
  return <Link to={`/intake?customer=${page.customer.id}`}>{t('workOrders.newIntake')}</Link>;
}

function CustomerName({ customer }: Readonly<Pick<OrderPage, 'customer'>>) {
  const t = useText();
  const may = useMay();
  if (customer === null) return t('workOrders.anonymous');
  return may('customers.view') ? <Link to={`/customers/${customer.id}`}>{customer.name}</Link> : customer.name;
}

function useCustomerFacts({ customer, device }: OrderPage): readonly Fact[] {
  const t = useText();
  const warranty = device.warrantyEndOn && (
    <>
      <DateText value={device.warrantyEndOn} />{' '}
      <ToneTag tone={device.isUnderWarranty ? 'good' : 'quiet'}>
        {t(device.isUnderWarranty ? 'intake.inWarranty' : 'intake.outOfWarranty')}
      </ToneTag>
    </>
  );
  const phones = [customer?.phone, customer?.secondPhone].filter(Boolean).join('，');
  return filled([
    { label: t('workOrders.customer'), value: <CustomerName customer={customer} /> },
    { label: t('fields.phone'), value: phones },
    { label: t('fields.address'), value: customer?.address },
    { label: t('workOrders.device'), value: deviceText({ ...device, serial: '' }) },
    { label: t('fields.serial'), value: device.serial },
    { label: t('intake.warrantyEndOn'), value: warranty },
    { label: t('fields.placeOfPurchase'), value: device.placeOfPurchase },
    { label: t('intake.boughtOn'), value: device.boughtOn ?? '' },
    { label: t('intake.madeYear'), value: device.madeYear },
  ]);
}

function useIntakeFacts({ order, names }: OrderPage): readonly Fact[] {
  const t = useText();
  const kind = `${t(`workOrderCodes.mode.${order.mode}`)} · ${kindText(t, order.kind)}`;
  const technician = names?.technicianName ? `${names.technicianName} ${names.technicianNumber ?? ''}` : '';
  return filled([
    { label: t('fields.symptom'), value: <strong>{order.symptom}</strong> },
    { label: t('fields.appearance'), value: order.appearance },
    { label: t('fields.accessories'), value: order.accessories },
    { label: t('fields.mode'), value: kind },
    { label: t('fields.warrantyClass'), value: t(`workOrderCodes.warrantyClass.${order.warrantyClass}`) },
    { label: t('fields.promisedAt'), value: <PromiseText at={order.promisedAt} isOpen={isBeforeDone(order.state)} /> },
    { label: t('workOrders.technician'), value: technician },
    { label: t('workOrders.appointedAt'), value: order.appointedAt && <DateTimeText value={order.appointedAt} /> },
    { label: t('fields.estimate'), value: order.estimate === 0 ? '' : <MoneyText value={order.estimate} /> },
    { label: t('workOrders.receivedBy'), value: names?.receivedByName },
    { label: t('workOrders.receivedAt'), value: <DateTimeText value={order.receivedAt} /> },
    { label: t('intake.store'), value: names?.storeName },
    { label: t('fields.visitAddress'), value: order.visitAddress },
    { label: t('workOrders.auditedBy'), value: order.auditedOn && `${names?.auditedByName ?? ''} ${order.auditedOn}` },
  ]);
}

/** What is not known takes no room. */
function filled(facts: readonly Fact[]): readonly Fact[] {
  return facts.filter(({ value }) => value !== '' && value !== null && value !== undefined);
}

function EarlierOrders({ orders }: Readonly<{ orders: OrderPage['earlierOrders'] }>) {
  return (
    <Timeline
      entries={orders.map((order) => ({
        key: order.id,
        at: order.receivedAt,
        title: <Link to={`/work-orders/${order.id}`}>{order.number}</Link>,
        note: (
          <>
            <StateTag state={order.state} /> {[order.symptom, order.action].filter(Boolean).join(' → ')}
          </>
        ),
      }))}
    />
  );
}
