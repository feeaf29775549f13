import { AutoComplete, Form, Input, Select } from 'antd';
import type { OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { DateField, DictionaryField, useSettled } from '#renderer/ui/index.ts';
import type { SaleValues } from './values.ts';

const columns = (count: number): React.CSSProperties => ({ '--mw-columns': count }) as React.CSSProperties;

export function SaleFields({ stores }: Readonly<{ stores: OutputOf<'intake.choices'>['stores'] }>) {
  const t = useText();
  return (
    <div className="mw-fields" style={columns(4)}>
      <Form.Item name="wants" label={t('sales.wants')}>
        <Select
          autoFocus
          options={(['installation', 'delivery'] as const).map((value) => ({
            value,
            label: t(`workOrderCodes.kind.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="store" label={t('sales.store')}>
        <AutoComplete
          options={stores.map(({ name }) => ({ value: name }))}
          showSearch={{ filterOption: (typed, option) => (option?.value ?? '').includes(typed) }}
          maxLength={200}
        />
      </Form.Item>
      <Form.Item name="soldOn" label={t('sales.soldOn')}>
        <DateField />
      </Form.Item>
      <Form.Item name="invoice" label={t('sales.invoice')}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
    </div>
  );
}

export function WhoFields() {
  const t = useText();
  return (
    <div className="mw-fields" style={columns(4)}>
      <Form.Item name={['customer', 'name']} label={t('fields.name')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['customer', 'phone']} label={t('fields.phone')}>
        <Input maxLength={30} autoComplete="off" inputMode="tel" />
      </Form.Item>
      <Form.Item name={['customer', 'secondPhone']} label={t('fields.secondPhone')}>
        <Input maxLength={30} autoComplete="off" inputMode="tel" />
      </Form.Item>
      <Form.Item name="wishedOn" label={t('sales.wishedOn')}>
        <DateField />
      </Form.Item>
      <Form.Item name="address" label={t('sales.address')} className="is-wide">
        <Input maxLength={300} autoComplete="off" />
      </Form.Item>
    </div>
  );
}

export function DeviceFields() {
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
      <Form.Item name="note" label={t('stock.note')} className="mw-half">
        <Input maxLength={500} autoComplete="off" />
      </Form.Item>
      <ProviderField />
    </div>
  );
}

/** Whose contract covers the address is said while it is typed, and gets it unless somebody else is chosen. */
function ProviderField() {
  const t = useText();
  const form = Form.useFormInstance<SaleValues>();
  const address = useSettled(Form.useWatch('address', form) ?? '', 300);
  const wants = Form.useWatch('wants', form) ?? 'installation';
  const { data } = useQueryOperation('sales.providers', { address, wants }, { keepPrevious: true });
  const units = data?.units ?? [];
  const suggested = units.find(({ id }) => id === data?.suggested?.unitId);
  const own = units.find(({ isOwn }) => isOwn);
  const usual = suggested ?? own;
  return (
    <Form.Item
      name="toUnitId"
      label={t('sales.provider')}
      className="mw-half"
      extra={
        suggested && data?.suggested
          ? t('sales.suggested', { unit: suggested.name, area: data.suggested.area })
          : t('sales.noneSuggested')
      }
    >
      <Select
        allowClear
        placeholder={usual && `${usual.code} ${usual.name}`}
        showSearch={{ optionFilterProp: 'label' }}
        options={units.map(({ id, code, name, isOwn }) => ({
          value: id,
          label: `${code} ${name}${isOwn ? ` · ${t('sales.ownUnit')}` : ''}`,
        }))}
      />
    </Form.Item>
  );
}
