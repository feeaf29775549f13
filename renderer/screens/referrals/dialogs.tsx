import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ReasonDialog } from '../handshakes/ReasonDialog.tsx';

type Request = Readonly<{ id: string; number: string; version: number }>;
type Props = Readonly<{ request: Request; onClose: () => void }>;

export function RefuseDialog({ request: { id, number }, onClose }: Props) {
  const t = useText();
  const operation = useOperation('referrals.refuse');
  return (
    <ReasonDialog
      title={`${t('handshakes.refuse')} · ${number}`}
      submitText={t('handshakes.refuse')}
      operation={operation}
      onSubmit={(reason) => operation.mutate({ id, reason }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

export function WithdrawDialog({ request: { id, number, version }, onClose }: Props) {
  const t = useText();
  const operation = useOperation('referrals.withdraw');
  return (
    <ReasonDialog
      title={`${t('handshakes.withdraw')} · ${number}`}
      submitText={t('handshakes.withdraw')}
      operation={operation}
      onSubmit={(reason) => operation.mutate({ id, version, reason }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
