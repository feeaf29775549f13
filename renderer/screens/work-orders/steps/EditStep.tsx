import { Form, Input, Segmented, Select } from 'antd';
import type { InputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, DictionaryField, EntryForm, InstantField, MoneyInput } from '#renderer/ui/index.ts';
import { urgencyOptions, warrantyOptions } from '../codes.ts';
import type { OrderPage, StepDialogProps } from './registry.ts';
import { stepTitle } from './title.ts';

type Fields = Required<InputOf<'workOrders.edit'>['fields']>;
type Values = Readonly<{ fields: Fields }>;

/** Corrects what was registered. Names are those of the operation's input, so that its faults find their fields. */
export function EditStep({ page, onClose }: StepDialogProps) {
  const t = useText();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('workOrders.edit');
  const choices = useQueryOperation('intake.choices', {}, { staleTime: 60_000 });
  const { id, version, mode } = page.order;
  const stores = (choices.data?.stores ?? []).map((store) => ({ value: store.id, label: store.name }));
  return (
    <Dialog isOpen title={stepTitle(t, 'edit', page)} onClose={onClose} width={640}>
      <EntryForm
        form={form}
        initialValues={{ fields: fieldsOf(page) }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={({ fields }) =>
          operation.mutate(
            { id, version, fields: { ...fields, storeId: fields.storeId ?? null, estimate: fields.estimate ?? 0 } },
            { onSuccess: onClose },
          )
        }
      >
        <Form.Item name={['fields', 'symptom']} label={t('fields.symptom')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} autoFocus maxLength={2000} />
        </Form.Item>
        <div className="mw-fields" style={{ '--mw-columns': 2 } as React.CSSProperties}>
          <Form.Item name={['fields', 'appearance']} label={t('fields.appearance')}>
            <DictionaryField dictionary="appearance" />
          </Form.Item>
          <Form.Item name={['fields', 'accessories']} label={t('fields.accessories')}>
            <DictionaryField dictionary="accessories" />
          </Form.Item>
          <Form.Item name={['fields', 'urgency']} label={t('fields.urgency')}>
            <Segmented options={urgencyOptions(t)} />
          </Form.Item>
          <Form.Item name={['fields', 'warrantyClass']} label={t('fields.warrantyClass')}>
            <Segmented options={warrantyOptions(t)} />
          </Form.Item>
          <Form.Item name={['fields', 'promisedAt']} label={t('fields.promisedAt')}>
            <InstantField />
          </Form.Item>
          <Form.Item name={['fields', 'estimate']} label={t('fields.estimate')}>
            <MoneyInput />
          </Form.Item>
          <Form.Item name={['fields', 'storeId']} label={t('fields.storeId')}>
            <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={stores} />
          </Form.Item>
          <Form.Item name={['fields', 'visitAddress']} label={t('fields.visitAddress')} hidden={mode !== 'on-site'}>
            <Input maxLength={300} />
          </Form.Item>
        </div>
      </EntryForm>
    </Dialog>
  );
}

function fieldsOf({ order }: OrderPage): Fields {
  const { urgency, warrantyClass, storeId, symptom, appearance, accessories, visitAddress, estimate, promisedAt } =
    order;
  return { urgency, warrantyClass, storeId, symptom, appearance, accessories, visitAddress, estimate, promisedAt };
}
