import { Select } from 'antd';
import { useState } from 'react';
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useSettled } from '#renderer/ui/index.ts';

type Props = Readonly<{
  id?: string;
  value?: string | null;
  onChange?: (id: string | null) => void;
  placeholder?: string;
}>;

/** A work order by any fragment of its number; the latest first. */
export function WorkOrderField({ id, value = null, onChange, placeholder }: Props) {
  const [typed, setTyped] = useState('');
  const settled = useSettled(typed, 150);
  const filters = settled.trim() === '' ? [] : [{ column: 'number', op: 'contains' as const, value: settled.trim() }];
  const found = useQueryOperation('workOrders.list', { filters, limit: 12 }, { keepPrevious: true });
  const options = (found.data?.rows ?? []).map(({ id: orderId, number, customerName }) => ({
    value: orderId,
    label: [number, customerName ?? ''].filter((word) => word !== '').join(' '),
  }));
  return (
    <Select
      allowClear
      value={value}
      options={options}
      loading={found.isFetching}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      onChange={(chosen: string | undefined) => onChange?.(chosen ?? null)}
      {...(id === undefined ? {} : { id })}
      {...(placeholder === undefined ? {} : { placeholder })}
    />
  );
}
