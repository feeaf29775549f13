import { Form, Input } from 'antd';
import type { OperationFailed } from '#renderer/api/failure.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm } from '#renderer/ui/index.ts';

type Values = Readonly<{ reason: string }>;

type Props = Readonly<{
  title: string;
  submitText: string;
  operation: Readonly<{ error: OperationFailed | null; isPending: boolean }>;
  onSubmit: (reason: string) => void;
  onClose: () => void;
}>;

/** A refusal or a withdrawal is nothing without its reason: the other side reads it. */
export function ReasonDialog({ title, submitText, operation, onSubmit, onClose }: Props) {
  const t = useText();
  const [form] = Form.useForm<Values>();
  return (
    <Dialog isOpen title={title} onClose={onClose} width={440}>
      <EntryForm
        form={form}
        initialValues={{ reason: '' }}
        error={operation.error}
        isPending={operation.isPending}
        submitText={submitText}
        onCancel={onClose}
        onSubmit={({ reason }) => onSubmit(reason)}
      >
        <Form.Item name="reason" label={t('handshakes.reason')}>
          <Input autoFocus maxLength={200} />
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}
