import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useSession } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { type Choice, MoneyInput } from '#renderer/ui/index.ts';
import { CatalogueTab } from './CatalogueTab.tsx';

/** The lists of the set-up, each with its columns and its form. */

const columns = (count: number): React.CSSProperties => ({ '--mw-columns': count }) as React.CSSProperties;

type ItemProps = Readonly<{ name: string; label: string; isWide?: boolean; children: ReactNode }>;

function Item({ name, label, isWide = false, children }: ItemProps) {
  return (
    <Form.Item name={['fields', name]} label={label} className={isWide ? 'is-wide' : ''}>
      {children}
    </Form.Item>
  );
}

export function WorkTypesTab() {
  const t = useText();
  return (
    <CatalogueTab
      list="setup.listWorkTypes"
      save="setup.saveWorkType"
      isCompanyWide
      addText={t('setup.workTypes.add')}
      emptyText={t('setup.workTypes.emptyText')}
      empty={{ code: '', name: '', standardFee: 0, standardMinutes: 0, isActive: true }}
      columns={[
        { key: 'code', title: t('setup.columns.code'), type: 'code', width: 120 },
        { key: 'name', title: t('setup.columns.title') },
        { key: 'standardFee', title: t('setup.columns.standardFee'), type: 'money', width: 130 },
        { key: 'standardMinutes', title: t('setup.columns.standardMinutes'), type: 'count', width: 110 },
        { key: 'isActive', title: t('setup.columns.inUse'), type: 'yesNo', width: 90, isFilterable: false },
      ]}
    >
      <div className="mw-fields" style={columns(2)}>
        <Item name="code" label={t('setup.columns.code')}>
          <Input autoFocus maxLength={20} autoComplete="off" />
        </Item>
        <Item name="name" label={t('setup.columns.title')}>
          <Input maxLength={100} autoComplete="off" />
        </Item>
        <Item name="standardFee" label={t('setup.columns.standardFee')}>
          <MoneyInput />
        </Item>
        <Item name="standardMinutes" label={t('setup.columns.standardMinutes')}>
          <InputNumber min={0} max={100_000} precision={0} style={{ width: '100%' }} />
        </Item>
      </div>
      <Form.Item name={['fields', 'isActive']} valuePropName="checked">
        <Checkbox>{t('setup.workTypes.active')}</Checkbox>
      </Form.Item>
    </CatalogueTab>
  );
}

const WAREHOUSE_KINDS = [
  'parts',
  'finished-goods',
  'awaiting-repair',
  'samples',
  'scrapped',
  'vendor-returns',
  'technician',
  'recovered-parts',
  'loan-units',
] as const;

export function WarehousesTab() {
  const t = useText();
  const { station } = useSession();
  const kinds: Choice[] = WAREHOUSE_KINDS.map((kind) => ({ value: kind, label: t(`setup.warehouseKinds.${kind}`) }));
  return (
    <CatalogueTab
      list="setup.listWarehouses"
      save="setup.saveWarehouse"
      addText={t('setup.warehouses.add')}
      emptyText={t('setup.warehouses.emptyText')}
      empty={{ code: '', name: '', kind: 'parts', holderId: null, isActive: true }}
      isOwn={(row) => row.unitId === station.unitId}
      columns={[
        { key: 'code', title: t('setup.columns.code'), type: 'code', width: 120 },
        { key: 'name', title: t('setup.columns.title') },
        { key: 'kind', title: t('setup.columns.kind'), type: 'choice', choices: kinds, width: 150 },
        { key: 'holder', title: t('fields.holderId'), width: 120 },
        { key: 'isActive', title: t('setup.columns.inUse'), type: 'yesNo', width: 90, isFilterable: false },
        { key: 'value', title: t('setup.columns.value'), type: 'money', width: 140 },
      ]}
    >
      <div className="mw-fields" style={columns(2)}>
        <Item name="code" label={t('setup.columns.code')}>
          <Input autoFocus maxLength={20} autoComplete="off" />
        </Item>
        <Item name="kind" label={t('setup.columns.kind')}>
          <Select options={kinds} />
        </Item>
        <Item name="name" label={t('setup.columns.title')} isWide>
          <Input maxLength={100} autoComplete="off" />
        </Item>
        <HolderItem />
      </div>
      <Form.Item name={['fields', 'isActive']} valuePropName="checked">
        <Checkbox>{t('setup.warehouses.active')}</Checkbox>
      </Form.Item>
    </CatalogueTab>
  );
}

/** Whose stock it is, where it is a technician's. */
function HolderItem() {
  const t = useText();
  const isTechnicians = Form.useWatch<string | undefined>(['fields', 'kind']) === 'technician';
  const people = useQueryOperation('access.listTechnicians', {}, { enabled: isTechnicians, staleTime: 60_000 });
  if (!isTechnicians) return null;
  const options = (people.data?.technicians ?? []).map(({ id, number, name }) => ({
    value: id,
    label: `${number} ${name}`,
  }));
  return (
    <Item name="holderId" label={t('fields.holderId')} isWide>
      <Select showSearch={{ optionFilterProp: 'label' }} options={options} />
    </Item>
  );
}

export function SuppliersTab() {
  const t = useText();
  return (
    <CatalogueTab
      list="setup.listSuppliers"
      save="setup.saveSupplier"
      addText={t('setup.suppliers.add')}
      emptyText={t('setup.suppliers.emptyText')}
      empty={{ name: '', phone: '' }}
      columns={[
        { key: 'name', title: t('setup.columns.title') },
        { key: 'phone', title: t('setup.columns.phone'), type: 'code', width: 180 },
      ]}
    >
      <Item name="name" label={t('setup.columns.title')}>
        <Input autoFocus maxLength={100} autoComplete="off" />
      </Item>
      <Item name="phone" label={t('setup.columns.phone')}>
        <Input maxLength={30} autoComplete="off" inputMode="tel" />
      </Item>
    </CatalogueTab>
  );
}

const STORE_KINDS = ['store', 'dealer', 'mall', 'group', 'community'] as const;

export function StoresTab() {
  const t = useText();
  const { station } = useSession();
  const kinds: Choice[] = STORE_KINDS.map((kind) => ({ value: kind, label: t(`setup.storeKinds.${kind}`) }));
  return (
    <CatalogueTab
      list="setup.listStores"
      save="setup.saveStore"
      addText={t('setup.stores.add')}
      emptyText={t('setup.stores.emptyText')}
      empty={{ name: '', kind: 'store', phone: '', address: '' }}
      isOwn={(row) => row.unitId === station.unitId}
      columns={[
        { key: 'name', title: t('setup.columns.title') },
        { key: 'kind', title: t('setup.columns.kind'), type: 'choice', choices: kinds, width: 110 },
        { key: 'phone', title: t('setup.columns.phone'), type: 'code', width: 150 },
        { key: 'address', title: t('setup.columns.address') },
        { key: 'unitName', title: t('setup.columns.unit'), width: 160 },
      ]}
    >
      <div className="mw-fields" style={columns(2)}>
        <Item name="name" label={t('setup.columns.title')} isWide>
          <Input autoFocus maxLength={100} autoComplete="off" />
        </Item>
        <Item name="kind" label={t('setup.columns.kind')}>
          <Select options={kinds} />
        </Item>
        <Item name="phone" label={t('setup.columns.phone')}>
          <Input maxLength={30} autoComplete="off" inputMode="tel" />
        </Item>
        <Item name="address" label={t('setup.columns.address')} isWide>
          <Input maxLength={300} autoComplete="off" />
        </Item>
      </div>
    </CatalogueTab>
  );
}
