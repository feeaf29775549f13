import type { OutputOf } from '#operations/index.ts';
import { useText } from '#renderer/text/react.ts';
import { EmptyState, Section, ToneTag, useFormat } from '#renderer/ui/index.ts';
import type { Rule } from './rule-sentence.ts';
import type { RuleInput } from './rule-values.ts';

type Result = OutputOf<'payroll.tryRules'>;
type Props = Readonly<{ result: Result; rules: readonly Rule[]; drafts: readonly RuleInput[] }>;

/** Paid and tried, side by side: by person, and by rule. */
export function TrialResult({ result, rules, drafts }: Props) {
  const t = useText();
  if (result.rules.length === 0) return <EmptyState title={t('payroll.trial.nothingTitle')} />;
  const codes = new Map(rules.map(({ id, code }) => [id, code]));
  return (
    <>
      <p className="mw-soft mw-rules-note">{t('payroll.trial.leftOut')}</p>
      <div className="mw-trial-result">
        <Comparison
          title={t('payroll.trial.byPerson')}
          head={t('payroll.employee')}
          sums={result}
          rows={result.people.map(({ id, number, name, paid, tried }) => ({
            key: id,
            name: `${name} ${number}`,
            isDraft: false,
            paid,
            tried,
          }))}
        />
        <Comparison
          title={t('payroll.trial.byRule')}
          head={t('payroll.trial.rule')}
          sums={result}
          rows={result.rules.map(({ kind, ruleId, draft, paid, tried }) => ({
            key: `${kind} ${ruleId} ${draft}`,
            name: (draft === null ? codes.get(ruleId ?? '') : drafts[draft]?.code) ?? t(`payroll.lineKinds.${kind}`),
            isDraft: draft !== null,
            paid,
            tried,
          }))}
        />
      </div>
    </>
  );
}

type Sums = Readonly<{ paid: number; tried: number }>;
type Row = Sums & Readonly<{ key: string; name: string; isDraft: boolean }>;

type ComparisonProps = Readonly<{ title: string; head: string; rows: readonly Row[]; sums: Sums }>;

function Comparison({ title, head, rows, sums }: ComparisonProps) {
  const t = useText();
  return (
    <Section title={title}>
      <table className="mw-reading">
        <thead>
          <tr>
            <th>{head}</th>
            <th className="is-figure">{t('payroll.trial.paid')}</th>
            <th className="is-figure">{t('payroll.trial.tried')}</th>
            <th className="is-figure">{t('payroll.trial.difference')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <td>
                {row.name} {row.isDraft && <ToneTag tone="waiting">{t('payroll.trial.isDraft')}</ToneTag>}
              </td>
              <Figures sums={row} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>{t('payroll.trial.sum')}</td>
            <Figures sums={sums} />
          </tr>
        </tfoot>
      </table>
    </Section>
  );
}

/** What is more has its sign, so that more and less are told apart at a glance. */
function Figures({ sums: { paid, tried } }: Readonly<{ sums: Sums }>) {
  const format = useFormat();
  const difference = tried - paid;
  return (
    <>
      <td className="is-figure mw-number">{format.money(paid)}</td>
      <td className="is-figure mw-number">{format.money(tried)}</td>
      <td className="is-figure mw-number">
        {difference === 0 ? '–' : `${difference > 0 ? '+' : ''}${format.money(difference)}`}
      </td>
    </>
  );
}
