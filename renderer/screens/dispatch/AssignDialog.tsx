import { Form, Input, Select } from 'antd';
import type { WorkOrderState } from '#domain/work-orders/states.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm, InstantField, Loaded } from '#renderer/ui/index.ts';

type AssignableOrder = Readonly<{
  id: string;
  version: number;
  state?: WorkOrderState;
  category: string;
  appointedAt?: number | null;
}>;

type Props = Readonly<{
  title: string;
  order: AssignableOrder;
  /** Chosen at first. */
  technicianId: string | null;
  onClose: () => void;
  onAssigned?: (technicianName: string) => void;
}>;

type Values = Readonly<{ technicianId: string; appointedAt: number | null; reason: string }>;

/** Who does it, and when the customer expects him if that is agreed. */
export function AssignDialog({ title, order, technicianId, onClose, onAssigned }: Props) {
  const t = useText();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('dispatch.assign');
  const queue = useQueryOperation('dispatch.queue', {}, { staleTime: 10_000 });

  function submit(values: Values): void {
    const input = { id: order.id, version: order.version, ...values, appointedAt: values.appointedAt ?? null };
    operation.mutate(input, {
      onSuccess: ({ technicianName }) => {
        onAssigned?.(technicianName);
        onClose();
      },
    });
  }

  return (
    <Dialog isOpen title={title} onClose={onClose} width={460}>
      <Loaded query={queue}>
        {({ technicians }) => (
          <EntryForm
            form={form}
            initialValues={{
              ...(technicianId === null ? {} : { technicianId }),
              appointedAt: order.appointedAt ?? null,
              reason: '',
            }}
            error={operation.error}
            isPending={operation.isPending}
            submitText={t('workOrders.steps.dispatch')}
            onCancel={onClose}
            onSubmit={submit}
          >
            <Form.Item
              name="technicianId"
              label={t('workOrders.technician')}
              rules={[{ required: true, message: t('fieldRules.required') }]}
            >
              <Select
                autoFocus
                showSearch={{ optionFilterProp: 'label' }}
                options={technicians.map(({ id, name, number, load }) => ({
                  value: id,
                  label: `${name} ${number} · ${t('workOrders.technicianLoad', { count: load })}`,
                }))}
              />
            </Form.Item>
            <Form.Item name="appointedAt" label={t('fields.appointedAt')}>
              <InstantField />
            </Form.Item>
            <Form.Item name="reason" label={t('workOrders.reasonOptional')}>
              <Input maxLength={200} />
            </Form.Item>
          </EntryForm>
        )}
      </Loaded>
    </Dialog>
  );
}
