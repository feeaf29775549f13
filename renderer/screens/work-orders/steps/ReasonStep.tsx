import { Form } from 'antd';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, DictionaryField, EntryForm } from '#renderer/ui/index.ts';
import type { StepDialogProps } from './registry.ts';
import { stepTitle } from './title.ts';

type ReasonOperation = 'workOrders.waitForParts' | 'workOrders.escalate' | 'workOrders.giveUp';

type Kind = Readonly<{
  step: 'wait-for-parts' | 'escalate' | 'give-up';
  operation: ReasonOperation;
  dictionary: 'wait-reason' | 'escalate-reason' | 'give-up-reason';
  label: 'whichPart' | 'escalateReason' | 'giveUpReason';
}>;

type Values = Readonly<{ reason: string }>;

type Props = StepDialogProps & Readonly<{ kind: Kind }>;

/** A step that needs nothing but its reason, which is offered next time. */
function ReasonDialog({ page, onClose, kind }: Props) {
  const t = useText();
  const [form] = Form.useForm<Values>();
  const operation = useOperation(kind.operation);
  return (
    <Dialog isOpen title={stepTitle(t, kind.step, page)} onClose={onClose} width={440}>
      <EntryForm
        form={form}
        initialValues={{ reason: '' }}
        error={operation.error}
        isPending={operation.isPending}
        submitText={t(`workOrders.steps.${kind.step}`)}
        onCancel={onClose}
        onSubmit={({ reason }) =>
          operation.mutate({ id: page.order.id, version: page.order.version, reason }, { onSuccess: onClose })
        }
      >
        <Form.Item name="reason" label={t(`workOrders.${kind.label}`)}>
          <DictionaryField dictionary={kind.dictionary} autoFocus maxLength={200} />
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}

const WAIT: Kind = {
  step: 'wait-for-parts',
  operation: 'workOrders.waitForParts',
  dictionary: 'wait-reason',
  label: 'whichPart',
};
const ESCALATE: Kind = {
  step: 'escalate',
  operation: 'workOrders.escalate',
  dictionary: 'escalate-reason',
  label: 'escalateReason',
};
const GIVE_UP: Kind = {
  step: 'give-up',
  operation: 'workOrders.giveUp',
  dictionary: 'give-up-reason',
  label: 'giveUpReason',
};

export const WaitForPartsStep = (props: StepDialogProps) => <ReasonDialog {...props} kind={WAIT} />;
export const EscalateStep = (props: StepDialogProps) => <ReasonDialog {...props} kind={ESCALATE} />;
export const GiveUpStep = (props: StepDialogProps) => <ReasonDialog {...props} kind={GIVE_UP} />;
