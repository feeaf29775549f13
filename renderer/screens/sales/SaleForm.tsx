import { Button, Form } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { InputOf, OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { EntryForm, Loaded, Section, useToday } from '#renderer/ui/index.ts';
import { DeviceFields, SaleFields, WhoFields } from './fields.tsx';
import '../stock/stock.css';
import './sales.css';
import { emptyValues, type SaleValues, valuesOf } from './values.ts';

type Reported = OutputOf<'sales.report'>;

/** Reports a sale; with `replacesId` one that was refused, to be asked of somebody else. */
export function SaleForm({ replacesId }: Readonly<{ replacesId: string | null }>) {
  const before = useQueryOperation('sales.get', { id: replacesId ?? '' }, { enabled: replacesId !== null });
  const today = useToday();
  if (replacesId === null) return <Fields initial={emptyValues(today)} replaces={null} />;
  return (
    <Loaded query={before}>
      {(sheet) => <Fields initial={valuesOf(sheet)} replaces={{ id: sheet.id, number: sheet.number }} />}
    </Loaded>
  );
}

type FieldsProps = Readonly<{
  initial: Partial<SaleValues>;
  replaces: Readonly<{ id: string; number: string }> | null;
}>;

function Fields({ initial, replaces }: FieldsProps) {
  const t = useText();
  const today = useToday();
  const [form] = Form.useForm<SaleValues>();
  const operation = useOperation('sales.report');
  const stores = useQueryOperation('intake.choices', {}, { staleTime: 60_000 });
  const [reported, setReported] = useState<Reported>();
  const [round, setRound] = useState(0);

  function submit({ toUnitId, ...values }: SaleValues): void {
    const known = stores.data?.stores.find(({ name }) => name === values.store.trim());
    const input: InputOf<'sales.report'> = {
      ...values,
      toUnitId: toUnitId ?? null,
      storeId: known?.id ?? null,
      replacesId: replaces?.id ?? null,
    };
    operation.mutate(input, {
      onSuccess: (result) => {
        setReported(result);
        form.setFieldsValue(emptyValues(today));
        setRound(round + 1);
      },
    });
  }

  return (
    <div className="mw-sale">
      {reported && <Done reported={reported} />}
      <EntryForm
        key={round}
        form={form}
        initialValues={reported ? emptyValues(today) : initial}
        error={operation.error}
        isPending={operation.isPending}
        submitText={t('sales.submit')}
        onSubmit={submit}
      >
        <Section title={replaces ? t('sales.again', { number: replaces.number }) : t('sales.sale')}>
          <SaleFields stores={stores.data?.stores ?? []} />
        </Section>
        <Section title={t('workOrders.customer')}>
          <WhoFields />
        </Section>
        <Section title={t('workOrders.device')}>
          <DeviceFields />
        </Section>
      </EntryForm>
    </div>
  );
}

/** What came of the report, until the next one is sent. */
function Done({ reported: { number, unit, workOrder } }: Readonly<{ reported: Reported }>) {
  const t = useText();
  return (
    <output className="mw-stock-saved">
      <strong>
        {workOrder ? t('sales.doneHere', { number, order: workOrder.number }) : t('sales.doneThere', { number, unit })}
      </strong>
      <Link to={workOrder ? `/work-orders/${workOrder.id}` : '/sales?tab=outbox'}>
        <Button size="small">{t('common.open')}</Button>
      </Link>
    </output>
  );
}
