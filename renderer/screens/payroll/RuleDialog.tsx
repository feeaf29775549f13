import { App, Form, Input, Segmented, Select } from 'antd';
import type { InputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { DateField, Dialog, EntryForm, MoneyInput, PercentInput, useToday } from '#renderer/ui/index.ts';
import { kindOptions, warrantyOptions } from '../work-orders/codes.ts';

type RuleInput = InputOf<'payroll.saveRule'>;
type Conditions = NonNullable<RuleInput['conditions']>;

const COMPONENTS = ['labour', 'labour_profit', 'per_unit', 'part_sales', 'part_margin', 'per_job'] as const;
const OF_AMOUNT: ReadonlySet<string> = new Set(['per_unit', 'per_job']);
const WITH_DISCOUNT: ReadonlySet<string> = new Set(['labour', 'part_sales', 'part_margin']);

/** A new rule. Fields that do not belong to the way it pays are not shown and not sent. */
export function RuleDialog({ onClose }: Readonly<{ onClose: () => void }>) {
  const t = useText();
  const { message } = App.useApp();
  const today = useToday();
  const [form] = Form.useForm<RuleInput>();
  const component = Form.useWatch('component', form) ?? 'labour';
  const operation = useOperation('payroll.saveRule');
  const isAmount = OF_AMOUNT.has(component);

  function save(values: RuleInput): void {
    operation.mutate(sent(values), {
      onSuccess: ({ code }) => {
        void message.success(t('payroll.ruleSaved', { code }));
        onClose();
      },
    });
  }

  return (
    <Dialog isOpen title={t('payroll.newRule')} onClose={onClose} width={680}>
      <EntryForm
        form={form}
        initialValues={{ component: 'labour', discount: 'before', validFrom: today }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={save}
      >
        <div className="mw-fields">
          <Form.Item name="code" label={t('payroll.code')}>
            <Input autoFocus maxLength={40} />
          </Form.Item>
          <Form.Item name="component" label={t('payroll.component')}>
            <Select options={COMPONENTS.map((value) => ({ value, label: t(`payroll.components.${value}`) }))} />
          </Form.Item>
          {isAmount ? (
            <Form.Item name="amount" label={t('payroll.amount')}>
              <MoneyInput />
            </Form.Item>
          ) : (
            <Form.Item name="rateBp" label={t('payroll.rate')}>
              <PercentInput />
            </Form.Item>
          )}
          <Form.Item name="capAmount" label={t('payroll.cap')}>
            <MoneyInput placeholder={t('payroll.noCap')} />
          </Form.Item>
          <Form.Item name="validFrom" label={t('payroll.validFrom')}>
            <DateField />
          </Form.Item>
          <Form.Item name="validTo" label={t('payroll.validTo')}>
            <DateField placeholder={t('payroll.open')} />
          </Form.Item>
          {WITH_DISCOUNT.has(component) && (
            <Form.Item name="discount" label={t('payroll.discountBasis')} className="is-wide">
              <Segmented
                options={(['before', 'after'] as const).map((value) => ({ value, label: t(`payroll.${value}`) }))}
              />
            </Form.Item>
          )}
        </div>
        <ConditionFields />
      </EntryForm>
    </Dialog>
  );
}

function ConditionFields() {
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
        {fields.map(([name, label, options]) => (
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

function sent(values: RuleInput): RuleInput {
  const { component, rateBp, amount, discount, conditions = {}, ...rest } = values;
  const isAmount = OF_AMOUNT.has(component);
  const chosen = Object.entries(conditions).filter(([, value]) => value !== undefined);
  return {
    ...rest,
    component,
    rateBp: isAmount ? null : (rateBp ?? null),
    amount: isAmount ? (amount ?? null) : null,
    ...(WITH_DISCOUNT.has(component) && discount !== undefined ? { discount } : {}),
    conditions: Object.fromEntries(chosen),
  };
}
