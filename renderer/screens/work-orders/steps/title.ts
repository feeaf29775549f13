import type { WorkOrderStep } from '#domain/work-orders/steps.ts';
import type { Translate } from '#renderer/text/index.ts';
import type { OrderPage } from './registry.ts';

/** `Cancel order · WO-SH01-260315-0042` */
export function stepTitle(t: Translate, step: WorkOrderStep, page: OrderPage): string {
  return `${t(`workOrders.steps.${step}`)} · ${page.order.number}`;
}
