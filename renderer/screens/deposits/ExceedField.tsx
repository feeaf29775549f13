import { Input } from 'antd';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';

type Props = Readonly<{ value: string; onChange: (reason: string) => void }>;

/** Why more is given than a deposit covers, for whoever may. */
export function ExceedField({ value, onChange }: Props) {
  const t = useText();
  const may = useMay();
  if (!may('requisition.exceed-deposit')) return null;
  return (
    <Input
      value={value}
      maxLength={200}
      placeholder={t('deposits.exceed')}
      aria-label={t('deposits.exceed')}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
