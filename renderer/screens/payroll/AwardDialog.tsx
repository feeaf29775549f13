import { App, Form, Input, Select } from 'antd';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  DateField,
  Dialog,
  EntryForm,
  MoneyInput,
  type Photo,
  PhotoField,
  useFormat,
  useToday,
} from '#renderer/ui/index.ts';
import { WorkOrderField } from '../work-orders/WorkOrderField.tsx';

type Values = Readonly<{
  itemId: string;
  workOrderId?: string | null;
  employeeId?: string | null;
  amount?: number | null;
  givenOn: string;
  reason: string;
  evidence: readonly Photo[];
}>;

/** Gives a reward or penalty: by which item, for which work or to whom, and why. */
export function AwardDialog({ onClose }: Readonly<{ onClose: () => void }>) {
  const t = useText();
  const { message } = App.useApp();
  const today = useToday();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('payroll.giveAward');

  function give({ evidence, workOrderId = null, employeeId = null, amount = null, ...values }: Values): void {
    const [photo = null] = evidence;
    operation.mutate(
      { ...values, workOrderId, employeeId, amount, evidence: photo },
      {
        onSuccess: () => {
          void message.success(t('payroll.awards.given'));
          onClose();
        },
      },
    );
  }

  return (
    <Dialog isOpen title={t('payroll.awards.giveTitle')} onClose={onClose} width={620}>
      <EntryForm
        form={form}
        initialValues={{ givenOn: today, reason: '', evidence: [] }}
        error={operation.error}
        isPending={operation.isPending}
        submitText={t('payroll.awards.give')}
        onCancel={onClose}
        onSubmit={give}
      >
        <div className="mw-fields">
          <WhatAndWho />
          <Form.Item name="amount" label={t('payroll.awards.amount')}>
            <MoneyInput placeholder={t('payroll.awards.asItem')} />
          </Form.Item>
          <Form.Item name="givenOn" label={t('payroll.awards.givenOn')}>
            <DateField />
          </Form.Item>
          <Form.Item name="reason" label={t('payroll.awards.reason')} className="is-wide">
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
          <Form.Item name="evidence" label={t('payroll.awards.evidence')} className="is-wide">
            <PhotoField max={1} />
          </Form.Item>
        </div>
      </EntryForm>
    </Dialog>
  );
}

function WhatAndWho() {
  const t = useText();
  const format = useFormat();
  const choices = useQueryOperation('payroll.awardChoices', {}, { staleTime: 60_000 });
  const { items = [], people = [] } = choices.data ?? {};
  const worth = (amount: number | null, rateBp: number | null) =>
    amount === null ? format.percent(rateBp ?? 0) : format.money(amount);
  return (
    <>
      <Form.Item name="itemId" label={t('payroll.awards.item')} className="is-wide">
        <Select
          autoFocus
          loading={choices.isFetching}
          showSearch={{ optionFilterProp: 'label' }}
          options={items.map(({ id, name, kind, amount, rateBp }) => ({
            value: id,
            label: `${t(`payroll.awards.kinds.${kind}`)} · ${name} · ${worth(amount, rateBp)}`,
          }))}
        />
      </Form.Item>
      <Form.Item name="workOrderId" label={t('payroll.awards.workOrder')}>
        <WorkOrderField placeholder={t('payroll.awards.noOrder')} />
      </Form.Item>
      <Form.Item name="employeeId" label={t('payroll.awards.employee')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('payroll.awards.technicians')}
          options={people.map(({ id, number, name }) => ({ value: id, label: `${name} ${number}` }))}
        />
      </Form.Item>
    </>
  );
}
