import { Form, Input, Select } from 'antd';
import type { InputOf } from '#operations/index.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm } from '#renderer/ui/index.ts';
import { customerKindOptions } from '../work-orders/codes.ts';
import type { CustomerPage } from './CustomerScreen.tsx';

type Fields = Required<InputOf<'customers.save'>['fields']>;
type Values = Readonly<{ fields: Fields }>;

type Props = Readonly<{ customer: CustomerPage['customer']; onClose: () => void }>;

/** Corrects a customer's record. */
export function CustomerDialog({ customer, onClose }: Props) {
  const t = useText();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('customers.save');
  const { id, version, kind, name, phone, secondPhone, address, note } = customer;
  return (
    <Dialog isOpen title={t('customers.edit')} onClose={onClose} width={560}>
      <EntryForm
        form={form}
        initialValues={{ fields: { kind, name, phone, secondPhone, address, note } }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={({ fields }) => operation.mutate({ existing: { id, version }, fields }, { onSuccess: onClose })}
      >
        <div className="mw-fields" style={{ '--mw-columns': 2 } as React.CSSProperties}>
          <Form.Item name={['fields', 'name']} label={t('fields.name')}>
            <Input maxLength={100} autoFocus />
          </Form.Item>
          <Form.Item name={['fields', 'kind']} label={t('intake.customerKind')}>
            <Select options={customerKindOptions(t)} />
          </Form.Item>
          <Form.Item name={['fields', 'phone']} label={t('fields.phone')}>
            <Input maxLength={30} inputMode="tel" />
          </Form.Item>
          <Form.Item name={['fields', 'secondPhone']} label={t('fields.secondPhone')}>
            <Input maxLength={30} inputMode="tel" />
          </Form.Item>
          <Form.Item name={['fields', 'address']} label={t('fields.address')} className="is-wide">
            <Input maxLength={300} />
          </Form.Item>
          <Form.Item name={['fields', 'note']} label={t('fields.note')} className="is-wide">
            <Input.TextArea maxLength={1000} autoSize={{ minRows: 2, maxRows: 6 }} />
          </Form.Item>
        </div>
      </EntryForm>
    </Dialog>
  );
}
