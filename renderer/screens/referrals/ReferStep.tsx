import { Form, Input, Select } from 'antd';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, DictionaryField, EmptyState, EntryForm, Loaded } from '#renderer/ui/index.ts';
import type { StepDialogProps } from '../work-orders/steps/registry.ts';
import { stepTitle } from '../work-orders/steps/title.ts';

type Values = Readonly<{ toUnitId: string; reason: string; note: string }>;

/** Asks another outlet, or the regional centre, to do the work. */
export function ReferStep({ page, onClose }: StepDialogProps) {
  const t = useText();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('referrals.request');
  const choices = useQueryOperation('referrals.units', {}, { staleTime: 30_000 });
  const { id: workOrderId, version } = page.order;
  return (
    <Dialog isOpen title={stepTitle(t, 'refer', page)} onClose={onClose} width={480}>
      <Loaded query={choices}>
        {({ units }) =>
          units.length === 0 ? (
            <EmptyState title={t('referrals.noUnitsTitle')} text={t('referrals.noUnitsText')} />
          ) : (
            <EntryForm
              form={form}
              initialValues={{ ...(units[0] ? { toUnitId: units[0].id } : {}), reason: '', note: '' }}
              error={operation.error}
              isPending={operation.isPending}
              submitText={t('workOrders.steps.refer')}
              onCancel={onClose}
              onSubmit={(values) => operation.mutate({ workOrderId, version, ...values }, { onSuccess: onClose })}
            >
              <Form.Item name="toUnitId" label={t('referrals.toUnit')}>
                <Select
                  autoFocus
                  showSearch={{ optionFilterProp: 'label' }}
                  options={units.map(({ id, code, name, isCentre }) => ({
                    value: id,
                    label: `${code} ${name}${isCentre ? ` · ${t('referrals.centre')}` : ''}`,
                  }))}
                />
              </Form.Item>
              <Form.Item name="reason" label={t('referrals.reason')}>
                <DictionaryField dictionary="escalate-reason" maxLength={200} />
              </Form.Item>
              <Form.Item name="note" label={t('stock.note')}>
                <Input maxLength={500} />
              </Form.Item>
            </EntryForm>
          )
        }
      </Loaded>
    </Dialog>
  );
}
