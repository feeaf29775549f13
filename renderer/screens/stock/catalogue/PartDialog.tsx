import { App, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm, MoneyInput } from '#renderer/ui/index.ts';
import { PartFormFields } from '../NewPartDialog.tsx';
import { ListRows } from './ListRows.tsx';
import { inputOf, type PartSheet, type PartValues, valuesOf } from './part-values.ts';
import { classOptions, levelOptions, trackingOptions } from './words.ts';

type Props = Readonly<{ part: PartSheet | null; onClose: () => void }>;

/** A part with all that hangs on it, saved together. */
export function PartDialog({ part, onClose }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<PartValues>();
  const operation = useOperation('setup.savePart');
  const existing = part && { id: part.id, version: part.version };
  return (
    <Dialog
      isOpen
      title={part ? t('stock.editPart', { number: part.number }) : t('stock.addPart')}
      onClose={onClose}
      width={900}
    >
      <EntryForm
        form={form}
        initialValues={valuesOf(part)}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={(values) =>
          operation.mutate(
            { existing, ...inputOf(values) },
            {
              onSuccess: ({ number }) => {
                void message.success(t('stock.partSaved', { number }));
                onClose();
              },
            },
          )
        }
      >
        <div className="mw-part-form">
          <div className="mw-part-columns">
            <div>
              <PartFormFields within={['fields']} />
              <KindFields />
            </div>
            <div>
              <OldPartFields />
              <Barcodes />
              <Models />
            </div>
          </div>
          <Suppliers part={part} />
          <Prices />
        </div>
      </EntryForm>
    </Dialog>
  );
}

function KindFields() {
  const t = useText();
  return (
    <>
      <div className="mw-fields" style={{ '--mw-columns': 2 } as React.CSSProperties}>
        <Form.Item name={['fields', 'category']} label={t('fields.category')}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name={['fields', 'tracking']} label={t('fields.tracking')}>
          <Select options={trackingOptions(t)} />
        </Form.Item>
      </div>
      <Form.Item name={['fields', 'isActive']} valuePropName="checked">
        <Checkbox>{t('stock.partActive')}</Checkbox>
      </Form.Item>
    </>
  );
}

/** Whether the old part has to come back, until when, and what is owed until it has. */
function OldPartFields() {
  const t = useText();
  const isReturned = Form.useWatch<boolean | undefined>(['fields', 'isOldReturned']) === true;
  return (
    <section className="mw-list-rows">
      <Form.Item name={['fields', 'isOldReturned']} valuePropName="checked">
        <Checkbox>{t('catalogue.oldReturned')}</Checkbox>
      </Form.Item>
      {isReturned && (
        <div className="mw-fields" style={{ '--mw-columns': 2 } as React.CSSProperties}>
          <Form.Item name={['fields', 'oldDueDays']} label={t('fields.oldDueDays')}>
            <InputNumber min={0} max={3650} precision={0} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name={['fields', 'oldAmount']} label={t('fields.oldAmount')}>
            <MoneyInput />
          </Form.Item>
        </div>
      )}
    </section>
  );
}

function Barcodes() {
  const t = useText();
  return (
    <ListRows
      name={['lists', 'barcodes']}
      title={t('fields.barcodes')}
      addText={t('catalogue.addBarcode')}
      widths="1fr"
      heads={[]}
      fresh=""
    >
      {(place) => (
        <Form.Item name={place}>
          <Input maxLength={50} autoComplete="off" aria-label={t('stock.columns.barcode')} />
        </Form.Item>
      )}
    </ListRows>
  );
}

function Models() {
  const t = useText();
  return (
    <ListRows
      name={['lists', 'models']}
      title={t('fields.models')}
      addText={t('catalogue.addModel')}
      widths="2fr 3fr"
      heads={[t('fields.brand'), t('fields.model')]}
      fresh={{ brand: '', model: '' }}
    >
      {(place) => (
        <>
          <Form.Item name={[place, 'brand']}>
            <Input maxLength={60} autoComplete="off" aria-label={t('fields.brand')} />
          </Form.Item>
          <Form.Item name={[place, 'model']}>
            <Input maxLength={100} autoComplete="off" aria-label={t('fields.model')} />
          </Form.Item>
        </>
      )}
    </ListRows>
  );
}

function Suppliers({ part }: Readonly<{ part: PartSheet | null }>) {
  const t = useText();
  const choices = useQueryOperation('stock.choices', {}, { staleTime: 30_000 });
  const known = new Map(
    [...(choices.data?.suppliers ?? []), ...(part?.supplierNames ?? [])].map((s) => [s.id, s.name]),
  );
  const options = [...known].map(([value, label]) => ({ value, label }));
  return (
    <ListRows
      name={['lists', 'suppliers']}
      title={t('fields.suppliers')}
      addText={t('catalogue.addSupplier')}
      widths="3fr 2fr 130px 90px 70px"
      heads={[
        t('stock.columns.supplier'),
        t('fields.supplierNumber'),
        t('fields.price'),
        t('fields.leadDays'),
        t('fields.isPreferred'),
      ]}
      fresh={{ supplierId: undefined, supplierNumber: '', price: 0, leadDays: 0, isPreferred: false }}
    >
      {(place) => (
        <>
          <Form.Item name={[place, 'supplierId']}>
            <Select
              aria-label={t('stock.columns.supplier')}
              showSearch={{ optionFilterProp: 'label' }}
              options={options}
            />
          </Form.Item>
          <Form.Item name={[place, 'supplierNumber']}>
            <Input maxLength={60} autoComplete="off" aria-label={t('fields.supplierNumber')} />
          </Form.Item>
          <Form.Item name={[place, 'price']}>
            <MoneyInput aria-label={t('fields.price')} />
          </Form.Item>
          <Form.Item name={[place, 'leadDays']}>
            <InputNumber min={0} max={3650} precision={0} style={{ width: '100%' }} aria-label={t('fields.leadDays')} />
          </Form.Item>
          <Form.Item name={[place, 'isPreferred']} valuePropName="checked">
            <Checkbox aria-label={t('fields.isPreferred')} />
          </Form.Item>
        </>
      )}
    </ListRows>
  );
}

function Prices() {
  const t = useText();
  return (
    <ListRows
      name={['lists', 'prices']}
      title={t('fields.prices')}
      addText={t('catalogue.addPrice')}
      widths="2fr 2fr 130px"
      heads={[t('fields.level'), t('fields.customerClass'), t('fields.price')]}
      fresh={{ level: '', customerClass: 'dealer', price: null }}
    >
      {(place) => (
        <>
          <Form.Item name={[place, 'level']}>
            <Select aria-label={t('fields.level')} options={levelOptions(t)} />
          </Form.Item>
          <Form.Item name={[place, 'customerClass']}>
            <Select aria-label={t('fields.customerClass')} options={classOptions(t)} />
          </Form.Item>
          <Form.Item name={[place, 'price']}>
            <MoneyInput aria-label={t('fields.price')} />
          </Form.Item>
        </>
      )}
    </ListRows>
  );
}
