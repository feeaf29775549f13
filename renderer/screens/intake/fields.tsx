import { Form, Input, InputNumber, Segmented, Select } from 'antd';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { DateField, DictionaryField, InstantField, MoneyInput, PhotoField } from '#renderer/ui/index.ts';
import {
  channelOptions,
  customerKindOptions,
  kindOptions,
  methodOptions,
  modeOptions,
  urgencyOptions,
  warrantyOptions,
} from '../work-orders/codes.ts';

const columns = (count: number) => ({ '--mw-columns': count }) as React.CSSProperties;

export function NewCustomerFields() {
  const t = useText();
  return (
    <div className="mw-fields" style={columns(2)}>
      <Form.Item name={['customer', 'name']} label={t('fields.name')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['customer', 'phone']} label={t('fields.phone')}>
        <Input maxLength={30} autoComplete="off" inputMode="tel" />
      </Form.Item>
      <Form.Item name={['customer', 'secondPhone']} label={t('intake.secondPhone')}>
        <Input maxLength={30} autoComplete="off" inputMode="tel" />
      </Form.Item>
      <Form.Item name={['customer', 'kind']} label={t('intake.customerKind')}>
        <Select options={customerKindOptions(t)} />
      </Form.Item>
      <Form.Item name={['customer', 'address']} label={t('fields.address')} className="is-wide">
        <Input maxLength={300} autoComplete="off" />
      </Form.Item>
    </div>
  );
}

export function NewDeviceFields() {
  const t = useText();
  return (
    <div className="mw-fields" style={columns(4)}>
      <Form.Item name={['device', 'category']} label={t('fields.category')}>
        <DictionaryField dictionary="category" maxLength={100} />
      </Form.Item>
      <Form.Item name={['device', 'brand']} label={t('fields.brand')}>
        <DictionaryField dictionary="brand" maxLength={100} />
      </Form.Item>
      <Form.Item name={['device', 'model']} label={t('fields.model')}>
        <DictionaryField dictionary="model" maxLength={100} />
      </Form.Item>
      <Form.Item name={['device', 'serial']} label={t('fields.serial')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['device', 'placeOfPurchase']} label={t('fields.placeOfPurchase')}>
        <DictionaryField dictionary="place-of-purchase" maxLength={200} />
      </Form.Item>
      <Form.Item name={['device', 'boughtOn']} label={t('intake.boughtOn')}>
        <DateField />
      </Form.Item>
      <Form.Item name={['device', 'warrantyEndOn']} label={t('intake.warrantyEndOn')}>
        <DateField />
      </Form.Item>
      <Form.Item name={['device', 'madeYear']} label={t('intake.madeYear')}>
        <InputNumber style={{ width: '100%' }} controls={false} />
      </Form.Item>
    </div>
  );
}

/** What is to be done. */
export function WorkFields() {
  const t = useText();
  const choices = useQueryOperation('intake.choices', {}, { staleTime: 60_000 });
  const stores = (choices.data?.stores ?? []).map((store) => ({ value: store.id, label: store.name }));
  const mode: unknown = Form.useWatch('mode');
  return (
    <>
      <div className="mw-fields" style={columns(4)}>
        <Form.Item name="mode" label={t('fields.mode')}>
          <Segmented block options={modeOptions(t)} />
        </Form.Item>
        <Form.Item name="urgency" label={t('fields.urgency')}>
          <Segmented block options={urgencyOptions(t)} />
        </Form.Item>
        <Form.Item name="warrantyClass" label={t('fields.warrantyClass')}>
          <Select options={warrantyOptions(t)} />
        </Form.Item>
        <Form.Item name="kind" label={t('workOrders.columns.kind')}>
          <Select options={kindOptions(t)} />
        </Form.Item>
        {mode === 'on-site' && (
          <Form.Item name="visitAddress" label={t('intake.visitAddress')} className="is-wide">
            <Input maxLength={300} autoComplete="off" />
          </Form.Item>
        )}
        <Form.Item name="symptom" label={t('fields.symptom')} className="is-wide">
          <DictionaryField dictionary="symptom" maxLength={2000} />
        </Form.Item>
      </div>
      <div className="mw-fields" style={columns(4)}>
        <Form.Item name="appearance" label={t('fields.appearance')}>
          <DictionaryField dictionary="appearance" maxLength={500} />
        </Form.Item>
        <Form.Item name="accessories" label={t('fields.accessories')}>
          <DictionaryField dictionary="accessories" maxLength={500} />
        </Form.Item>
        <Form.Item name="channel" label={t('intake.channel')}>
          <Select options={channelOptions(t)} />
        </Form.Item>
        <Form.Item name="storeId" label={t('intake.store')}>
          <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={stores} />
        </Form.Item>
      </div>
    </>
  );
}

export function MoneyFields() {
  const t = useText();
  return (
    <div className="mw-fields" style={columns(4)}>
      <Form.Item name="promisedAt" label={t('intake.promisedAt')}>
        <InstantField />
      </Form.Item>
      <Form.Item name="estimate" label={t('intake.estimate')}>
        <MoneyInput />
      </Form.Item>
      <Form.Item name={['deposit', 'amount']} label={t('intake.deposit')}>
        <MoneyInput />
      </Form.Item>
      <Form.Item name={['deposit', 'method']} label={t('intake.depositMethod')}>
        <Select options={methodOptions(t)} />
      </Form.Item>
      <Form.Item name="photos" className="is-wide">
        <PhotoField />
      </Form.Item>
    </div>
  );
}
