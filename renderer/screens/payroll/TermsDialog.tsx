import { App, Checkbox, Form, InputNumber, Segmented } from 'antd';
import { useMemo } from 'react';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  DateField,
  Dialog,
  EntryForm,
  MoneyInput,
  PercentInput,
  TimeOfDayField,
  useToday,
} from '#renderer/ui/index.ts';
import { ANSWERS, type Published, sentTerms, SWITCHES, type TermsValues, valuesOf, WEEKDAYS } from './terms-values.ts';

type Props = Readonly<{ latest: Published['terms'] | undefined; onClose: () => void }>;

/** New terms, beginning with those there are. What is left empty is none. */
export function TermsDialog({ latest, onClose }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const today = useToday();
  const [form] = Form.useForm<TermsValues>();
  const operation = useOperation('payroll.publishTerms');
  const initial = useMemo(() => valuesOf(latest, today), [latest, today]);

  function save(values: TermsValues): void {
    operation.mutate(sentTerms(values), {
      onSuccess: ({ validFrom }) => {
        void message.success(t('payroll.terms.published', { from: validFrom }));
        onClose();
      },
    });
  }

  return (
    <Dialog isOpen title={t('payroll.terms.publishTitle')} onClose={onClose} width={720}>
      <EntryForm
        form={form}
        initialValues={initial}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={save}
        submitText={t('payroll.terms.publish')}
      >
        <div className="mw-fields">
          <Form.Item name="validFrom" label={t('payroll.validFrom')}>
            <DateField />
          </Form.Item>
        </div>
        <HoursFields />
        <SatisfactionFields />
        <DeductionFields />
      </EntryForm>
    </Dialog>
  );
}

function HoursFields() {
  const t = useText();
  const isFixed = Form.useWatch<string>('hours') !== 'any';
  return (
    <fieldset className="mw-rule-conditions">
      <legend>{t('payroll.terms.hours')}</legend>
      <Form.Item name="hours">
        <Segmented
          options={[
            { value: 'fixed', label: t('payroll.terms.fixedHours') },
            { value: 'any', label: t('payroll.terms.anyHours') },
          ]}
        />
      </Form.Item>
      {isFixed && (
        <div className="mw-terms-hours">
          <Form.Item name={['workingHours', 'days']} label={t('payroll.terms.days')}>
            <Checkbox.Group
              options={WEEKDAYS.map((name, index) => ({
                value: index + 1,
                label: t(`payroll.terms.weekdays.${name}`),
              }))}
            />
          </Form.Item>
          <Form.Item name={['workingHours', 'from']} label={t('payroll.terms.start')}>
            <TimeOfDayField />
          </Form.Item>
          <Form.Item name={['workingHours', 'to']} label={t('payroll.terms.finish')}>
            <TimeOfDayField />
          </Form.Item>
        </div>
      )}
    </fieldset>
  );
}

function SatisfactionFields() {
  const t = useText();
  return (
    <fieldset className="mw-rule-conditions">
      <legend>{t('payroll.terms.satisfaction')}</legend>
      <div className="mw-fields">
        {ANSWERS.map((answer) => (
          <Form.Item key={answer} name={['satisfaction', 'perOrder', answer]} label={t(`payroll.followUps.${answer}`)}>
            <MoneyInput />
          </Form.Item>
        ))}
        <Form.Item name={['satisfaction', 'monthly', 'threshold']} label={t('payroll.terms.threshold')}>
          <InputNumber min={0} max={100} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name={['satisfaction', 'monthly', 'pointAmount']} label={t('payroll.terms.pointAmount')}>
          <MoneyInput />
        </Form.Item>
      </div>
    </fieldset>
  );
}

function DeductionFields() {
  const t = useText();
  return (
    <fieldset className="mw-rule-conditions">
      <legend>{t('payroll.deductions')}</legend>
      <div className="mw-fields">
        <Form.Item name={['rework', 'days']} label={t('payroll.terms.reworkDays')}>
          <InputNumber min={0} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name={['rework', 'clawbackBp']} label={t('payroll.terms.clawback')}>
          <PercentInput />
        </Form.Item>
        <Form.Item name="deductionCapBp" label={t('payroll.terms.cap')}>
          <PercentInput placeholder={t('payroll.noCap')} />
        </Form.Item>
      </div>
      <Form.Item name="made" label={t('payroll.terms.switches')}>
        <Checkbox.Group
          options={SWITCHES.map((value) => ({ value, label: t(`payroll.terms.switchNames.${value}`) }))}
        />
      </Form.Item>
    </fieldset>
  );
}
