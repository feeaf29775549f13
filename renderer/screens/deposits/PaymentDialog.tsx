import { App, Form, Input, Radio, Select } from 'antd';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm, MoneyInput, type RowOf } from '#renderer/ui/index.ts';

type Values = Readonly<{ way: 'in' | 'out'; owner?: string; amount: number | null; reason: string }>;
type Account = Pick<RowOf<'deposits.list'>, 'unitId' | 'technicianId'>;

const keyOf = ({ unitId, technicianId }: Account): string => `${unitId} ${technicianId ?? ''}`;

/** A deposit is paid in or out. The first payment begins the account, and with it the limit of what is approved. */
export function PaymentDialog({ account, onClose }: Readonly<{ account?: Account; onClose: () => void }>) {
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const payIn = useOperation('deposits.payIn');
  const payOut = useOperation('deposits.payOut');
  const way = Form.useWatch('way', form) ?? 'in';
  const operation = way === 'in' ? payIn : payOut;
  const owners = useOwners();

  function pay({ way: chosen, owner, amount, reason }: Values): void {
    const [unitId = '', technician = ''] = (account ? keyOf(account) : (owner ?? '')).split(' ');
    const input = { unitId, technicianId: technician || null, amount: amount ?? Number.NaN, reason };
    const onSuccess = ({ number }: Readonly<{ number: string }>) => {
      void message.success(t('stock.savedAs', { number }));
      onClose();
    };
    (chosen === 'in' ? payIn : payOut).mutate(input, { onSuccess });
  }

  return (
    <Dialog isOpen title={t('deposits.pay')} onClose={onClose} width={460}>
      <EntryForm<Values>
        form={form}
        initialValues={{ way: 'in', amount: null, reason: '' }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={pay}
      >
        <Form.Item name="way">
          <Radio.Group
            options={(['in', 'out'] as const).map((value) => ({ value, label: t(`deposits.kinds.pay-${value}`) }))}
          />
        </Form.Item>
        {account === undefined && (
          <Form.Item name="owner" label={t('deposits.owner')}>
            <Select autoFocus showSearch={{ optionFilterProp: 'label' }} options={owners} />
          </Form.Item>
        )}
        <Form.Item name="amount" label={t('fields.amount')}>
          <MoneyInput />
        </Form.Item>
        <Form.Item name="reason" label={t('deposits.reason')}>
          <Input maxLength={200} />
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}

function useOwners() {
  const { data } = useQueryOperation('deposits.choices', {}, { staleTime: 30_000 });
  if (!data) return [];
  return [
    ...data.units.map(({ id, code, name }) => ({
      value: keyOf({ unitId: id, technicianId: null }),
      label: `${code} ${name}`,
    })),
    ...data.technicians.map(({ id, number, name }) => ({
      value: keyOf({ unitId: data.unitId, technicianId: id }),
      label: `${number} ${name}`,
    })),
  ];
}
