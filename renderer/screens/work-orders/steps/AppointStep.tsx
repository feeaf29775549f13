import { Form } from 'antd';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, DictionaryField, EntryForm, Facts, InstantField, useFormat } from '#renderer/ui/index.ts';
import type { StepDialogProps } from './registry.ts';
import { stepTitle } from './title.ts';

type Values = Readonly<{ at: number | null; reason: string }>;

/** Agrees a time with the customer, or moves the one agreed, for a reason. */
export function AppointStep({ page, onClose }: StepDialogProps) {
  const t = useText();
  const format = useFormat();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('workOrders.appoint');
  const { id, version, state, appointedAt } = page.order;
  const isMoved = state === 'appointed';
  const step = isMoved ? 'reschedule' : 'appoint';
  return (
    <Dialog isOpen title={stepTitle(t, step, page)} onClose={onClose} width={440}>
      <EntryForm
        form={form}
        initialValues={{ at: isMoved ? null : appointedAt, reason: '' }}
        error={operation.error}
        isPending={operation.isPending}
        submitText={t(`workOrders.steps.${step}`)}
        onCancel={onClose}
        onSubmit={({ at, reason }) =>
          operation.mutate({ id, version, at: at ?? Number.NaN, reason }, { onSuccess: onClose })
        }
      >
        {isMoved && appointedAt !== null && (
          <Facts columns={1} facts={[{ label: t('workOrders.appointedAt'), value: format.dateTime(appointedAt) }]} />
        )}
        <Form.Item
          name="at"
          label={t(isMoved ? 'workOrders.newTime' : 'workOrders.appointedAt')}
          rules={[{ required: true, message: t('fieldRules.required') }]}
        >
          <InstantField />
        </Form.Item>
        {isMoved && (
          <Form.Item name="reason" label={t('workOrders.rescheduleReason')}>
            <DictionaryField dictionary="reschedule-reason" maxLength={200} />
          </Form.Item>
        )}
      </EntryForm>
    </Dialog>
  );
}
