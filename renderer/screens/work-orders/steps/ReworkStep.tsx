import { App, Form, Select } from 'antd';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm } from '#renderer/ui/index.ts';
import type { StepDialogProps } from './registry.ts';
import { stepTitle } from './title.ts';

type Values = Readonly<{ reworkOfId: string | null | undefined }>;

/** Whose work was done again. */
export function ReworkStep({ page: { order }, page, onClose }: StepDialogProps) {
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const choices = useQueryOperation('workOrders.reworkChoices', { id: order.id });
  const operation = useOperation('workOrders.setReworkOf');
  const options = (choices.data?.rows ?? []).map(({ id, number, receivedOn, category, symptom, technicianName }) => ({
    value: id,
    label: [number, receivedOn, category, symptom, technicianName].filter(Boolean).join(' · '),
  }));
  return (
    <Dialog isOpen title={stepTitle(t, 'rework', page)} onClose={onClose} width={620}>
      <p className="mw-soft">{t('workOrders.reworkText')}</p>
      <EntryForm
        form={form}
        initialValues={{ reworkOfId: order.reworkOfId }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={({ reworkOfId = null }) =>
          operation.mutate(
            { id: order.id, version: order.version, reworkOfId },
            {
              onSuccess: ({ number }) => {
                void message.success(t('workOrders.reworkSaved', { number }));
                onClose();
              },
            },
          )
        }
      >
        <Form.Item name="reworkOfId" label={t('workOrders.reworkOf')}>
          <Select
            allowClear
            loading={choices.isFetching}
            placeholder={t('workOrders.noRework')}
            options={options}
            showSearch={{ optionFilterProp: 'label' }}
          />
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}
