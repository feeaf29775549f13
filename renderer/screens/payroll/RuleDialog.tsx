import { App, Form } from 'antd';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm, useToday } from '#renderer/ui/index.ts';
import { RuleFields } from './RuleFields.tsx';
import { type RuleInput, sent } from './rule-values.ts';

type Props = Readonly<{
  onClose: () => void;
  /** What it begins with: a draft that is to be published. */
  draft?: RuleInput;
}>;

/** A new rule, published. */
export function RuleDialog({ onClose, draft }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const operation = useOperation('payroll.saveRule');
  const [form] = Form.useForm<RuleInput>();
  const blank = useBlankRule();

  function save(values: RuleInput): void {
    operation.mutate(sent(values), {
      onSuccess: ({ code }) => {
        void message.success(t('payroll.ruleSaved', { code }));
        onClose();
      },
    });
  }

  return (
    <Dialog isOpen title={t('payroll.newRule')} onClose={onClose} width={680}>
      <EntryForm
        form={form}
        initialValues={{ ...blank, ...draft }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={save}
      >
        <RuleFields form={form} />
      </EntryForm>
    </Dialog>
  );
}

type DraftProps = Readonly<{ onClose: () => void; onDraft: (draft: RuleInput) => void }>;

/** A rule that is only tried. */
export function DraftDialog({ onClose, onDraft }: DraftProps) {
  const t = useText();
  const [form] = Form.useForm<RuleInput>();
  const blank = useBlankRule();

  function keep(values: RuleInput): void {
    onDraft(sent(values));
    onClose();
  }

  return (
    <Dialog isOpen title={t('payroll.trial.draft')} onClose={onClose} width={680}>
      <EntryForm
        form={form}
        initialValues={blank}
        error={null}
        isPending={false}
        submitText={t('payroll.trial.keepDraft')}
        onCancel={onClose}
        onSubmit={keep}
      >
        <RuleFields form={form} />
      </EntryForm>
    </Dialog>
  );
}

function useBlankRule(): Partial<RuleInput> {
  const validFrom = useToday();
  const tiers = { measure: 'labour_base', mode: 'progressive', tiers: [{ from: 0 }] } as const;
  return { component: 'labour', discount: 'before', validFrom, ...tiers, tiers: [...tiers.tiers] };
}
