import { Form } from 'antd';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm, type Photo, PhotoField } from '#renderer/ui/index.ts';
import type { StepDialogProps } from './registry.ts';
import { stepTitle } from './title.ts';

type Values = Readonly<{ files: readonly Photo[] }>;

export function PhotosStep({ page, onClose }: StepDialogProps) {
  const t = useText();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('attachments.add');
  return (
    <Dialog isOpen title={stepTitle(t, 'add-photos', page)} onClose={onClose} width={560}>
      <EntryForm
        form={form}
        initialValues={{ files: [] }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={({ files }) =>
          operation.mutate({ workOrderId: page.order.id, files: [...files] }, { onSuccess: onClose })
        }
      >
        <Form.Item name="files" label={t('workOrders.photos')}>
          <PhotoField />
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}
