import type { ComponentType } from 'react';
import type { WorkOrderStep } from '#domain/work-orders/steps.ts';
import type { OutputOf } from '#operations/index.ts';

/** A work order's page as the service tells it. */
export type OrderPage = OutputOf<'workOrders.get'>;

/** `onClose` after saving, too: saving makes the page load afresh by itself. */
export type StepDialogProps = Readonly<{ page: OrderPage; onClose: () => void }>;

export type ActOperation = 'workOrders.accept' | 'workOrders.start' | 'workOrders.resume' | 'dispatch.withdraw';

/**
 * How a step is taken: a dialog (one file in this folder, see `ReasonStep.tsx`), at once by an operation that takes id
 * and version, or on another screen.
 */
export type StepWay =
  | Readonly<{ Dialog: ComponentType<StepDialogProps> }>
  | Readonly<{ act: ActOperation }>
  | Readonly<{ path: (page: OrderPage) => string }>;

export type StepWays = Readonly<Partial<Record<WorkOrderStep, StepWay>>>;
