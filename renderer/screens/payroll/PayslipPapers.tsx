import { App } from 'antd';
import { useEffect, useState } from 'react';
import { call, type OperationFailed } from '#renderer/api/client.ts';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, FailureState, Running, SlipDialog } from '#renderer/ui/index.ts';
import type { PayslipSheet } from './explain.ts';
import { PayslipSlip } from './PayslipPaper.tsx';
import { shortPeriod } from './period-name.ts';

/** A browser that is to lay out more than this at a time stands still for too long. */
const MOST = 200;
/** Shown on the screen; the rest is only printed. */
const SHOWN = 20;

type Period = Readonly<{ id: string; fromOn: string; toOn: string }>;

type ButtonProps = Readonly<{ period: Period; employeeIds: readonly string[]; disabled: boolean }>;

/** Prints the payslips of those who are in the list as it is filtered. */
export function PrintPayslips({ period, employeeIds, disabled }: ButtonProps) {
  const t = useText();
  const { message } = App.useApp();
  const [printed, setPrinted] = useState<readonly string[]>();
  const count = employeeIds.length;
  const print = () =>
    count > MOST ? void message.warning(t('payroll.papers.tooMany', { count, most: MOST })) : setPrinted(employeeIds);
  return (
    <>
      <ActionButton hotkey="Alt+P" disabled={disabled || count === 0} onClick={print}>
        {t('payroll.papers.print')}
      </ActionButton>
      {printed && <PayslipPapers period={period} employeeIds={printed} onClose={() => setPrinted(undefined)} />}
    </>
  );
}

type Props = Readonly<{ period: Period; employeeIds: readonly string[]; onClose: () => void }>;

/** Each on a sheet of its own. */
function PayslipPapers({ period, employeeIds, onClose }: Props) {
  const t = useText();
  const { sheets, error, again } = usePayslips(period.id, employeeIds);
  const count = employeeIds.length;
  const isReady = sheets.length === count;
  const state = isReady ? (
    t('payroll.papers.count', { count })
  ) : (
    <Running
      text={t('payroll.papers.fetching', { done: sheets.length, count })}
      share={sheets.length / count}
      onCancel={onClose}
    />
  );
  return (
    <SlipDialog
      title={t('payroll.papers.title')}
      about={shortPeriod(period)}
      onClose={onClose}
      isReady={isReady}
      head={<div className="mw-papers-state">{error ? <FailureState error={error} onRetry={again} /> : state}</div>}
      excerpt={
        <div className="mw-papers">
          {slipsOf(sheets.slice(0, SHOWN))}
          {count > SHOWN && isReady && <p className="mw-soft">{t('payroll.papers.more', { count: count - SHOWN })}</p>}
        </div>
      }
    >
      {isReady && slipsOf(sheets)}
    </SlipDialog>
  );
}

const slipsOf = (sheets: readonly PayslipSheet[]) =>
  sheets.map((sheet) => <PayslipSlip key={sheet.payslip.number} sheet={sheet} />);

/** One after the other, until the last or until nobody looks any more; after a failure from there on. */
function usePayslips(periodId: string, employeeIds: readonly string[]) {
  const [sheets, setSheets] = useState<readonly PayslipSheet[]>([]);
  const [error, setError] = useState<OperationFailed>();
  const employeeId = error === undefined ? employeeIds[sheets.length] : undefined;
  useEffect(() => {
    if (employeeId === undefined) return undefined;
    const { signal, abort } = stoppable();
    call('payroll.payslip', { periodId, employeeId }, { signal }).then(
      (sheet) => setSheets((before) => [...before, sheet]),
      (failure: OperationFailed) => !signal.aborted && setError(failure),
    );
    return abort;
  }, [periodId, employeeId]);
  return { sheets, error, again: () => setError(undefined) };
}

function stoppable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
