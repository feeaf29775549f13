import { Form, Radio } from 'antd';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EntryForm } from '#renderer/ui/index.ts';
import type { Count } from './count-words.tsx';

type Values = Readonly<{ uncounted?: 'zero' | 'leave' }>;

/** Ends counting. What becomes of parts nobody counted is for whoever counts to say: nothing is chosen beforehand. */
export function CloseDialog({ count, onClose }: Readonly<{ count: Count; onClose: () => void }>) {
  const t = useText();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('stockCounts.close');
  const { id, version, state, notCounted } = count;
  // Of tracked parts some pieces may be missing though the part has been counted: the service says so.
  const isAsked = state === 'counting' && (notCounted > 0 || operation.error?.code === 'stock-count.uncounted');
  return (
    <Dialog
      isOpen
      title={t(state === 'counting' ? 'counts.close' : 'counts.closeRecount')}
      onClose={onClose}
      width={500}
    >
      <EntryForm<Values>
        form={form}
        error={operation.error}
        isPending={operation.isPending}
        submitText={t('counts.closeNow')}
        onCancel={onClose}
        onSubmit={({ uncounted }) =>
          operation.mutate({ id, version, uncounted: uncounted ?? null }, { onSuccess: onClose })
        }
      >
        <p>{t(state === 'counting' ? 'counts.closeText' : 'counts.closeRecountText')}</p>
        {isAsked && (
          <Form.Item
            name="uncounted"
            label={t('counts.uncountedQuestion', { count: notCounted })}
            rules={[{ required: true, message: t('fieldRules.required') }]}
          >
            <Radio.Group
              className="mw-count-choice"
              options={(['zero', 'leave'] as const).map((value) => ({ value, label: t(`counts.uncounted.${value}`) }))}
            />
          </Form.Item>
        )}
      </EntryForm>
    </Dialog>
  );
}
