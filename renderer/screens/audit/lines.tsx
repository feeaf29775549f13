/** The lines of finished work, for reading: labour, material, shares, and the pay it makes. */
import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useText } from '#renderer/text/react.ts';
import { MoneyText, QuantityText, useFormat } from '#renderer/ui/index.ts';
import { explainAny, inOneGo, subjectOf } from '../payroll/explain.ts';
import { useWords } from '../payroll/use-words.ts';
import type { Sheet } from './AuditSheet.tsx';
import './audit.css';

export function LabourLines({ lines }: Readonly<{ lines: Sheet['labour'] }>) {
  const t = useText();
  if (lines.length === 0) return <span className="mw-soft">{t('audit.noLabour')}</span>;
  return (
    <table className="mw-reading">
      <thead>
        <tr>
          <th>{t('fields.workTypeId')}</th>
          <th className="is-figure">{t('audit.units')}</th>
          <th className="is-figure">{t('audit.labourCost')}</th>
          <th className="is-figure">{t('audit.labour')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.lineNo}>
            <td>{line.workType}</td>
            <td className="is-figure">
              <QuantityText value={line.units} />
            </td>
            <td className="is-figure">
              <MoneyText value={line.labourCost} />
            </td>
            <td className="is-figure">
              <MoneyText value={line.fee} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function MaterialLines({ lines }: Readonly<{ lines: Sheet['parts'] }>) {
  const t = useText();
  if (lines.length === 0) return <span className="mw-soft">{t('audit.noMaterial')}</span>;
  return (
    <table className="mw-reading">
      <thead>
        <tr>
          <th>{t('fields.part')}</th>
          <th>{t('audit.charge')}</th>
          <th className="is-figure">{t('fields.quantity')}</th>
          <th className="is-figure">{t('fields.price')}</th>
          <th className="is-figure">{t('audit.cost')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.lineNo}>
            <td>
              {line.part} <span className="mw-soft">{line.partNumber}</span>
            </td>
            <td>{t(`audit.charges.${line.charge}`)}</td>
            <td className="is-figure">
              <QuantityText value={line.quantity} /> {line.measure}
            </td>
            <td className="is-figure">
              <MoneyText value={line.price} />
            </td>
            <td className="is-figure">
              <MoneyText value={line.cost} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function TechnicianShares({ technicians }: Readonly<{ technicians: Sheet['technicians'] }>) {
  const t = useText();
  const format = useFormat();
  if (technicians.length === 0) return <span className="mw-soft">{t('audit.noTechnicians')}</span>;
  return (
    <table className="mw-reading">
      <tbody>
        {technicians.map(({ employeeId, number, name, shareBp }) => (
          <tr key={employeeId}>
            <td>
              {name} <span className="mw-soft">{number}</span>
            </td>
            <td className="is-figure">{format.percent(shareBp)}</td>
          </tr>
        ))}
      </tbody>
    </table>
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
