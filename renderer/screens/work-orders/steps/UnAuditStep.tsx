import { App, Form, Input } from 'antd';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm } from '#renderer/ui/index.ts';
import type { StepDialogProps } from './registry.ts';
import { stepTitle } from './title.ts';

export function UnAuditStep({ page, onClose }: StepDialogProps) {
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const operation = useOperation('audit.withdraw');
  return (
    <Dialog isOpen title={stepTitle(t, 'un-audit', page)} onClose={onClose} width={460}>
      <p>{t('audit.withdrawText')}</p>
      <EntryForm
        form={form}
        initialValues={{ reason: '' }}
        error={operation.error}
        isPending={operation.isPending}
        submitText={t('audit.withdraw')}
        onCancel={onClose}
        onSubmit={({ reason }) =>
          operation.mutate(
            { id: page.order.id, version: page.order.version, reason },
            {
              onSuccess: ({ number, entriesReversed }) => {
                void message.success(t('audit.withdrawn', { number, count: entriesReversed }));
                onClose();
              },
            },
          )
        }
      >
        <Form.Item name="reason" label={t('fields.reason')}>
          <Input.TextArea autoFocus rows={2} maxLength={500} />
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}
