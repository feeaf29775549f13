import { Checkbox, Form, Input, Segmented, Select } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '#renderer/text/react.ts';
import { type Choice, MoneyInput, Page, PercentInput } from '#renderer/ui/index.ts';
import { CatalogueTab } from '../setup/CatalogueTab.tsx';

const KINDS = ['reward', 'penalty'] as const;
const CATEGORIES = [
  'attitude',
  'timeliness',
  'satisfaction',
  'skill',
  'complaint',
  'contribution',
  'completion',
] as const;

/** What is rewarded and what is punished. */
export function PayItems({ extra }: Readonly<{ extra: ReactNode }>) {
  const t = useText();
  const kinds: Choice[] = KINDS.map((value) => ({ value, label: t(`payroll.items.kinds.${value}`) }));
  const categories: Choice[] = CATEGORIES.map((value) => ({ value, label: t(`payroll.items.categories.${value}`) }));
  return (
    <Page title={t('payroll.title')} extra={extra} body="fill">
      <CatalogueTab
        list="payroll.listItems"
        save="payroll.saveItem"
        right="payroll.rules"
        isCompanyWide
        addText={t('payroll.items.add')}
        emptyText={t('payroll.items.emptyText')}
        empty={{
          code: '',
          name: '',
          category: 'attitude',
          kind: 'penalty',
          amount: null,
          rateBp: null,
          isActive: true,
        }}
        columns={[
          { key: 'code', title: t('payroll.items.code'), type: 'code', width: 120 },
          { key: 'name', title: t('payroll.items.name') },
          { key: 'kind', title: t('payroll.items.kind'), type: 'choice', choices: kinds, width: 100 },
          { key: 'category', title: t('payroll.items.category'), type: 'choice', choices: categories, width: 130 },
          { key: 'amount', title: t('payroll.items.amount'), type: 'money', width: 120 },
          { key: 'rateBp', title: t('payroll.items.rate'), type: 'percent', width: 100 },
          { key: 'isActive', title: t('payroll.items.inUse'), type: 'yesNo', width: 90, isFilterable: false },
        ]}
      >
        <div className="mw-fields" style={{ '--mw-columns': 2 } as React.CSSProperties}>
          <Form.Item name={['fields', 'code']} label={t('payroll.items.code')}>
            <Input autoFocus maxLength={20} autoComplete="off" />
          </Form.Item>
          <Form.Item name={['fields', 'name']} label={t('payroll.items.name')}>
            <Input maxLength={100} autoComplete="off" />
          </Form.Item>
          <Form.Item name={['fields', 'kind']} label={t('payroll.items.kind')}>
            <Segmented block options={kinds} />
          </Form.Item>
          <Form.Item name={['fields', 'category']} label={t('payroll.items.category')}>
            <Select options={categories} />
          </Form.Item>
          <Form.Item name={['fields', 'amount']} label={t('payroll.items.amount')}>
            <MoneyInput />
          </Form.Item>
          <Form.Item name={['fields', 'rateBp']} label={t('payroll.items.rate')}>
            <PercentInput />
          </Form.Item>
          <p className="mw-soft is-wide mw-item-note">{t('payroll.items.rateOf')}</p>
        </div>
        <Form.Item name={['fields', 'isActive']} valuePropName="checked">
          <Checkbox>{t('payroll.items.active')}</Checkbox>
        </Form.Item>
      </CatalogueTab>
    </Page>
  );
}
