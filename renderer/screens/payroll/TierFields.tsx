import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, type FormInstance, InputNumber, Segmented } from 'antd';
import { useText } from '#renderer/text/react.ts';
import { MoneyInput, PercentInput } from '#renderer/ui/index.ts';
import type { RuleInput } from './rule-values.ts';

/** The tiers of a monthly rule: from how much on they pay, and what. */
export function TierFields({ form }: Readonly<{ form: FormInstance<RuleInput> }>) {
  const t = useText();
  const isOfOrders = Form.useWatch('measure', form) === 'orders';
  const isStep = Form.useWatch('mode', form) === 'step' || isOfOrders;
  const [pays, label] = isStep ? ['amount', t('payroll.tierRules.amount')] : ['rateBp', t('payroll.tierRules.rate')];
  return (
    <fieldset className="mw-rule-conditions mw-tiers">
      <legend>{t('payroll.tierRules.tiers')}</legend>
      {!isOfOrders && (
        <Form.Item name="mode" label={t('payroll.tierRules.mode')}>
          <Segmented
            options={(['progressive', 'step'] as const).map((value) => ({
              value,
              label: t(`payroll.tierRules.modes.${value}`),
            }))}
          />
        </Form.Item>
      )}
      <Form.List name="tiers">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }, index) => (
              <div className="mw-tier" key={key}>
                <Form.Item name={[name, 'from']} label={index === 0 ? t('payroll.tierRules.from') : undefined}>
                  {isOfOrders ? (
                    <InputNumber
                      min={0}
                      precision={0}
                      style={{ width: '100%' }}
                      aria-label={t('payroll.tierRules.from')}
                    />
                  ) : (
                    <MoneyInput aria-label={t('payroll.tierRules.from')} />
                  )}
                </Form.Item>
                <Form.Item name={[name, pays]} label={index === 0 ? label : undefined}>
                  {isStep ? <MoneyInput aria-label={label} /> : <PercentInput aria-label={label} />}
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('payroll.tierRules.remove')}
                  disabled={fields.length === 1}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button size="small" icon={<PlusOutlined />} onClick={() => add({})}>
              {t('payroll.tierRules.add')}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}
