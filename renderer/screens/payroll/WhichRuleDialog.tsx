import { Form, Select } from 'antd';
import { useState } from 'react';
import type { InputOf, OutputOf } from '#operations/index.ts';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import type { Translate } from '#renderer/text/index.ts';
import { useText } from '#renderer/text/react.ts';
import { DateField, Dialog, FailureState, useFormat, useToday } from '#renderer/ui/index.ts';
import { kindOptions, warrantyOptions } from '../work-orders/codes.ts';
import { type Rule, ruleSentence } from './rule-sentence.ts';

type Asked = InputOf<'payroll.whichRule'>;
type Answer = OutputOf<'payroll.whichRule'>['fields'][number];

/** Which rule would pay somebody for what, and why not another: answered while one chooses. */
export function WhichRuleDialog({ rules, onClose }: Readonly<{ rules: readonly Rule[]; onClose: () => void }>) {
  const t = useText();
  const today = useToday();
  const [asked, setAsked] = useState<Partial<Asked>>({ on: today });
  const { employeeId = '', on = today } = asked;
  const answer = useQueryOperation(
    'payroll.whichRule',
    { ...asked, employeeId, on },
    { enabled: employeeId !== '', keepPrevious: true },
  );
  return (
    <Dialog isOpen title={t('payroll.which.title')} onClose={onClose} width={820}>
      <Question initial={asked} onChange={setAsked} />
      <dl className="mw-which" aria-live="polite">
        {employeeId === '' && <p className="mw-soft">{t('payroll.which.nobody')}</p>}
        {answer.error && <FailureState error={answer.error} />}
        {employeeId !== '' && answer.data?.fields.map((one) => <AnswerOf key={one.field} answer={one} rules={rules} />)}
      </dl>
    </Dialog>
  );
}

type QuestionProps = Readonly<{ initial: Partial<Asked>; onChange: (asked: Partial<Asked>) => void }>;

function Question({ initial, onChange }: QuestionProps) {
  const t = useText();
  const [form] = Form.useForm<Partial<Asked>>();
  const choices = useQueryOperation('payroll.ruleChoices', {}, { staleTime: 60_000 });
  const { employees = [], workTypes = [], categories = [] } = choices.data ?? {};
  const fields = [
    [
      'employeeId',
      t('payroll.conditionNames.employee'),
      employees.map(({ id, number, name }) => ({ value: id, label: `${name} ${number}` })),
    ],
    ['workTypeId', t('payroll.conditionNames.workType'), workTypes.map(({ id, name }) => ({ value: id, label: name }))],
    [
      'productCategory',
      t('payroll.conditionNames.productCategory'),
      categories.map((value) => ({ value, label: value })),
    ],
    ['warrantyClass', t('payroll.conditionNames.warrantyClass'), warrantyOptions(t)],
    ['serviceMode', t('payroll.conditionNames.serviceMode'), kindOptions(t)],
  ] as const;
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={initial}
      onValuesChange={(_, all) =>
        onChange(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== null)))
      }
    >
      <div className="mw-fields">
        {fields.map(([name, label, options]) => (
          <Form.Item key={name} name={name} label={label}>
            <Select
              allowClear={name !== 'employeeId'}
              autoFocus={name === 'employeeId'}
              showSearch={{ optionFilterProp: 'label' }}
              options={[...options]}
            />
          </Form.Item>
        ))}
        <Form.Item name="on" label={t('payroll.which.on')}>
          <DateField />
        </Form.Item>
      </div>
    </Form>
  );
}

function AnswerOf({ answer, rules }: Readonly<{ answer: Answer; rules: readonly Rule[] }>) {
  const t = useText();
  const format = useFormat();
  const { field, winner, others } = answer;
  const said = (id: string) => {
    const rule = rules.find((one) => one.id === id);
    return rule ? ruleSentence(t, format, rule) : '';
  };
  if (winner === null && others.length === 0 && field.startsWith('tier-')) return null;
  return (
    <div className="mw-which-field">
      <dt>{t(`payroll.fieldNames.${field}`)}</dt>
      <dd>
        <p className={winner === null ? 'mw-soft' : 'mw-which-winner'}>
          {winner === null ? t('payroll.which.none') : `${winner.code}　${said(winner.id)}`}
        </p>
        {others.map((other) => (
          <p key={other.id} className="mw-soft">
            {`${other.code}　${said(other.id)} — ${lossText(t, other)}`}
          </p>
        ))}
      </dd>
    </div>
  );
}

function lossText(t: Translate, loss: Answer['others'][number]): string {
  if (loss.why !== 'condition') return t(`payroll.which.why.${loss.why}`);
  const condition = t(`payroll.conditionNames.${loss.condition as 'grade'}`);
  return t('payroll.which.condition', { condition });
}
