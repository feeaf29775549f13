import { App } from 'antd';
import type { OperationFailed } from '#renderer/api/failure.ts';
import { useOperation } from '#renderer/api/hooks.ts';
import type { LongOperation } from '#renderer/api/long-operations.tsx';
import { useMay, useSession } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, ConfirmButton, errorText, Running, useFormat } from '#renderer/ui/index.ts';
import type { Sheet } from './PeriodSheet.tsx';

type Calculation = LongOperation<'payroll.calculate'>;

type Props = Readonly<{ sheet: Sheet; calculation: Calculation }>;

/** What may be done with the period now, the usual step last. */
export function PeriodActions({ sheet: { period, unpaid }, calculation }: Props) {
  const t = useText();
  const format = useFormat();
  const may = useMay();
  const { station } = useSession();
  const { message } = App.useApp();
  const review = useOperation('payroll.review');
  const lock = useOperation('payroll.lock');
  const markPaid = useOperation('payroll.markPaid');
  const reopen = useOperation('payroll.reopen');
  // Only its own unit settles a period: others look on.
  if (!may('payroll.calculate') || period.unitId !== station.unitId) return null;

  const input = { periodId: period.id, version: period.version };
  const onError = (error: OperationFailed) => void message.error(errorText(t, format, error));
  const saying = (text: string) => ({ onError, onSuccess: () => void message.success(text) });
  const run = () =>
    calculation.mutate(input, {
      onError,
      onCancelled: () => void message.info(t('payroll.calculationCancelled')),
      onSuccess: ({ payslips, entries }) => void message.success(t('payroll.calculated', { payslips, entries })),
    });

  if (calculation.isPending)
    return <Running text={t('payroll.calculating')} share={calculation.share} onCancel={calculation.cancel} />;
  if (period.state === 'open')
    return (
      <ActionButton type="primary" hotkey="Ctrl+Enter" onClick={run}>
        {t('payroll.calculate')}
      </ActionButton>
    );
  if (period.state === 'locked')
    return (
      <ConfirmButton
        type="primary"
        question={t('payroll.markPaidQuestion')}
        confirmText={t('payroll.markPaid')}
        loading={markPaid.isPending}
        onClick={() => markPaid.mutate(input, saying(t('payroll.paid')))}
      >
        {t('payroll.markPaid')}
      </ConfirmButton>
    );
  if (period.state === 'paid') return null;
  return (
    <>
      <ConfirmButton
        danger
        question={t('payroll.reopenQuestion')}
        consequence={t('payroll.reopenText')}
        confirmText={t('payroll.reopen')}
        loading={reopen.isPending}
        onClick={() => reopen.mutate(input, saying(t('payroll.reopened')))}
      >
        {t('payroll.reopen')}
      </ConfirmButton>
      {period.state === 'calculated' && (
        <>
          <ActionButton hotkey="Ctrl+Enter" onClick={run}>
            {t('payroll.recalculate')}
          </ActionButton>
          <ConfirmButton
            type="primary"
            question={t('payroll.reviewQuestion')}
            consequence={
              <>
                <p>{t('payroll.reviewText')}</p>
                {unpaid > 0 && <p>{t('payroll.lockUnpaid', { count: unpaid })}</p>}
              </>
            }
            confirmText={t('payroll.review')}
            loading={review.isPending}
            onClick={() => review.mutate(input, saying(t('payroll.reviewed')))}
          >
            {t('payroll.review')}
          </ConfirmButton>
        </>
      )}
      {period.state === 'reviewed' && (
        <ConfirmButton
          type="primary"
          question={t('payroll.lockQuestion', { from: period.fromOn, to: period.toOn })}
          consequence={t('payroll.lockText', { net: format.money(period.net) })}
          confirmText={t('payroll.lock')}
          loading={lock.isPending}
          onClick={() => lock.mutate(input, saying(t('payroll.locked')))}
        >
          {t('payroll.lock')}
        </ConfirmButton>
      )}
    </>
  );
}
