import { App, Form, Input, Select } from 'antd';
import { useState } from 'react';
import type { InputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { DateField, Dialog, EntryForm, QuantityInput, QuantityText, useSettled } from '#renderer/ui/index.ts';
import type { PartFound } from '../draft-lines.ts';
import { PartPicker } from '../PartPicker.tsx';
import { type StockChoices, usualWarehouse, WarehouseField, WithWarehouses } from '../StockForm.tsx';

type Values = Omit<InputOf<'stock.reserve'>, 'partId' | 'warehouseId'>;

/** Keeps parts back for a work order, or for a customer who ordered them. */
export function ReserveDialog({ onClose }: Readonly<{ onClose: () => void }>) {
  const t = useText();
  return (
    <Dialog isOpen title={t('availability.reserve')} onClose={onClose} width={640}>
      <WithWarehouses>{(choices) => <ReserveForm choices={choices} onClose={onClose} />}</WithWarehouses>
    </Dialog>
  );
}

function ReserveForm({ choices, onClose }: Readonly<{ choices: StockChoices; onClose: () => void }>) {
  const t = useText();
  const may = useMay();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('stock.reserve');
  const [warehouseId, setWarehouseId] = useState(usualWarehouse(choices));
  const [part, setPart] = useState<PartFound | null>(null);

  function submit({ workOrderId = null, reservedFor = '', ...values }: Values): void {
    operation.mutate(
      { ...values, workOrderId, reservedFor, warehouseId, partId: part?.id ?? '' },
      {
        onSuccess: () => {
          void message.success(t('availability.reservedNow', { number: part?.number ?? '' }));
          onClose();
        },
      },
    );
  }

  return (
    <EntryForm
      form={form}
      initialValues={{ quantity: 1000, reservedFor: '' }}
      error={operation.error}
      isPending={operation.isPending}
      submitText={t('availability.reserve')}
      onCancel={onClose}
      onSubmit={submit}
      footer={part && <Available part={part} />}
    >
      <div className="mw-place-pick">
        <WarehouseField
          aria-label={t('stock.warehouse')}
          warehouses={choices.warehouses}
          value={warehouseId}
          onChange={(id) => {
            setWarehouseId(id);
            setPart(null); // What can be had was looked up for the other warehouse.
          }}
        />
        <PartPicker
          autoFocus
          warehouseId={warehouseId}
          chosen={part}
          onForget={() => setPart(null)}
          onChoose={(found) => {
            setPart(found);
            setTimeout(() => form.focusField('quantity'));
          }}
        />
      </div>
      <div className="mw-fields" style={{ '--mw-columns': 2 } as React.CSSProperties}>
        <Form.Item name="quantity" label={t('fields.quantity')}>
          <QuantityInput unit={part?.measure ?? ''} />
        </Form.Item>
        <Form.Item name="untilOn" label={t('fields.untilOn')}>
          <DateField />
        </Form.Item>
        {may('work.view') && (
          <Form.Item name="workOrderId" label={t('fields.workOrderId')}>
            <OrderField />
          </Form.Item>
        )}
        <Form.Item name="reservedFor" label={t('fields.reservedFor')}>
          <Input maxLength={200} autoComplete="off" placeholder={t('availability.reservedForHint')} />
        </Form.Item>
      </div>
    </EntryForm>
  );
}

function Available({ part: { onHand, reserved, measure } }: Readonly<{ part: PartFound }>) {
  const t = useText();
  return (
    <span className="mw-soft mw-form-note">
      {t('availability.available')} <QuantityText value={Math.max(0, onHand - reserved)} /> {measure}
    </span>
  );
}

type OrderProps = Readonly<{ id?: string; value?: string | null; onChange?: (id: string | null) => void }>;

/** An open work order, by any fragment of its number. */
function OrderField({ id, value, onChange }: OrderProps) {
  const [fragment, setFragment] = useState('');
  const typed = useSettled(fragment);
  const filters = typed === '' ? [] : [{ column: 'number', op: 'contains' as const, value: typed }];
  const found = useQueryOperation('workOrders.list', { scope: 'open', filters, limit: 20 }, { keepPrevious: true });
  const options = (found.data?.rows ?? []).map(({ id: orderId, number, customerName }) => ({
    value: orderId,
    label: `${number} ${customerName ?? ''}`,
  }));
  return (
    <Select
      allowClear
      {...(id === undefined ? {} : { id })}
      value={value ?? null}
      options={options}
      showSearch={{ filterOption: false, onSearch: setFragment }}
      onChange={(chosen: string | null | undefined) => onChange?.(chosen ?? null)}
    />
  );
}
