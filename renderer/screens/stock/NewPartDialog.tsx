import { Form, Input } from 'antd';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm, MoneyInput } from '#renderer/ui/index.ts';
import type { NewPart } from './draft-lines.ts';

type Props = Readonly<{ fragment: string; onTake: (part: NewPart) => void; onClose: () => void }>;

/** A part nobody has set up yet; it is saved together with the receipt. */
export function NewPartDialog({ fragment, onTake, onClose }: Props) {
  const t = useText();
  const [form] = Form.useForm<NewPart>();
  return (
    <Dialog isOpen title={t('stock.newPart')} onClose={onClose} width={480}>
      <EntryForm
        form={form}
        initialValues={guessed(fragment)}
        error={null}
        isPending={false}
        submitText={t('stock.addLine')}
        onCancel={onClose}
        onSubmit={(part) => onTake({ ...part, salePrice: part.salePrice ?? 0 })}
        footer={<span className="mw-soft mw-form-note">{t('stock.newPartHint')}</span>}
      >
        <PartFormFields isRequired />
      </EntryForm>
    </Dialog>
  );
}

/** What stands in a part's form; names as the operations know them. */
export function PartFormFields({
  isRequired = false,
  within = [],
}: Readonly<{ isRequired?: boolean; within?: string[] }>) {
  const t = useText();
  const rules = isRequired ? [{ required: true, whitespace: true, message: t('fieldRules.required') }] : [];
  return (
    <div className="mw-fields" style={{ '--mw-columns': 2 } as React.CSSProperties}>
      <Form.Item name={[...within, 'number']} label={t('stock.columns.partNumber')} rules={rules}>
        <Input autoFocus maxLength={50} autoComplete="off" />
      </Form.Item>
      <Form.Item name={[...within, 'barcode']} label={t('stock.columns.barcode')}>
        <Input maxLength={50} autoComplete="off" />
      </Form.Item>
      <Form.Item name={[...within, 'name']} label={t('stock.columns.name')} rules={rules} className="is-wide">
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name={[...within, 'measure']} label={t('stock.columns.measure')}>
        <Input maxLength={20} autoComplete="off" />
      </Form.Item>
      <Form.Item name={[...within, 'salePrice']} label={t('stock.columns.salePrice')}>
        <MoneyInput />
      </Form.Item>
    </div>
  );
}

/** A scanned code is the barcode, a word without spaces that has digits the number, anything else the name. */
function guessed(fragment: string): NewPart {
  const empty = { number: '', name: '', barcode: '', measure: '' };
  if (/^\d{8,}$/.test(fragment)) return { ...empty, barcode: fragment };
  return /^[\x21-\x7e]*\d[\x21-\x7e]*$/.test(fragment) ? { ...empty, number: fragment } : { ...empty, name: fragment };
}
