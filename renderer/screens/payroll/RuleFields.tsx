import { Form, type FormInstance, Input, Segmented, Select } from 'antd';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { DateField, MoneyInput, PercentInput } from '#renderer/ui/index.ts';
import { kindOptions, warrantyOptions } from '../work-orders/codes.ts';
import { isCondition, knowsDiscount, paysBy, type RuleInput } from './rule-values.ts';
import { TierFields } from './TierFields.tsx';

type Conditions = NonNullable<RuleInput['conditions']>;
type OfForm = Readonly<{ form: FormInstance<RuleInput> }>;

const COMPONENTS = [
  'labour',
  'labour_profit',
  'per_unit',
  'part_sales',
  'part_margin',
  'per_job',
  'monthly_tier',
] as const;

/** Of a rule; fields that do not belong to the way it pays are not shown. */
export function RuleFields({ form }: OfForm) {
  const t = useText();
  const component = Form.useWatch('component', form) ?? 'labour';
  return (
    <>
      <div className="mw-fields">
        <Form.Item name="code" label={t('payroll.code')}>
          <Input autoFocus maxLength={40} />
        </Form.Item>
        <Form.Item name="component" label={t('payroll.component')}>
          <Select options={COMPONENTS.map((value) => ({ value, label: t(`payroll.components.${value}`) }))} />
        </Form.Item>
        <FigureField component={component} />
        <Form.Item name="capAmount" label={t('payroll.cap')}>
          <MoneyInput placeholder={t('payroll.noCap')} />
        </Form.Item>
        <Form.Item name="validFrom" label={t('payroll.validFrom')}>
          <DateField />
        </Form.Item>
        <Form.Item name="validTo" label={t('payroll.validTo')}>
          <DateField placeholder={t('payroll.open')} />
        </Form.Item>
        {knowsDiscount(component) && (
          <Form.Item name="discount" label={t('payroll.discountBasis')} className="is-wide">
            <Segmented
              options={(['before', 'after'] as const).map((value) => ({ value, label: t(`payroll.${value}`) }))}
            />
          </Form.Item>
        )}
      </div>
      {paysBy(component) === 'tiers' && <TierFields form={form} />}
      <ConditionFields component={component} />
    </>
  );
}

function FigureField({ component }: Readonly<{ component: string }>) {
  const t = useText();
  switch (paysBy(component)) {
    case 'amount':
      return (
        <Form.Item name="amount" label={t('payroll.amount')}>
          <MoneyInput />
        </Form.Item>
      );
    case 'rate':
      return (
        <Form.Item name="rateBp" label={t('payroll.rate')}>
          <PercentInput />
        </Form.Item>
      );
    default:
      return (
        <Form.Item name="measure" label={t('payroll.tierRules.measure')}>
          <Select
            options={(['labour_base', 'orders'] as const).map((value) => ({
              value,
              label: t(`payroll.tierRules.measures.${value}`),
            }))}
          />
        </Form.Item>
      );
  }
}

function ConditionFields({ component }: Readonly<{ component: string }>) {
  const t = useText();
  const choices = useQueryOperation('payroll.ruleChoices', {}, { staleTime: 60_000 });
  const { employees = [], workTypes = [], units = [], categories = [], grades = [] } = choices.data ?? {};
  const fields: readonly (readonly [keyof Conditions, string, { value: string; label: string }[]])[] = [
    [
      'employeeId',
      t('payroll.conditionNames.employee'),
      employees.map(({ id, number, name }) => ({ value: id, label: `${name} ${number}` })),
    ],
    ['workTypeId', t('payroll.conditionNames.workType'), workTypes.map(named)],
    ['productCategory', t('payroll.conditionNames.productCategory'), categories.map(plain)],
    ['grade', t('payroll.conditionNames.grade'), grades.map(plain)],
    ['warrantyClass', t('payroll.conditionNames.warrantyClass'), warrantyOptions(t)],
    ['serviceMode', t('payroll.conditionNames.serviceMode'), kindOptions(t)],
    ['unitId', t('payroll.conditionNames.unit'), units.map(named)],
  ];
  return (
    <fieldset className="mw-rule-conditions">
      <legend>{t('payroll.conditions')}</legend>
      <div className="mw-fields">
        {fields
          .filter(([name]) => isCondition(component, name))
          .map(([name, label, options]) => (
            <Form.Item key={name} name={['conditions', name]} label={label}>
              <Select
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                placeholder={t('payroll.anyone')}
                options={options}
              />
            </Form.Item>
          ))}
      </div>
    </fieldset>
  );
}

const named = ({ id, name }: Readonly<{ id: string; name: string }>) => ({ value: id, label: name });
const plain = (value: string) => ({ value, label: value });
