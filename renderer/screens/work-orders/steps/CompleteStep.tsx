import { App, Form, Input } from 'antd';
import { useState } from 'react';
import { useOperation } from '#renderer/api/hooks.ts';
import { useText } from '#renderer/text/react.ts';
import {
  Dialog,
  DictionaryField,
  EntryForm,
  InstantField,
  Loaded,
  MoneyInput,
  PhotoField,
  Section,
} from '#renderer/ui/index.ts';
import { ChargesView, LabourFields, TechnicianFields } from './completion-fields.tsx';
import { type CompletionValues, completionOf, valuesOf } from './completion-values.ts';
import './completion.css';
import type { StepDialogProps } from './registry.ts';
import { stepTitle } from './title.ts';
import { type Sheet, useSheet } from './use-sheet.ts';

/** What was wrong, what was done, by whom and for how much: the work is done. */
export function CompleteStep({ page, onClose }: StepDialogProps) {
  const t = useText();
  const sheet = useSheet(page.order.id);
  return (
    <Dialog isOpen title={stepTitle(t, 'complete', page)} onClose={onClose} width={960}>
      <Loaded query={sheet}>{(data) => <CompletionForm latest={data} onClose={onClose} />}</Loaded>
    </Dialog>
  );
}

function CompletionForm({ latest, onClose }: Readonly<{ latest: Sheet; onClose: () => void }>) {
  const [sheet] = useState(latest); // What was seen when it was opened; completing over somebody else's change is refused.
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<CompletionValues>();
  const operation = useOperation('jobs.complete');
  const { id, version } = sheet.order;
  return (
    <EntryForm
      form={form}
      initialValues={valuesOf(sheet)}
      error={operation.error}
      isPending={operation.isPending}
      submitText={t('workOrders.steps.complete')}
      onCancel={onClose}
      onSubmit={(values) =>
        operation.mutate(
          { id, version, ...completionOf(values) },
          {
            onSuccess: ({ number }) => {
              void message.success(t('jobs.completed', { number }));
              onClose();
            },
          },
        )
      }
    >
      <div className="mw-completion">
        <div>
          <Section title={t('jobs.found')}>
            <div className="mw-fields" style={{ '--mw-columns': 2 } as React.CSSProperties}>
              <Form.Item name="fault" label={t('fields.fault')}>
                <DictionaryField dictionary="fault" autoFocus maxLength={500} />
              </Form.Item>
              <Form.Item name="cause" label={t('fields.cause')}>
                <DictionaryField dictionary="cause" maxLength={500} />
              </Form.Item>
              <Form.Item name="action" label={t('fields.action')} className="is-wide">
                <DictionaryField dictionary="action" maxLength={500} />
              </Form.Item>
              <Form.Item name="startedAt" label={t('fields.startedAt')}>
                <InstantField />
              </Form.Item>
              <Form.Item name="completedAt" label={t('fields.completedAt')}>
                <InstantField placeholder={t('jobs.now')} />
              </Form.Item>
            </div>
          </Section>
          <Section title={t('jobs.labour')}>
            <LabourFields form={form} workTypes={sheet.choices.workTypes} />
          </Section>
        </div>
        <div>
          <Section title={t('jobs.whoDidIt')}>
            <TechnicianFields form={form} technicians={sheet.choices.technicians} />
          </Section>
          <Section title={t('jobs.charges')}>
            <div className="mw-fields" style={{ '--mw-columns': 2 } as React.CSSProperties}>
              <Form.Item name="travelFee" label={t('fields.travelFee')}>
                <MoneyInput />
              </Form.Item>
              <Form.Item name="discount" label={t('fields.discount')}>
                <MoneyInput />
              </Form.Item>
            </div>
            <ChargesView form={form} sheet={sheet} />
          </Section>
          <Section title={t('workOrders.photos')}>
            <Form.Item name="photos">
              <PhotoField />
            </Form.Item>
          </Section>
        </div>
      </div>
    </EntryForm>
  );
}

type WithdrawValues = Readonly<{ reason: string }>;

/** Work called done goes on after all; the sheet is kept. */
export function WithdrawCompletionStep({ page, onClose }: StepDialogProps) {
  const t = useText();
  const [form] = Form.useForm<WithdrawValues>();
  const operation = useOperation('jobs.withdrawCompletion');
  const { id, version } = page.order;
  return (
    <Dialog isOpen title={stepTitle(t, 'withdraw-completion', page)} onClose={onClose} width={460}>
      <EntryForm
        form={form}
        initialValues={{ reason: '' }}
        error={operation.error}
        isPending={operation.isPending}
        submitText={t('workOrders.steps.withdraw-completion')}
        onCancel={onClose}
        onSubmit={({ reason }) => operation.mutate({ id, version, reason }, { onSuccess: onClose })}
      >
        <p className="mw-soft">{t('jobs.withdrawText')}</p>
        <Form.Item name="reason" label={t('jobs.withdrawReason')}>
          <Input autoFocus maxLength={500} />
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}
