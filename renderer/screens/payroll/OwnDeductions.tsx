import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { OutputOf } from '#operations/index.ts';
import { useOperation, useQueryOperation } from '#renderer/api/hooks.ts';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { Dialog, EmptyState, EntryForm, Loaded, MoneyText, type Photo, PhotoField } from '#renderer/ui/index.ts';
import { OrderPhotos } from '../work-orders/OrderPhotos.tsx';
import { AppealTag } from './AppealTag.tsx';
import { explainAny, inOneGo } from './explain.ts';
import { useWords } from './use-words.ts';
import './payroll.css';

type Deduction = OutputOf<'payroll.ownDeductions'>['rows'][number];

/** One's own deductions with their reasons; one appeals against them here. */
export function OwnDeductions() {
  const t = useText();
  const own = useQueryOperation('payroll.ownDeductions', {});
  const [appealed, setAppealed] = useState<Deduction>();
  return (
    <Loaded query={own}>
      {({ rows }) => (
        <>
          {rows.length === 0 && (
            <EmptyState title={t('payroll.appeals.noDeductionsTitle')} text={t('payroll.appeals.noDeductionsText')} />
          )}
          <div role="list" className="mw-deductions">
            {rows.map((row) => (
              <DeductionCard key={row.entryId} deduction={row} onAppeal={() => setAppealed(row)} />
            ))}
          </div>
          {appealed && <AppealDialog deduction={appealed} onClose={() => setAppealed(undefined)} />}
        </>
      )}
    </Loaded>
  );
}

function DeductionCard({ deduction, onAppeal }: Readonly<{ deduction: Deduction; onAppeal: () => void }>) {
  const t = useText();
  const may = useMay();
  const words = useWords();
  const { kind, amount, earnedOn, workOrderId, workOrder, why, appealState, appealReason, decision, evidenceId } =
    deduction;
  return (
    <div role="listitem" className="mw-deduction">
      <div className={appealState === 'granted' ? 'mw-deduction-head is-taken-back' : 'mw-deduction-head'}>
        <strong>{t(`payroll.appeals.kinds.${kind}`)}</strong>
        <span className="mw-soft">{earnedOn}</span>
        {workOrderId !== null && may('work.view') && <Link to={`/work-orders/${workOrderId}`}>{workOrder}</Link>}
        <span>
          <MoneyText value={amount} />
        </span>
      </div>
      <p>{inOneGo(t, explainAny(words, why, amount))}</p>
      {evidenceId !== null && <OrderPhotos attachments={[{ id: evidenceId }]} />}
      {appealState === null ? (
        <Button size="small" onClick={onAppeal}>
          {t('payroll.appeals.appeal')}
        </Button>
      ) : (
        <div className="mw-soft">
          {t('payroll.appeals.appeal')} <AppealTag state={appealState} />{' '}
          {[appealReason, decision].filter(Boolean).join(' → ')}
        </div>
      )}
    </div>
  );
}

type Values = Readonly<{ reason: string; photos: readonly Photo[] }>;

function AppealDialog({
  deduction: { entryId, kind },
  onClose,
}: Readonly<{ deduction: Deduction; onClose: () => void }>) {
  const t = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const operation = useOperation('payroll.appeal');
  return (
    <Dialog
      isOpen
      title={`${t('payroll.appeals.appeal')} · ${t(`payroll.appeals.kinds.${kind}`)}`}
      onClose={onClose}
      width={520}
    >
      <p className="mw-soft">{t('payroll.appeals.appealText')}</p>
      <EntryForm
        form={form}
        initialValues={{ reason: '', photos: [] }}
        error={operation.error}
        isPending={operation.isPending}
        submitText={t('payroll.appeals.appeal')}
        onCancel={onClose}
        onSubmit={({ reason, photos: [photo = null] }) =>
          operation.mutate(
            { entryId, reason, photo },
            {
              onSuccess: () => {
                void message.success(t('payroll.appeals.filed'));
                onClose();
              },
            },
          )
        }
      >
        <Form.Item name="reason" label={t('payroll.appeals.reason')}>
          <Input.TextArea autoFocus rows={3} maxLength={1000} />
        </Form.Item>
        <Form.Item name="photos" label={t('payroll.appeals.photo')}>
          <PhotoField max={1} />
        </Form.Item>
      </EntryForm>
    </Dialog>
  );
}
