/** What the counter does with audited work, on the order's own page: the same questions as on the settlement screen. */
import { useQueryOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, Loaded } from '#renderer/ui/index.ts';
import { DepositDialog, NotifyDialog, RefundDialog, ReverseDialog } from '../../settlement/dialogs.tsx';
import { HandOverPanel } from '../../settlement/HandOverPanel.tsx';
import type { StepDialogProps } from './registry.ts';
import { stepTitle } from './title.ts';
import '../../settlement/settlement.css';

export function NotifyReadyStep({ page, onClose }: StepDialogProps) {
  return <NotifyDialog order={page.order} onClose={onClose} />;
}

export function HandOverStep({ page, onClose }: StepDialogProps) {
  const t = useText();
  const statement = useQueryOperation('billing.statement', { workOrderId: page.order.id });
  return (
    <Dialog isOpen title={stepTitle(t, 'hand-over', page)} onClose={onClose} width={440}>
      <Loaded query={statement}>{(data) => <HandOverPanel statement={data} onDone={onClose} />}</Loaded>
    </Dialog>
  );
}

export function ReverseSettlementStep({ page, onClose }: StepDialogProps) {
  const statement = useQueryOperation('billing.statement', { workOrderId: page.order.id });
  return (
    <Loaded query={statement}>
      {({ settlement }) => <ReverseDialog order={page.order} taken={settlement?.due ?? 0} onClose={onClose} />}
    </Loaded>
  );
}

export function TakeDepositStep({ page, onClose }: StepDialogProps) {
  return <DepositDialog order={page.order} onClose={onClose} />;
}

export function RefundDepositStep({ page, onClose }: StepDialogProps) {
  const statement = useQueryOperation('billing.statement', { workOrderId: page.order.id });
  return (
    <Loaded query={statement}>
      {({ received }) => <RefundDialog order={page.order} received={received} onClose={onClose} />}
    </Loaded>
  );
}
