import { Form, Segmented } from 'antd';
import type { InputOf } from '#operations/index.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, DictionaryField, EntryForm, useFormat } from '#renderer/ui/index.ts';
import { methodOptions } from '../codes.ts';
import type { StepDialogProps } from './registry.ts';
import { stepTitle } from './title.ts';

type Values = Readonly<Pick<InputOf<'workOrders.cancel'>, 'reason' | 'refundMethod'>>;

/** Calls the work off; money held for it is given back at once. */
export function CancelStep({ page, onClose }: StepDialogProps) {
  const t = useText();
  const format = useFormat();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('workOrders.cancel');
  const held = page.entries.reduce((sum, entry) => sum + entry.amount, 0);
  const { id, version } = page.order;
  return (
    <Dialog isOpen title={stepTitle(t, 'cancel', page)} onClose={onClose} width={460}>
      <EntryForm
        form={form}
        initialValues={{ reason: '', refundMethod: held > 0 ? 'cash' : null }}
        error={operation.error}
        isPending={operation.isPending}
        submitText={t('workOrders.steps.cancel')}
        onCancel={onClose}
        onSubmit={({ reason, refundMethod }) =>
          operation.mutate({ id, version, reason, refundMethod: refundMethod ?? null }, { onSuccess: onClose })
        }
      >
        <p className="mw-soft">{t('workOrders.cancelConsequence')}</p>
        <Form.Item name="reason" label={t('workOrders.cancelReason')}>
          <DictionaryField dictionary="cancel-reason" autoFocus maxLength={200} />
        </Form.Item>
        {held > 0 && (
          <Form.Item name="refundMethod" label={t('workOrders.refund', { amount: format.money(held) })}>
            <Segmented options={methodOptions(t)} />
          </Form.Item>
        )}
      </EntryForm>
    </Dialog>
  );
}
