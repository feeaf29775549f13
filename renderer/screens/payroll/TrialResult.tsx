import type { OutputOf } from '#operations/index.ts';
import { useText } from '#renderer/text/react.ts';
import { EmptyState, LineTable, MoneyText, Section, ToneTag, useFormat } from '#renderer/ui/index.ts';
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
  const format = useFormat();
  const differenceOf = ({ paid, tried }: Sums): string => {
    const difference = tried - paid;
    return difference === 0 ? '–' : `${difference > 0 ? '+' : ''}${format.money(difference)}`;
  };
  return (
    <Section title={title}>
      <LineTable
        rows={rows}
        keyOf={({ key }) => key}
        columns={[
          {
            title: head,
            render: ({ name, isDraft }) => (
              <>
                {name} {isDraft && <ToneTag tone="waiting">{t('payroll.trial.isDraft')}</ToneTag>}
              </>
            ),
          },
          {
            title: t('payroll.trial.paid'),
            isNumber: true,
            render: ({ paid }) => <MoneyText value={paid} />,
            foot: <MoneyText value={sums.paid} />,
          },
          {
            title: t('payroll.trial.tried'),
            isNumber: true,
            render: ({ tried }) => <MoneyText value={tried} />,
            foot: <MoneyText value={sums.tried} />,
          },
          // What is more has its sign, so that more and less are told apart at a glance.
          {
            title: t('payroll.trial.difference'),
            isNumber: true,
            render: (row) => differenceOf(row),
            foot: differenceOf(sums),
          },
        ]}
      />
    </Section>
  );
}
