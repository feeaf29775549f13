import { Form, Input, InputNumber } from 'antd';
import type { InputOf } from '#operations/index.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { DateField, Dialog, DictionaryField, EntryForm } from '#renderer/ui/index.ts';
import type { CustomerDevice } from './CustomerScreen.tsx';

type Fields = Required<InputOf<'customers.saveDevice'>['fields']>;
type Values = Readonly<{ fields: Fields }>;

type Props = Readonly<{ customerId: string; device: CustomerDevice | null; onClose: () => void }>;

const NEW: Fields = {
  category: '',
  brand: '',
  model: '',
  serial: '',
  madeYear: null,
  boughtOn: null,
  placeOfPurchase: '',
  warrantyEndOn: null,
  note: '',
};

/** A device of the customer, new or corrected. */
export function DeviceDialog({ customerId, device, onClose }: Props) {
  const t = useText();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('customers.saveDevice');
  const target = device === null ? { customerId } : { id: device.id, version: device.version };
  return (
    <Dialog
      isOpen
      title={t(device === null ? 'customers.addDevice' : 'customers.editDevice')}
      onClose={onClose}
      width={640}
    >
      <EntryForm
        form={form}
        initialValues={{ fields: device === null ? NEW : fieldsOf(device) }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={({ fields }) =>
          operation.mutate({ device: target, fields: { ...NEW, ...fields } }, { onSuccess: onClose })
        }
      >
        <div className="mw-fields" style={{ '--mw-columns': 2 } as React.CSSProperties}>
          <Form.Item name={['fields', 'category']} label={t('fields.category')}>
            <DictionaryField dictionary="category" autoFocus maxLength={100} />
          </Form.Item>
          <Form.Item name={['fields', 'brand']} label={t('fields.brand')}>
            <DictionaryField dictionary="brand" maxLength={100} />
          </Form.Item>
          <Form.Item name={['fields', 'model']} label={t('fields.model')}>
            <DictionaryField dictionary="model" maxLength={100} />
          </Form.Item>
          <Form.Item name={['fields', 'serial']} label={t('fields.serial')}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name={['fields', 'placeOfPurchase']} label={t('fields.placeOfPurchase')}>
            <DictionaryField dictionary="place-of-purchase" maxLength={200} />
          </Form.Item>
          <Form.Item name={['fields', 'boughtOn']} label={t('fields.boughtOn')}>
            <DateField />
          </Form.Item>
          <Form.Item name={['fields', 'warrantyEndOn']} label={t('fields.warrantyEndOn')}>
            <DateField />
          </Form.Item>
          <Form.Item name={['fields', 'madeYear']} label={t('fields.madeYear')}>
            <InputNumber style={{ width: '100%' }} controls={false} />
          </Form.Item>
          <Form.Item name={['fields', 'note']} label={t('fields.note')} className="is-wide">
            <Input maxLength={1000} />
          </Form.Item>
        </div>
      </EntryForm>
    </Dialog>
  );
}

function fieldsOf(device: CustomerDevice): Fields {
  const { category, brand, model, serial, madeYear, boughtOn, placeOfPurchase, warrantyEndOn, note } = device;
  return { category, brand, model, serial, madeYear, boughtOn, placeOfPurchase, warrantyEndOn, note };
}
