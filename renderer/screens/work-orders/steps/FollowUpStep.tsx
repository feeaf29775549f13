import { App, Form, Radio } from 'antd';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm } from '#renderer/ui/index.ts';
import type { StepDialogProps } from './registry.ts';
import { stepTitle } from './title.ts';

const RESULTS = ['very_satisfied', 'satisfied', 'dissatisfied'] as const;
const NOT_ASKED = 'none';

type Values = Readonly<{ result: (typeof RESULTS)[number] | typeof NOT_ASKED }>;

/** What the customer said of the work. */
export function FollowUpStep({ page: { order }, page, onClose }: StepDialogProps) {
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('workOrders.setFollowUp');
  const options = [
    ...RESULTS.map((value) => ({ value, label: t(`payroll.followUps.${value}`) })),
    { value: NOT_ASKED, label: t('workOrders.noFollowUp') },
  ];
  return (
    <Dialog isOpen title={stepTitle(t, 'follow-up', page)} onClose={onClose} width={440}>
      <EntryForm
        form={form}
        initialValues={{ result: order.followUp ?? NOT_ASKED }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={({ result }) =>
          operation.mutate(
            { id: order.id, version: order.version, result: result === NOT_ASKED ? null : result },
            {
              onSuccess: ({ number }) => {
                void message.success(t('workOrders.followUpSaved', { number }));
                onClose();
              },
            },
          )
        }
      >
        <Form.Item name="result" label={t('workOrders.followUp')}>
          <Radio.Group vertical options={options} />
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}
