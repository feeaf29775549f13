import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { Alert } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMay } from '#renderer/app/session.tsx';
import { useText } from '#renderer/text/react.ts';
import { ActionButton, EmptyState, MoneyText } from '#renderer/ui/index.ts';
import { AppealTag } from './AppealTag.tsx';
import { explainLine, inOneGo, whatOf, type PayslipLine, type PayslipSheet } from './explain.ts';
import { PayslipPaper } from './PayslipPaper.tsx';
import { PeriodTag } from './PeriodTag.tsx';
import { useWords } from './use-words.ts';
import './payroll.css';

/** One person's payslip; each line opens the sentences that say how it came about. */
export function PayslipView({ sheet }: Readonly<{ sheet: PayslipSheet }>) {
  const t = useText();
  const { period, payslip, lines } = sheet;
  const [open, setOpen] = useState<number>();
  const [isPrinting, setPrinting] = useState(false);
  return (
    <div className="mw-payslip">
      <header className="mw-payslip-head">
        <div>
          <strong>{payslip.name}</strong>{' '}
          <span className="mw-soft">
            {payslip.number} {payslip.grade !== '' && t('payroll.gradeIs', { grade: payslip.grade })}
          </span>
          <div className="mw-soft">
            {period.fromOn} – {period.toOn} <PeriodTag state={period.state} />
          </div>
          <ActionButton size="small" hotkey="Alt+P" onClick={() => setPrinting(true)}>
            {t('common.print')}
          </ActionButton>
        </div>
        <div className="mw-payslip-net">
          <span className="mw-soft">{t('payroll.net')}</span>
          <strong>
            <MoneyText value={payslip.net} />
          </strong>
          <Sums payslip={payslip} />
        </div>
      </header>
      {period.state === 'calculated' && <Alert type="info" showIcon title={t('payroll.preliminary')} />}
      {lines.length === 0 && <EmptyState title={t('payroll.noLinesTitle')} />}
      <div role="list">
        {lines.map((line) => (
          <Line
            key={line.lineNo}
            line={line}
            isOpen={open === line.lineNo}
            onToggle={() => setOpen(open === line.lineNo ? undefined : line.lineNo)}
          />
        ))}
      </div>
      {isPrinting && <PayslipPaper sheet={sheet} onClose={() => setPrinting(false)} />}
    </div>
  );
}

const SUMS = [
  'basePay',
  'commission',
  'tiers',
  'rewards',
  'satisfaction',
  'penalties',
  'deadline',
  'clawback',
  'carriedIn',
  'carriedOut',
] as const;

/** What net is made of; deductions above the limit are left to the next period. */
function Sums({ payslip }: Readonly<{ payslip: PayslipSheet['payslip'] }>) {
  const t = useText();
  return (
    <span className="mw-soft mw-payslip-sums">
      {SUMS.filter((sum) => payslip[sum] !== 0 || sum === 'basePay' || sum === 'commission').map((sum) => (
        <span key={sum}>
          {t(`payroll.${sum}`)} <MoneyText value={payslip[sum]} />
        </span>
      ))}
    </span>
  );
}

type LineProps = Readonly<{ line: PayslipLine; isOpen: boolean; onToggle: () => void }>;

function Line({ line, isOpen, onToggle }: LineProps) {
  const t = useText();
  const may = useMay();
  const words = useWords();
  const { workOrder } = line;
  return (
    <div role="listitem">
      <button type="button" className="mw-payslip-line" aria-expanded={isOpen} onClick={onToggle}>
        {isOpen ? <DownOutlined /> : <RightOutlined />}
        <span className="mw-payslip-kind">{t(`payroll.lineKinds.${line.kind}`)}</span>
        <span className="mw-payslip-what">
          {line.isReversal && <span className="mw-payslip-reversal">{t('payroll.reversalOf')}</span>}
          {whatOf(t, line)} <span className="mw-soft">{workOrder?.number}</span>
        </span>
        {line.appeal !== null && (
          <span title={t('payroll.appeals.state')}>
            {t('payroll.appeals.appeal')} <AppealTag state={line.appeal} />
          </span>
        )}
        <MoneyText value={line.amount} />
      </button>
      {isOpen && (
        <div className="mw-payslip-why">
          <p>{inOneGo(t, explainLine(words, line))}</p>
          {workOrder !== null && may('work.view') && (
            <Link to={`/work-orders/${workOrder.id}`}>{t('audit.openOrder')}</Link>
          )}
        </div>
      )}
    </div>
  );
}
