import { MoreOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { WorkOrderStep } from '#domain/work-orders/steps.ts';
import type { OperationFailed } from '#renderer/api/failure.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, errorText, useFormat, useHotkey } from '#renderer/ui/index.ts';
import { STEP_WAYS } from './index.ts';
import type { ActOperation, OrderPage } from './registry.ts';

/** Buttons beside the first are for what is usual; what leads back is under “more”. */
const SELDOM: ReadonlySet<WorkOrderStep> = new Set([
  'edit',
  'refer',
  'withdraw',
  'give-up',
  'withdraw-completion',
  'un-audit',
  'follow-up',
  'rework',
  'reverse-settlement',
  'refund-deposit',
  'cancel',
  'take-deposit',
  'add-photos',
]);
const DANGEROUS: ReadonlySet<WorkOrderStep> = new Set(['cancel', 'un-audit', 'reverse-settlement', 'give-up']);

/** What may be done next, as buttons; Alt+1, Alt+2 … take the first ones. */
export function StepButtons({ page }: Readonly<{ page: OrderPage }>) {
  const t = useText();
  // With the page as it was seen when the dialog opened: saving over somebody else's change is refused.
  const [open, setOpen] = useState<Readonly<{ step: WorkOrderStep; page: OrderPage }>>();
  const take = useTakeStep(page, (step) => setOpen({ step, page }));
  const steps = page.nextSteps.filter((step) => STEP_WAYS[step] !== undefined);
  const usual = steps.filter((step) => !SELDOM.has(step));
  const seldom = steps.filter((step) => SELDOM.has(step));
  useHotkey('Alt+0', () => document.querySelector<HTMLElement>('[data-more-steps]')?.click(), seldom.length > 0);
  const way = open === undefined ? undefined : STEP_WAYS[open.step];

  return (
    <>
      {seldom.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: seldom.map((step) => ({
              key: step,
              label: t(`workOrders.steps.${step}`),
              danger: DANGEROUS.has(step),
            })),
            onClick: ({ key }) => take(key as WorkOrderStep),
          }}
        >
          <Button data-more-steps icon={<MoreOutlined />}>
            {t('workOrders.moreSteps')}
          </Button>
        </Dropdown>
      )}
      {usual.toReversed().map((step) => {
        const place = usual.indexOf(step);
        return (
          <ActionButton
            key={step}
            type={place === 0 ? 'primary' : 'default'}
            onClick={() => take(step)}
            {...(place < 9 ? { hotkey: `Alt+${place + 1}` } : {})}
          >
            {t(`workOrders.steps.${step}`)}
          </ActionButton>
        );
      })}
      {open !== undefined && way !== undefined && 'Dialog' in way && (
        <way.Dialog page={open.page} onClose={() => setOpen(undefined)} />
      )}
    </>
  );
}

function useTakeStep(page: OrderPage, openDialog: (step: WorkOrderStep) => void): (step: WorkOrderStep) => void {
  const t = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const acts = {
    'workOrders.accept': useOperation('workOrders.accept'),
    'workOrders.start': useOperation('workOrders.start'),
    'workOrders.resume': useOperation('workOrders.resume'),
    'dispatch.withdraw': useOperation('dispatch.withdraw'),
  };
  const { id, version, number } = page.order;

  function act(step: WorkOrderStep, operation: ActOperation): void {
    acts[operation].mutate(
      { id, version },
      {
        onSuccess: () =>
          void message.success(t('workOrders.stepDone', { number, step: t(`workOrders.steps.${step}`) })),
        onError: (error: OperationFailed) => void message.error(errorText(t, format, error)),
      },
    );
  }

  return (step) => {
    const way = STEP_WAYS[step];
    if (way === undefined) return;
    if ('act' in way) act(step, way.act);
    else if ('path' in way) void navigate(way.path(page));
    else openDialog(step);
  };
}
