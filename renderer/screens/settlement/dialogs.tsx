/** The small questions of the counter: a deposit, money back, how the customer was told, why a settlement is reversed. */
import { App, Form, Input, Select } from 'antd';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm, MoneyInput, useFormat } from '#renderer/ui/index.ts';
import { METHODS, type Method } from '../work-orders/codes.ts';

export type DialogOrder = Readonly<{ id: string; version: number; number: string }>;

type Props = Readonly<{ order: DialogOrder; onClose: () => void }>;

function useMethods() {
  const t = useText();
  return METHODS.map((value) => ({ value, label: t(`workOrderCodes.method.${value}`) }));
}

export function DepositDialog({ order, onClose }: Props) {
  const t = useText();
  const format = useFormat();
  const { message } = App.useApp();
  const methods = useMethods();
  const [form] = Form.useForm<{ amount: number; method: Method }>();
  const operation = useOperation('billing.takeDeposit');
  return (
    <Dialog isOpen title={`${t('settlement.deposit')} · ${order.number}`} onClose={onClose} width={400}>
      <EntryForm
        form={form}
        initialValues={{ method: 'cash' }}
        error={operation.error}
        isPending={operation.isPending}
        submitText={t('settlement.deposit')}
        onCancel={onClose}
        onSubmit={(values) =>
          operation.mutate(
            { workOrderId: order.id, ...values },
            {
              onSuccess: ({ received }) => {
                void message.success(t('settlement.depositTaken', { received: format.money(received) }));
                onClose();
              },
            },
          )
        }
      >
        <Form.Item name="amount" label={t('fields.amount')}>
          <MoneyInput autoFocus />
        </Form.Item>
        <Form.Item name="method" label={t('settlement.method')}>
          <Select options={methods} />
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}

export function RefundDialog({ order, received, onClose }: Props & Readonly<{ received: number }>) {
  const t = useText();
  const format = useFormat();
  const { message } = App.useApp();
  const methods = useMethods();
  const [form] = Form.useForm<{ method: Method }>();
  const operation = useOperation('billing.refundDeposit');
  return (
    <Dialog isOpen title={`${t('settlement.refundDeposit')} · ${order.number}`} onClose={onClose} width={400}>
      <p>{t('settlement.refundText', { amount: format.money(received) })}</p>
      <EntryForm
        form={form}
        initialValues={{ method: 'cash' }}
        error={operation.error}
        isPending={operation.isPending}
        submitText={t('settlement.refundDeposit')}
        onCancel={onClose}
        onSubmit={({ method }) =>
          operation.mutate(
            { workOrderId: order.id, method, expectedReceived: received },
            {
              onSuccess: ({ returned }) => {
                void message.success(t('settlement.refunded', { amount: format.money(returned) }));
                onClose();
              },
            },
          )
        }
      >
        <Form.Item name="method" label={t('settlement.method')}>
          <Select options={methods} autoFocus />
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}

export function NotifyDialog({ order, onClose }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ note: string }>();
  const operation = useOperation('workOrders.notifyReady');
  return (
    <Dialog isOpen title={`${t('settlement.notifyReady')} · ${order.number}`} onClose={onClose} width={440}>
      <EntryForm
        form={form}
        initialValues={{ note: '' }}
        error={operation.error}
        isPending={operation.isPending}
        submitText={t('settlement.notifyReady')}
        onCancel={onClose}
        onSubmit={({ note }) =>
          operation.mutate(
            { id: order.id, version: order.version, note },
            {
              onSuccess: () => {
                void message.success(t('settlement.notified'));
                onClose();
              },
            },
          )
        }
      >
        <Form.Item name="note" label={t('settlement.notifyNote')}>
          <Input autoFocus maxLength={500} />
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}

/** `taken`: what the settlement moved, which goes back the way it came. */
export function ReverseDialog({ order, taken, onClose }: Props & Readonly<{ taken: number }>) {
  const t = useText();
  const format = useFormat();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const operation = useOperation('billing.reverseSettlement');
  const text =
    taken === 0 ? t('settlement.reverseTextNothing') : t('settlement.reverseText', { amount: format.money(taken) });
  return (
    <Dialog isOpen title={`${t('settlement.reverse')} · ${order.number}`} onClose={onClose} width={460}>
      <p>{text}</p>
      <EntryForm
        form={form}
        initialValues={{ reason: '' }}
        error={operation.error}
        isPending={operation.isPending}
        submitText={t('settlement.reverse')}
        onCancel={onClose}
        onSubmit={({ reason }) =>
          operation.mutate(
            { id: order.id, version: order.version, reason },
            {
              onSuccess: () => {
                void message.success(t('settlement.reversed'));
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
