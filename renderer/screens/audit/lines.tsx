/** The lines of finished work, for reading: labour, material, shares, and the pay it makes. */
import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useText } from '#renderer/text/react.ts';
import { LineTable, MoneyText, QuantityText, useFormat } from '#renderer/ui/index.ts';
import { explainAny, inOneGo, subjectOf } from '../payroll/explain.ts';
import { useWords } from '../payroll/use-words.ts';
import type { Sheet } from './AuditSheet.tsx';
import './audit.css';

export function LabourLines({ lines }: Readonly<{ lines: Sheet['labour'] }>) {
  const t = useText();
  return (
    <LineTable
      rows={lines}
      keyOf={({ lineNo }) => lineNo}
      empty={t('audit.noLabour')}
      columns={[
        { title: t('fields.workTypeId'), render: ({ workType }) => workType },
        { title: t('audit.units'), isNumber: true, render: ({ units }) => <QuantityText value={units} /> },
        { title: t('audit.labourCost'), isNumber: true, render: ({ labourCost }) => <MoneyText value={labourCost} /> },
        { title: t('audit.labour'), isNumber: true, render: ({ fee }) => <MoneyText value={fee} /> },
      ]}
    />
  );
}

export function MaterialLines({ lines }: Readonly<{ lines: Sheet['parts'] }>) {
  const t = useText();
  return (
    <LineTable
      rows={lines}
      keyOf={({ lineNo }) => lineNo}
      empty={t('audit.noMaterial')}
      columns={[
        {
          title: t('fields.part'),
          render: ({ part, partNumber }) => (
            <>
              {part} <span className="mw-soft">{partNumber}</span>
            </>
          ),
        },
        { title: t('audit.charge'), render: ({ charge }) => t(`audit.charges.${charge}`) },
        {
          title: t('fields.quantity'),
          isNumber: true,
          render: ({ quantity, measure }) => <QuantityText value={quantity} unit={measure} />,
        },
        { title: t('fields.price'), isNumber: true, render: ({ price }) => <MoneyText value={price} /> },
        { title: t('audit.cost'), isNumber: true, render: ({ cost }) => <MoneyText value={cost} /> },
      ]}
    />
  );
}

export function TechnicianShares({ technicians }: Readonly<{ technicians: Sheet['technicians'] }>) {
  const t = useText();
  const format = useFormat();
  return (
    <LineTable
      rows={technicians}
      keyOf={({ employeeId }) => employeeId}
      empty={t('audit.noTechnicians')}
      columns={[
        {
          title: '',
          render: ({ name, number }) => (
            <>
              {name} <span className="mw-soft">{number}</span>
            </>
          ),
        },
        { title: '', isNumber: true, render: ({ shareBp }) => format.percent(shareBp) },
      ]}
    />
  );
}

/** One line for each entry; a click or Enter says how it was reckoned. */
export function PayLines({ pay }: Readonly<{ pay: Sheet['pay'] }>) {
  const t = useText();
  const words = useWords();
  const [open, setOpen] = useState<number>();
  if (pay.length === 0) return <span className="mw-soft">{t('audit.noPay')}</span>;
  return (
    <div className="mw-pay">
      {pay.map((entry, index) => (
        <div key={index}>
          <button
            type="button"
            className="mw-pay-line"
            aria-expanded={open === index}
            onClick={() => setOpen(open === index ? undefined : index)}
          >
            {open === index ? <DownOutlined /> : <RightOutlined />}
            <span className="mw-pay-who">{entry.name}</span>
            <span className="mw-pay-what">
              {subjectOf(t, entry.explanation)}
              <span className="mw-soft"> {entry.explanation.rule}</span>
            </span>
            <MoneyText value={entry.amount} />
          </button>
          {open === index && (
            <p className="mw-pay-why">{inOneGo(t, explainAny(words, entry.explanation, entry.amount))}</p>
          )}
        </div>
      ))}
    </div>
  );
}
