import { App, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { InputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay, useSession } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import {
  ActionButton,
  DateField,
  Dialog,
  EmptyState,
  EntryForm,
  Loaded,
  MoneyInput,
  Page,
  Section,
  useFormat,
  useToday,
} from '#renderer/ui/index.ts';
import { kindOptions, urgencyOptions } from '../work-orders/codes.ts';
import { type DeadlineRule, deadlineSentence } from './deadline-sentence.ts';
import { EndDialog } from './EndDialog.tsx';
import { RuleChecks } from './RuleChecks.tsx';
import { isEnded, RuleTable } from './RuleTable.tsx';
import './payroll.css';

/** How long work may take and what delay costs, as sentences. */
export function DeadlineList({ extra }: Readonly<{ extra: ReactNode }>) {
  const t = useText();
  const format = useFormat();
  const rules = useQueryOperation('payroll.listDeadlineRules', {});
  const checks = useQueryOperation('payroll.checkRules', {});
  const { isLinked } = useSession();
  const mayChange = useMay()('payroll.rules') && !isLinked;
  const [isAdding, setAdding] = useState(false);
  const [ending, setEnding] = useState<DeadlineRule>();
  const [showsEnded, setShowsEnded] = useState(false);
  const actions = (
    <>
      <Checkbox checked={showsEnded} onChange={(event) => setShowsEnded(event.target.checked)}>
        {t('payroll.showEnded')}
      </Checkbox>
      {mayChange && (
        <ActionButton type="primary" hotkey="Alt+N" onClick={() => setAdding(true)}>
          {t('payroll.deadlines.new')}
        </ActionButton>
      )}
    </>
  );
  return (
    <Page title={t('payroll.title')} extra={extra} isBusy={rules.isFetching} actions={actions}>
      <Loaded query={rules}>
        {({ rows, today }) => {
          const shown = rows.filter((rule) => showsEnded || !isEnded(rule, today));
          return (
            <>
              <p className="mw-soft mw-rules-note">
                {t(isLinked ? 'setup.keptByHeadOffice' : 'payroll.deadlines.note')}
              </p>
              {rows.length === 0 && (
                <EmptyState title={t('payroll.deadlines.emptyTitle')} text={t('payroll.deadlines.emptyText')} />
              )}
              {checks.data && <RuleChecks found={checks.data.deadlines} />}
              {shown.length > 0 && (
                <Section title={t('payroll.tabs.deadlines')}>
                  <RuleTable
                    rules={shown}
                    today={today}
                    sentenceOf={(rule) => deadlineSentence(t, format, rule)}
                    onEnd={mayChange ? setEnding : undefined}
                  />
                </Section>
              )}
            </>
          );
        }}
      </Loaded>
      {isAdding && <DeadlineDialog onClose={() => setAdding(false)} />}
      {ending !== undefined && (
        <EndDialog operation="payroll.endDeadlineRule" rule={ending} onClose={() => setEnding(undefined)} />
      )}
    </Page>
  );
}

type Values = InputOf<'payroll.saveDeadlineRule'>;

function DeadlineDialog({ onClose }: Readonly<{ onClose: () => void }>) {
  const t = useText();
  const { message } = App.useApp();
  const validFrom = useToday();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('payroll.saveDeadlineRule');

  function save({ graceMinutes, ...values }: Values): void {
    operation.mutate(
      { ...values, graceMinutes: graceMinutes ?? 0 },
      {
        onSuccess: ({ code }) => {
          void message.success(t('payroll.deadlines.published', { code }));
          onClose();
        },
      },
    );
  }

  return (
    <Dialog isOpen title={t('payroll.deadlines.new')} onClose={onClose} width={680}>
      <EntryForm
        form={form}
        initialValues={{ validFrom, graceMinutes: 0, unitMinutes: 60 }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={save}
      >
        <DeadlineFields />
      </EntryForm>
    </Dialog>
  );
}

function DeadlineFields() {
  const t = useText();
  const minutes = <InputNumber min={0} precision={0} style={{ width: '100%' }} />;
  return (
    <div className="mw-fields">
      <Form.Item name="code" label={t('payroll.code')}>
        <Input autoFocus maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item name="urgency" label={t('fields.urgency')}>
        <Select allowClear placeholder={t('payroll.anyone')} options={urgencyOptions(t)} />
      </Form.Item>
      <Form.Item name="serviceMode" label={t('payroll.conditionNames.serviceMode')}>
        <Select allowClear placeholder={t('payroll.anyone')} options={kindOptions(t)} />
      </Form.Item>
      <Form.Item name="limitMinutes" label={t('payroll.deadlines.limit')}>
        {minutes}
      </Form.Item>
      <Form.Item name="graceMinutes" label={t('payroll.deadlines.grace')}>
        {minutes}
      </Form.Item>
      <Form.Item name="unitMinutes" label={t('payroll.deadlines.unit')}>
        {minutes}
      </Form.Item>
      <Form.Item name="amountPerUnit" label={t('payroll.deadlines.amountPerUnit')}>
        <MoneyInput />
      </Form.Item>
      <Form.Item name="capAmount" label={t('payroll.deadlines.cap')}>
        <MoneyInput placeholder={t('payroll.noCap')} />
      </Form.Item>
      <div />
      <Form.Item name="validFrom" label={t('payroll.validFrom')}>
        <DateField />
      </Form.Item>
      <Form.Item name="validTo" label={t('payroll.validTo')}>
        <DateField placeholder={t('payroll.open')} />
      </Form.Item>
    </div>
  );
}
