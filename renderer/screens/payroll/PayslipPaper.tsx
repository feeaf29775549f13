import { memo } from 'react';
import { useText } from '#renderer/text/react.ts';
import { Slip, SlipDialog, useFormat } from '#renderer/ui/index.ts';
import { explainLine, inOneGo, type PayslipSheet } from './explain.ts';
import { shortPeriod } from './period-name.ts';
import { useWords } from './use-words.ts';

type Props = Readonly<{ sheet: PayslipSheet; onClose: () => void }>;

/** A payslip as it is handed out. */
export function PayslipPaper({ sheet, onClose }: Props) {
  const t = useText();
  const { period, payslip } = sheet;
  return (
    <SlipDialog title={t('payroll.payslip')} about={`${shortPeriod(period)} ${payslip.number}`} onClose={onClose}>
      <PayslipSlip sheet={sheet} />
    </SlipDialog>
  );
}

/** Every line with how it came about. */
export const PayslipSlip = memo(function PayslipSlip({ sheet }: Readonly<{ sheet: PayslipSheet }>) {
  const t = useText();
  const format = useFormat();
  const words = useWords();
  const { period, payslip, lines } = sheet;
  const carriedOut = payslip.carriedOut === 0 ? null : format.money(payslip.carriedOut);
  return (
    <Slip
      issuer={payslip.unitName}
      title={t('payroll.payslip')}
      facts={[
        { label: t('payroll.employee'), value: `${payslip.number} ${payslip.name}` },
        { label: t('payroll.conditionNames.grade'), value: payslip.grade === '' ? null : payslip.grade },
        { label: t('payroll.period'), value: `${period.fromOn} – ${period.toOn}` },
        { label: t('payroll.carriedOut'), value: carriedOut },
        { label: t('payroll.net'), value: format.money(payslip.net) },
      ]}
      columns={[
        { title: t('reports.columns.payKind'), isShort: true },
        { title: t('payroll.reckoned') },
        { title: t('payroll.amount'), isNumber: true },
      ]}
      rows={lines.map((line) => [
        t(`payroll.lineKinds.${line.kind}`),
        inOneGo(t, explainLine(words, line)),
        format.amount(line.amount),
      ])}
      sums={[format.amount(lines.reduce((sum, { amount }) => sum + amount, 0))]}
      signatures={[t('payroll.employee'), t('roles.accountant')]}
    >
      {period.state === 'calculated' && <p>{t('payroll.preliminary')}</p>}
    </Slip>
  );
});
