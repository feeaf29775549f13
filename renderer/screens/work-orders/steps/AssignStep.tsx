import { useText } from '#renderer/text/react.ts';
import { AssignDialog } from '../../dispatch/AssignDialog.tsx';
import type { StepDialogProps } from './registry.ts';
import { stepTitle } from './title.ts';

/** Gives the work to a technician, or to another one. */
export function AssignStep({ page, onClose }: StepDialogProps) {
  const t = useText();
  const { order, device } = page;
  return (
    <AssignDialog
      title={stepTitle(t, order.state === 'registered' ? 'dispatch' : 'reassign', page)}
      order={{ ...order, category: device.category }}
      technicianId={order.technicianId}
      onClose={onClose}
    />
  );
}
