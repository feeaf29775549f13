import { App, Form } from 'antd';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { DateField, Dialog, EntryForm } from '#renderer/ui/index.ts';

type Props = Readonly<{
  operation: 'payroll.endRule' | 'payroll.endDeadlineRule';
  rule: Readonly<{ id: string; code: string; version: number; validTo: string | null }>;
  onClose: () => void;
}>;

/** The last day of a published rule, of commission or of deadlines. */
export function EndDialog({ operation: name, rule, onClose }: Props) {
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ validTo: string | null }>();
  const operation = useOperation(name);
  return (
    <Dialog isOpen title={t('payroll.endRule', { code: rule.code })} onClose={onClose} width={420}>
      <p className="mw-soft">{t('payroll.endText')}</p>
      <EntryForm
        form={form}
        initialValues={{ validTo: rule.validTo }}
        error={operation.error}
        isPending={operation.isPending}
        onCancel={onClose}
        onSubmit={({ validTo }) =>
          operation.mutate(
            { id: rule.id, version: rule.version, validTo: validTo ?? null },
            {
              onSuccess: () => {
                void message.success(t('payroll.ruleEnded', { code: rule.code }));
                onClose();
              },
            },
          )
        }
      >
        <Form.Item name="validTo" label={t('payroll.validTo')}>
          <DateField placeholder={t('payroll.open')} />
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}
